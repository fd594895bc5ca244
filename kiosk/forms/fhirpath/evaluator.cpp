#include "kiosk/forms/fhirpath/evaluator.h"

#include <algorithm>

#include "kiosk/forms/fhirpath/text.h"
#include "kiosk/forms/fhirpath/units.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// The field "valueCoding" for "value"; null if there is none.
const Field* choice_field(const Element& element, std::string_view name, TypeId& type) {
    for (const Field& field : element.fields) {
        if (field.name.size() <= name.size() || !field.name.starts_with(name) ||
            !is_capital(field.name[name.size()]))
            continue;
        type = r4::type_of_suffix(field.name.substr(name.size()));
        if (type != 0) return &field;
    }
    return nullptr;
}

/// The type that a name gives away where the parent's type is not known.
TypeId type_by_name(std::string_view name) {
    static const TypeId extension = r4::type_named("Extension");
    if (name == "extension" || name == "modifierExtension") return extension;
    for (std::size_t i = 1; i < name.size(); ++i)
        if (is_capital(name[i]))
            if (const TypeId type = r4::type_of_suffix(name.substr(i))) return type;
    return 0;
}

TypeId type_in(const Value& parent, const Field& field, r4::PropertyName name) {
    static const TypeId resource = r4::type_named("Resource");
    if (parent.type() == 0) {
        // Only a choice element's name is known to end in its type.
        return field.name == "extension" || field.name.starts_with("value")
                   ? type_by_name(field.name)
                   : TypeId{0};
    }
    const r4::Property property = r4::property(parent.type(), name);
    if (property.found && !property.choice)
        return property.type == resource ? TypeId{0} : property.type;
    return type_by_name(field.name);
}

const Element* item_of(const Value& parent, std::string_view name) {
    return name == "answer" ? parent.element() : parent.item();
}

Value made_child(TypeId type, const Element* child, const Element* item) {
    if (type == 0) type = r4::resource_type(*child);
    return Value::of(child, type, item);
}

bool is_number(const Value& value) {
    return value.kind() == Kind::integer || value.kind() == Kind::decimal;
}

Decimal decimal_of(const Value& value) {
    return value.kind() == Kind::integer ? Decimal::of(value.integer())
                                         : value.decimal();
}

}  // namespace

Value child_of(const Value& parent, const Field& field, const Element* child) {
    return made_child(type_in(parent, field, r4::property_named(field.name)), child,
                      item_of(parent, field.name));
}

std::optional<std::string_view> text_of(const Value& value) {
    if (value.kind() == Kind::string) return value.text();
    if (value.is_element() && value.element()->kind == Element::Kind::string)
        return value.element()->text;
    return std::nullopt;
}

std::optional<std::string> string_of(const Value& value) {
    switch (value.kind()) {
        case Kind::element: {
            if (value.element()->has_value()) return std::string(value.element()->text);
            if (r4::form_of(value.type()) != r4::Form::quantity) return std::nullopt;
            const auto quantity = quantity_of(*value.element());
            return quantity ? std::optional(quantity_text(*quantity)) : std::nullopt;
        }
        case Kind::boolean:
            return value.boolean() ? "true" : "false";
        case Kind::integer:
            return std::to_string(value.integer());
        case Kind::decimal:
            return value.decimal().to_string();
        case Kind::string:
            return std::string(value.text());
        case Kind::date:
            return date_text(value.moment());
        case Kind::date_time:
            return date_time_text(value.moment());
        case Kind::time:
            return time_text(value.moment());
        case Kind::quantity:
            return quantity_text(value.quantity());
        case Kind::type_info:
            return std::string(value.text());
    }
    return std::nullopt;
}

bool Evaluator::fail(const Node& node, std::string_view what, Fault::Kind kind) {
    if (!fault_) fault_ = Fault{kind, node.offset, std::string(what)};
    return false;
}

bool Evaluator::charge(const Node& node, std::uint64_t steps) {
    steps_ += steps;
    if (steps_ > environment_.steps)
        return fail(node, "too many steps", Fault::Kind::limit);
    if (environment_.scratch->size() - scratch_before_ > evaluation_limits::scratch)
        return fail(node, "makes too much", Fault::Kind::limit);
    return true;
}

bool Evaluator::keep(const Node& node, std::string_view text, Items& out) {
    if (text.size() > evaluation_limits::text)
        return fail(node, "makes a text that is too long", Fault::Kind::limit);
    out.push(Value::string(scratch().keep(text)));
    return charge(node, text.size() / 64);
}

bool Evaluator::put_quantity(const Quantity& quantity, Items& out) {
    Quantity kept = quantity;
    kept.unit = scratch().keep(quantity.unit);
    out.push(Value::quantity(scratch().keep_value(kept)));
    return true;
}

bool Evaluator::step(const Node& node, const Value& from, Items& out) {
    const std::string_view name = node.name;
    if (!from.is_element()) {
        if (from.kind() == Kind::quantity && name == "value") {
            out.push(Value::decimal(from.quantity().amount));
        } else if (from.kind() == Kind::quantity &&
                   (name == "unit" || name == "code")) {
            out.push(Value::string(from.quantity().unit));
        } else if (from.kind() == Kind::type_info) {
            const std::string_view full = from.text();
            const std::size_t dot = full.find('.');
            if (name == "namespace") out.push(Value::string(full.substr(0, dot)));
            if (name == "name") out.push(Value::string(full.substr(dot + 1)));
        } else if (environment_.strict) {
            return fail(node, "a value has no such element", Fault::Kind::semantic);
        }
        return true;
    }
    TypeId type = 0;
    const Field* field = field_of(node, from, type);
    if (!field) return true;
    const Element* item = item_of(from, name);
    for (const Element* child : field->values) out.push(made_child(type, child, item));
    return charge(node, field->values.size());
}

Evaluator::Known& Evaluator::known(const Node& node, TypeId from) {
    const auto place = (reinterpret_cast<std::uintptr_t>(&node) / sizeof(Node) +
                        std::uintptr_t{from}) %
                       known_.size();
    Known& known = known_[place];
    if (known.node == &node && known.from == from) return known;
    static const TypeId resource = r4::type_named("Resource");
    known = {&node, from, r4::property(from, node.property), 0, {}, 0};
    if (known.property.found && !known.property.choice) {
        if (known.property.type != resource) known.named = known.property.type;
    } else if (from != 0 || node.name == "extension" ||
               node.name.starts_with("value")) {
        known.named = type_by_name(node.name);
    }
    return known;
}

/// The field of a step and the type of what is in it (0: not known, or a resource's
/// own); null if there is none.
const Field* Evaluator::field_of(const Node& node, const Value& from, TypeId& type) {
    Known& what = known(node, from.type());
    const Element& element = *from.element();
    if (const Field* field = element.field(node.name)) {
        type = what.named;
        return field;
    }
    if (!what.property.choice && from.type() != 0) return nullptr;
    if (!what.choice.empty())
        if (const Field* field = element.field(what.choice)) {
            type = what.choice_type;
            return field;
        }
    const Field* field = choice_field(element, node.name, type);
    if (field) {
        what.choice = field->name;
        what.choice_type = type;
    }
    return field;
}

void Evaluator::children(const Value& from, Items& out) const {
    if (!from.is_element()) return;
    for (const Field& field : from.element()->fields) {
        if (field.name == "resourceType") continue;
        const TypeId type = type_in(from, field, r4::property_named(field.name));
        const Element* item = item_of(from, field.name);
        for (const Element* child : field.values)
            out.push(made_child(type, child, item));
    }
}

Weights& Evaluator::weights() {
    if (!weights_) weights_.emplace(environment_.questionnaire);
    return *weights_;
}

bool Evaluator::evaluate(const Node& node, const Scope& scope, Items& out) {
    if (!charge(node)) return false;
    if (environment_.strict && !node.misuse.empty())
        return fail(node, node.misuse, Fault::Kind::semantic);
    bool good = true;
    switch (node.kind) {
        case Node::Kind::literal:
            out.push(node.literal);
            return true;
        case Node::Kind::nothing:
            return true;
        case Node::Kind::this_:
            out.append(scope.self);
            return true;
        case Node::Kind::index:
            if (!scope.index) return fail(node, "$index means nothing here");
            out.push(Value::integer(*scope.index));
            return true;
        case Node::Kind::total:
            if (!scope.has_total) return fail(node, "$total means nothing here");
            out.append(scope.total);
            return true;
        case Node::Kind::step: {
            if (!node.left) {
                good = head(node, scope, out);
                break;
            }
            Items from;
            if (!evaluate(*node.left, scope, from)) return false;
            good = steps(node, from.all(), out);
            break;
        }
        case Node::Kind::variable:
            good = variable(node, out);
            break;
        case Node::Kind::call:
            good = call(node, scope, out);
            break;
        case Node::Kind::indexer:
            good = index(node, scope, out);
            break;
        case Node::Kind::negate:
            good = negate(node, scope, out);
            break;
        case Node::Kind::plus:
            good = evaluate(*node.left, scope, out);
            break;
        case Node::Kind::binary:
            good = node.op >= Operator::and_ ? logic(node, scope, out)
                                             : binary(node, scope, out);
            break;
        case Node::Kind::is:
        case Node::Kind::as:
            good = type_test(node, scope, out);
            break;
    }
    if (good && out.size() > evaluation_limits::items)
        return fail(node, "a collection is too large", Fault::Kind::limit);
    return good;
}

bool Evaluator::steps(const Node& node, std::span<const Value> from, Items& out) {
    for (const Value& value : from)
        if (!step(node, value, out)) return false;
    if (!environment_.strict || from.empty() || node.name == "resourceType")
        return true;
    // One that has it is enough: children() and the like are of many types.
    const bool possible =
        std::any_of(from.begin(), from.end(), [&](const Value& value) {
            return !value.is_element() || value.type() == 0 ||
                   r4::property(value.type(), node.property).found;
        });
    return possible || fail(node, "the type has no element " + shown(node.name),
                            Fault::Kind::semantic);
}

/// A path's first name may be the type of what it stands on: "Patient.name".
bool Evaluator::head(const Node& node, const Scope& scope, Items& out) {
    if (!is_capital(node.name.front())) return steps(node, scope.self, out);
    const TypeId named = r4::type_named(node.name);
    const auto is_it = [&](const Value& value) {
        if (!value.is_element()) return false;
        return named != 0 ? r4::is_a(value.type(), named)
                          : value.element()->text_of("resourceType") == node.name;
    };
    if (std::none_of(scope.self.begin(), scope.self.end(), is_it))
        return steps(node, scope.self, out);
    for (const Value& value : scope.self)
        if (is_it(value)) out.push(value);
    return true;
}

bool Evaluator::variable(const Node& node, Items& out) {
    const auto put = [&out](const Collection& values) {
        out.append(values);
        return true;
    };
    const std::string_view name = node.name;
    if (environment_.variables) {
        const auto found = environment_.variables->find(name);
        if (found != environment_.variables->end()) return put(found->second);
    }
    if (environment_.variable)
        if (const Collection* found = environment_.variable(name)) return put(*found);
    if (name == "resource" || name == "rootResource") {
        if (environment_.resource)
            out.push(Value::of(environment_.resource,
                               r4::resource_type(*environment_.resource)));
        return true;
    }
    if (name == "context") {
        out.append(context_);
        return true;
    }
    if (name == "questionnaire" && environment_.questionnaire) {
        out.push(Value::of(environment_.questionnaire,
                           r4::resource_type(*environment_.questionnaire)));
        return true;
    }
    const auto known = [&](std::string_view text) {
        out.push(Value::string(text));
        return true;
    };
    if (name == "ucum") return known("http://unitsofmeasure.org");
    if (name == "sct") return known("http://snomed.info/sct");
    if (name == "loinc") return known("http://loinc.org");
    if (name.starts_with("vs-"))
        return keep(node, "http://hl7.org/fhir/ValueSet/" + std::string(name.substr(3)),
                    out);
    if (name.starts_with("ext-"))
        return keep(
            node,
            "http://hl7.org/fhir/StructureDefinition/" + std::string(name.substr(4)),
            out);
    return fail(node, "there is no variable %" + shown(name));
}

bool Evaluator::index(const Node& node, const Scope& scope, Items& out) {
    Items from;
    Items at;
    if (!evaluate(*node.left, scope, from) || !evaluate(*node.right, scope, at))
        return false;
    if (at.empty()) return true;
    const auto number = at.size() == 1 ? to_system(at[0], scratch()) : std::nullopt;
    if (!number || number->kind() != Kind::integer)
        return fail(node, "an index is one integer");
    if (number->integer() >= 0 &&
        static_cast<std::uint64_t>(number->integer()) < from.size())
        out.push(from[static_cast<std::size_t>(number->integer())]);
    return true;
}

bool Evaluator::negate(const Node& node, const Scope& scope, Items& out) {
    Items of;
    if (!evaluate(*node.left, scope, of)) return false;
    if (of.empty()) return true;
    const auto value = of.size() == 1 ? to_system(of[0], scratch()) : std::nullopt;
    if (!value) return fail(node, "\"-\" takes one number");
    if (value->kind() == Kind::integer && value->integer() != INT64_MIN) {
        out.push(Value::integer(-value->integer()));
    } else if (value->kind() == Kind::decimal) {
        const Decimal number = value->decimal();
        out.push(Value::decimal({-number.coefficient, number.scale}));
    } else if (value->kind() == Kind::quantity) {
        Quantity quantity = value->quantity();
        quantity.amount.coefficient = -quantity.amount.coefficient;
        out.push(Value::quantity(scratch().keep_value(quantity)));
    } else {
        return fail(node, "\"-\" takes a number");
    }
    return true;
}

bool truth(Evaluator& evaluator, const Node& node, std::span<const Value> values,
           std::optional<bool>& answer) {
    answer.reset();
    if (values.empty()) return true;
    if (values.size() > 1) return evaluator.fail(node, "several items for a Boolean");
    const Value& value = values.front();
    if (is_absent(value)) return true;
    if (value.kind() == Kind::boolean) {
        answer = value.boolean();
    } else if (value.is_element() && value.element()->kind == Element::Kind::boolean) {
        answer = value.element()->is_true();
    } else {
        answer = true;
    }
    return true;
}

bool Evaluator::logic(const Node& node, const Scope& scope, Items& out) {
    std::optional<bool> a;
    std::optional<bool> b;
    {
        Items left;
        if (!evaluate(*node.left, scope, left) ||
            !truth(*this, *node.left, left.all(), a))
            return false;
    }
    const auto put = [&out](bool value) {
        out.push(Value::boolean(value));
        return true;
    };
    // What the left alone settles, the right cannot fail.
    if (node.op == Operator::and_ && a && !*a) return put(false);
    if (node.op == Operator::or_ && a && *a) return put(true);
    if (node.op == Operator::implies && a && !*a) return put(true);
    Items right;
    if (!evaluate(*node.right, scope, right) ||
        !truth(*this, *node.right, right.all(), b))
        return false;
    switch (node.op) {
        case Operator::and_:
            if (b && !*b) return put(false);
            return a && b ? put(true) : true;
        case Operator::or_:
            if (b && *b) return put(true);
            return a && b ? put(false) : true;
        case Operator::xor_:
            return a && b ? put(*a != *b) : true;
        default:
            if (b && *b) return put(true);
            return a && b ? put(*b) : true;
    }
}

bool Evaluator::unite(const Node& node, std::span<const Value> a,
                      std::span<const Value> b, Items& out) {
    Distinct seen(scratch());
    for (const auto& from : {a, b})
        for (const Value& value : from) {
            if (seen.add(value)) out.push(value);
            if (!charge(node, std::exchange(seen.steps, 0))) return false;
        }
    return true;
}

bool Evaluator::operand(const Node& node, const Scope& scope, Items& holder,
                        std::span<const Value>& out) {
    if (node.kind == Node::Kind::literal) {
        out = {&node.literal, 1};
        return true;
    }
    if (node.kind == Node::Kind::this_) {
        out = scope.self;
        return true;
    }
    if (!evaluate(node, scope, holder)) return false;
    out = holder.all();
    return true;
}

bool Evaluator::binary(const Node& node, const Scope& scope, Items& out) {
    Items left_holder;
    Items right_holder;
    std::span<const Value> left;
    std::span<const Value> right;
    if (!operand(*node.left, scope, left_holder, left) ||
        !operand(*node.right, scope, right_holder, right))
        return false;
    const auto put = [&out](bool value) {
        out.push(Value::boolean(value));
        return true;
    };
    if (!charge(node, left.size() + right.size())) return false;
    switch (node.op) {
        case Operator::unite:
            return unite(node, left, right, out);
        case Operator::equal:
        case Operator::not_equal: {
            std::uint64_t steps = 0;
            const auto same = equal(left, right, scratch(), steps);
            if (!charge(node, steps)) return false;
            return same ? put(*same == (node.op == Operator::equal)) : true;
        }
        case Operator::equivalent:
        case Operator::not_equivalent: {
            std::uint64_t steps = 0;
            const bool same = equivalent(left, right, scratch(), steps);
            if (!charge(node, steps)) return false;
            return put(same == (node.op == Operator::equivalent));
        }
        case Operator::in:
        case Operator::contains: {
            const auto one = node.op == Operator::in ? left : right;
            const auto all = node.op == Operator::in ? right : left;
            if (one.empty()) return true;
            if (one.size() > 1) return fail(node, "several items where one may stand");
            std::uint64_t steps = 0;
            const bool found =
                std::any_of(all.begin(), all.end(), [&](const Value& value) {
                    return equal(value, one[0], scratch(), steps).value_or(false);
                });
            return charge(node, steps) && put(found);
        }
        default:
            break;
    }
    if (node.op == Operator::join) {
        std::string text;
        for (const auto& side : {left, right}) {
            if (side.empty()) continue;
            auto part = side.size() == 1 && !is_absent(side[0]) ? string_of(side[0])
                                                                : std::nullopt;
            // Forms write 'Score: ' & %score.
            if (environment_.strict && part && !text_of(side[0])) part.reset();
            if (!part) return fail(node, "\"&\" takes one text on each side");
            text += *part;
        }
        return keep(node, text, out);
    }
    if (left.empty() || right.empty()) return true;
    if (left.size() > 1 || right.size() > 1)
        return fail(node, "several items where one may stand");
    if (is_absent(left[0]) || is_absent(right[0])) return true;
    if (node.op < Operator::less)
        return arithmetic(node, node.op, left[0], right[0], out);

    const Order order = order_of(left[0], right[0], scratch());
    if (order.kind == Order::Kind::wrong)
        return fail(node, "values of these types have no order");
    if (order.kind == Order::Kind::unknown) return true;
    switch (node.op) {
        case Operator::less:
            return put(order.order < 0);
        case Operator::greater:
            return put(order.order > 0);
        case Operator::less_or_equal:
            return put(order.order <= 0);
        default:
            return put(order.order >= 0);
    }
}

namespace {

/// The integer result, or the decimal one where it does not fit or is none.
void put_number(const Operator op, const Value& a, const Value& b, Items& out) {
    if (a.kind() == Kind::integer && b.kind() == Kind::integer) {
        std::int64_t result = 0;
        const std::int64_t x = a.integer();
        const std::int64_t y = b.integer();
        bool fits = true;
        switch (op) {
            case Operator::plus:
                fits = !__builtin_add_overflow(x, y, &result);
                break;
            case Operator::minus:
                fits = !__builtin_sub_overflow(x, y, &result);
                break;
            case Operator::multiply:
                fits = !__builtin_mul_overflow(x, y, &result);
                break;
            case Operator::div:
            case Operator::mod:
                if (y == 0 || (y == -1 && x == INT64_MIN)) return;
                result = op == Operator::div ? x / y : x % y;
                break;
            default:
                fits = false;
        }
        if (fits) out.push(Value::integer(result));
        if (fits || op != Operator::divide) return;
    }
    const Decimal x = decimal_of(a);
    const Decimal y = decimal_of(b);
    std::optional<Decimal> result;
    switch (op) {
        case Operator::plus:
            result = add(x, y);
            break;
        case Operator::minus:
            result = subtract(x, y);
            break;
        case Operator::multiply:
            result = multiply(x, y);
            break;
        case Operator::divide:
            result = divide(x, y);
            break;
        case Operator::div: {
            const auto whole = quotient(x, y);
            if (const auto integer = whole ? whole->to_integer() : std::nullopt)
                out.push(Value::integer(*integer));
            return;
        }
        default:
            result = remainder(x, y);
    }
    if (result) out.push(Value::decimal(*result));
}

std::optional<Quantity> combined(Operator op, const Quantity& a, const Quantity& b,
                                 std::string& made_unit) {
    switch (op) {
        case Operator::plus:
            return added(a, b, /*subtract=*/false);
        case Operator::minus:
            return added(a, b, /*subtract=*/true);
        case Operator::multiply:
            return multiplied(a, b, made_unit);
        case Operator::divide:
            return divided(a, b, made_unit);
        default:
            return std::nullopt;
    }
}

}  // namespace

bool Evaluator::arithmetic(const Node& node, Operator op, const Value& left,
                           const Value& right, Items& out) {
    const auto a = to_system(left, scratch());
    const auto b = to_system(right, scratch());
    if (!a || !b) return fail(node, "cannot reckon with these types");
    if (is_number(*a) && is_number(*b)) {
        put_number(op, *a, *b, out);
        return true;
    }
    if (a->kind() == Kind::string && b->kind() == Kind::string && op == Operator::plus)
        return keep(node, std::string(a->text()) + std::string(b->text()), out);
    const auto counts = [](const Value& value) {
        return value.kind() == Kind::quantity || is_number(value);
    };
    if (counts(*a) && counts(*b)) {
        const auto as_quantity = [](const Value& value) {
            return value.kind() == Kind::quantity
                       ? value.quantity()
                       : Quantity{decimal_of(value), "1", false};
        };
        std::string made_unit;
        const auto result = combined(op, as_quantity(*a), as_quantity(*b), made_unit);
        return result ? put_quantity(*result, out) : true;
    }
    const auto is_moment = [](const Value& value) {
        return value.kind() == Kind::date || value.kind() == Kind::date_time ||
               value.kind() == Kind::time;
    };
    if (a->kind() == Kind::quantity && is_moment(*b) && op == Operator::plus)
        return arithmetic(node, op, right, left, out);
    const bool moment = is_moment(*a);
    if (moment && b->kind() == Kind::quantity &&
        (op == Operator::plus || op == Operator::minus)) {
        auto unit = calendar_unit_of(b->quantity());
        // FHIR's 'a' and 'mo' are calendar years and months.
        if (!unit && right.is_element() && b->quantity().unit == "a")
            unit = CalendarUnit::year;
        if (!unit && right.is_element() && b->quantity().unit == "mo")
            unit = CalendarUnit::month;
        if (!unit) unit = calendar_unit(b->quantity().unit);
        if (!unit) return fail(node, "a date cannot be moved by this unit");
        if (a->kind() == Kind::time && *unit < CalendarUnit::hour)
            return fail(node, "a time of day is not moved by days");
        Decimal amount = b->quantity().amount;
        if (op == Operator::minus) amount.coefficient = -amount.coefficient;
        const auto result = moved(a->moment(), amount, *unit, a->kind() == Kind::time);
        if (result) out.push(Value::moment(a->kind(), *result));
        return true;
    }
    return fail(node, "cannot reckon with these types");
}

bool Evaluator::call(const Node& node, const Scope& scope, Items& out) {
    if (!node.left) return node.function->run({*this, node, scope, scope.self, out});
    Items input;
    if (!evaluate(*node.left, scope, input)) return false;
    return node.function->run({*this, node, scope, input.all(), out});
}

bool Evaluator::is_type(const Node& node, const Value& value, const TypeName& type,
                        bool exactly, bool& answer) {
    answer = false;
    if (!type.known) return fail(node, "there is no such type");
    if (!value.is_element()) {
        answer = type.any || (type.system && *type.system == value.kind());
        return true;
    }
    const TypeId own = value.type();
    if (own == 0) {
        // Without a model a primitive is what its JSON says.
        const auto system = to_system(value, scratch());
        answer = system && type.system && *type.system == system->kind();
        return true;
    }
    if (type.fhir == 0) return true;
    answer =
        exactly && r4::is_primitive(own) ? own == type.fhir : r4::is_a(own, type.fhir);
    return true;
}

bool Evaluator::type_test(const Node& node, const Scope& scope, Items& out) {
    Items of;
    if (!evaluate(*node.left, scope, of)) return false;
    if (of.empty()) return node.type.known || fail(node, "there is no such type");
    if (of.size() > 1) return fail(node, "several items where one may stand");
    bool answer = false;
    const bool as = node.kind == Node::Kind::as;
    if (!is_type(node, of[0], node.type, as, answer)) return false;
    if (!as) out.push(Value::boolean(answer));
    if (as && answer) out.push(of[0]);
    return true;
}

bool argument(const Call& call, std::size_t i, Items& out) {
    return call.evaluator.evaluate(*call.node.arguments[i], call.scope, out);
}

bool text_argument(const Call& call, std::size_t i,
                   std::optional<std::string_view>& out, Items& holder) {
    out.reset();
    holder.clear();
    if (!argument(call, i, holder)) return false;
    if (holder.empty() || (holder.size() == 1 && is_absent(holder[0]))) return true;
    if (holder.size() == 1) out = text_of(holder[0]);
    return out || call.evaluator.fail(*call.node.arguments[i], "one text is expected");
}

bool integer_argument(const Call& call, std::size_t i,
                      std::optional<std::int64_t>& out) {
    out.reset();
    Items values;
    if (!argument(call, i, values)) return false;
    if (values.empty() || (values.size() == 1 && is_absent(values[0]))) return true;
    const auto value = values.size() == 1
                           ? to_system(values[0], call.evaluator.scratch())
                           : std::nullopt;
    if (value && value->kind() == Kind::integer) out = value->integer();
    return out ||
           call.evaluator.fail(*call.node.arguments[i], "one integer is expected");
}

bool single_input(const Call& call, const Value*& out) {
    out = call.input.empty() ? nullptr : &call.input.front();
    return call.input.size() <= 1 ||
           call.evaluator.fail(call.node, "several items where one may stand");
}

bool text_input(const Call& call, std::optional<std::string_view>& out) {
    out.reset();
    const Value* value = nullptr;
    if (!single_input(call, value)) return false;
    if (!value || is_absent(*value)) return true;
    out = text_of(*value);
    return out || call.evaluator.fail(
                      call.node, std::string(call.node.name) + "() stands on a text");
}

}  // namespace foyer::fhirpath
