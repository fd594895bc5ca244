#include <algorithm>
#include <array>

#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/text.h"
#include "kiosk/forms/fhirpath/units.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;
using Made = std::optional<Value>;

/// A conversion of one System value; none if there is none.
using Conversion = Made (*)(const Value& value, Elements& scratch);

Made moment_value(Kind kind, const std::optional<Moment>& moment) {
    return moment ? Made(Value::moment(kind, *moment)) : std::nullopt;
}

Made to_boolean(const Value& value, Elements&) {
    switch (value.kind()) {
        case Kind::boolean:
            return value;
        case Kind::integer:
            if (value.integer() != 0 && value.integer() != 1) return std::nullopt;
            return Value::boolean(value.integer() == 1);
        case Kind::decimal:
            if (compare(value.decimal(), Decimal::of(1)) == 0)
                return Value::boolean(true);
            return value.decimal().is_zero() ? Made(Value::boolean(false))
                                             : std::nullopt;
        case Kind::string: {
            const std::string word = lower(value.text());
            for (const char* yes : {"true", "t", "yes", "y", "1", "1.0"})
                if (word == yes) return Value::boolean(true);
            for (const char* no : {"false", "f", "no", "n", "0", "0.0"})
                if (word == no) return Value::boolean(false);
            return std::nullopt;
        }
        default:
            return std::nullopt;
    }
}

Made to_integer(const Value& value, Elements&) {
    if (value.kind() == Kind::integer) return value;
    if (value.kind() == Kind::boolean) return Value::integer(value.boolean() ? 1 : 0);
    if (value.kind() != Kind::string) return std::nullopt;
    const std::string_view text = value.text();
    if (text.find_first_not_of("+-0123456789") != std::string_view::npos)
        return std::nullopt;
    const auto number = Decimal::parse(text);
    const auto integer = number ? number->to_integer() : std::nullopt;
    return integer ? Made(Value::integer(*integer)) : std::nullopt;
}

Made to_decimal(const Value& value, Elements&) {
    if (value.kind() == Kind::decimal) return value;
    if (value.kind() == Kind::integer)
        return Value::decimal(Decimal::of(value.integer()));
    if (value.kind() == Kind::boolean)
        return Value::decimal(Decimal::of(value.boolean() ? 1 : 0));
    if (value.kind() != Kind::string) return std::nullopt;
    if (value.text().find_first_not_of("+-.0123456789") != std::string_view::npos)
        return std::nullopt;
    const auto number = Decimal::parse(value.text());
    return number ? Made(Value::decimal(*number)) : std::nullopt;
}

Made to_date(const Value& value, Elements&) {
    using Precision = Moment::Precision;
    Moment day;
    if (value.kind() == Kind::date || value.kind() == Kind::date_time) {
        day = value.moment();
    } else if (value.kind() == Kind::string) {
        auto read = parse_date(value.text());
        if (!read) read = parse_date_time(value.text());
        if (!read) return std::nullopt;
        day = *read;
    } else {
        return std::nullopt;
    }
    Moment out;
    out.year = day.year;
    out.month = day.month;
    out.day = day.day;
    out.precision = std::min(day.precision, Precision::day);
    return Value::moment(Kind::date, out);
}

Made to_date_time(const Value& value, Elements&) {
    if (value.kind() == Kind::date || value.kind() == Kind::date_time)
        return Value::moment(Kind::date_time, value.moment());
    if (value.kind() != Kind::string) return std::nullopt;
    return moment_value(Kind::date_time, parse_date_time(value.text()));
}

Made to_time(const Value& value, Elements&) {
    if (value.kind() == Kind::time) return value;
    if (value.kind() != Kind::string) return std::nullopt;
    std::string_view text = value.text();
    if (text.starts_with('T')) text.remove_prefix(1);
    return moment_value(Kind::time, parse_time(text));
}

/// "4 days", "4 'd'", "4": what a Quantity literal may be.
std::optional<Quantity> parse_quantity(std::string_view text) {
    text = trimmed(text);
    const std::size_t end = text.find_first_not_of("+-.0123456789");
    const auto amount = Decimal::parse(text.substr(0, end));
    if (!amount) return std::nullopt;
    if (end == std::string_view::npos) return Quantity{*amount, "1", false};
    const std::string_view unit = trimmed(text.substr(end));
    if (unit.size() > 2 && unit.front() == '\'' && unit.back() == '\'')
        return Quantity{*amount, unit.substr(1, unit.size() - 2), false};
    const bool spaced = text[end] == ' ' || text[end] == '\t';
    if (spaced && calendar_unit(unit)) return Quantity{*amount, unit, true};
    return std::nullopt;
}

Made to_quantity(const Value& value, Elements& scratch) {
    Quantity quantity{Decimal::of(0), "1", false};
    switch (value.kind()) {
        case Kind::quantity:
            return value;
        case Kind::integer:
            quantity.amount = Decimal::of(value.integer());
            break;
        case Kind::decimal:
            quantity.amount = value.decimal();
            break;
        case Kind::boolean:
            quantity.amount = Decimal::of(value.boolean() ? 1 : 0);
            break;
        case Kind::string: {
            const auto read = parse_quantity(value.text());
            if (!read) return std::nullopt;
            quantity = *read;
            break;
        }
        default:
            return std::nullopt;
    }
    return Value::quantity(scratch.keep_value(quantity));
}

/// The one item, converted; none if there is no item or no such value.
bool convert(const Call& call, Conversion conversion, Made& made) {
    const Value* value = nullptr;
    made.reset();
    if (!single_input(call, value)) return false;
    if (!value) return true;
    const auto system = to_system(*value, call.evaluator.scratch());
    if (system) made = conversion(*system, call.evaluator.scratch());
    return call.evaluator.charge(call.node);
}

template <Conversion conversion>
bool to(const Call& call) {
    Made made;
    if (!convert(call, conversion, made)) return false;
    if (made) call.out.push(*made);
    return true;
}

template <Conversion conversion>
bool converts_to(const Call& call) {
    Made made;
    if (!convert(call, conversion, made)) return false;
    if (!call.input.empty()) call.out.push(Value::boolean(made.has_value()));
    return true;
}

/// An element's own text, so that "1.00" and a date keep their digits.
bool to_text(const Call& call) {
    const Value* value = nullptr;
    if (!single_input(call, value)) return false;
    if (!value) return true;
    if (const auto text = text_of(*value)) {
        call.out.push(Value::string(*text));
        return true;
    }
    const auto made = string_of(*value);
    return made ? call.evaluator.keep(call.node, *made, call.out) : true;
}

bool converts_to_text(const Call& call) {
    const Value* value = nullptr;
    if (!single_input(call, value)) return false;
    if (value) call.out.push(Value::boolean(string_of(*value).has_value()));
    return true;
}

/// The quantity in the unit of the first argument, if there is one.
bool quantity_in_unit(const Call& call, Made& made) {
    if (!convert(call, to_quantity, made)) return false;
    if (!made && !call.input.empty() && call.input.front().is_element() &&
        call.input.front().element()->one("comparator"))
        return call.evaluator.fail(call.node,
                                   "a quantity with a comparator has no value");
    if (call.node.arguments.empty()) return true;
    std::optional<std::string_view> unit;
    Items holder;
    if (!text_argument(call, 0, unit, holder)) return false;
    if (!made || !unit) {
        made.reset();
        return true;
    }
    Quantity quantity = made->quantity();
    auto turned = converted(quantity, *unit);
    if (!turned && call.input.front().is_element()) {
        // A FHIR 'a' is also a calendar year.
        if (quantity.unit == "a") quantity = {quantity.amount, "year", true};
        if (quantity.unit == "mo") quantity = {quantity.amount, "month", true};
        turned = converted(quantity, *unit);
    }
    made.reset();
    if (!turned) return true;
    turned->unit = call.evaluator.scratch().keep(turned->unit);
    made = Value::quantity(call.evaluator.scratch().keep_value(*turned));
    return true;
}

bool to_quantity_in(const Call& call) {
    Made made;
    if (!quantity_in_unit(call, made)) return false;
    if (made) call.out.push(*made);
    return true;
}

bool converts_to_quantity_in(const Call& call) {
    Made made;
    if (!quantity_in_unit(call, made)) return false;
    if (!call.input.empty()) call.out.push(Value::boolean(made.has_value()));
    return true;
}

bool comparable(const Call& call) {
    const Value* value = nullptr;
    Items other;
    if (!single_input(call, value) || !argument(call, 0, other)) return false;
    if (!value || other.empty()) return true;
    const auto quantity = [&](const Value& of) -> Made {
        const auto system = to_system(of, call.evaluator.scratch());
        if (!system || system->kind() == Kind::string ||
            system->kind() == Kind::boolean)
            return std::nullopt;
        return to_quantity(*system, call.evaluator.scratch());
    };
    const Made a = quantity(*value);
    const Made b = quantity(other[0]);
    if (!a || !b || other.size() > 1)
        return call.evaluator.fail(call.node, "comparable() takes quantities");
    const bool loosely = value->is_element() || other[0].is_element();
    call.out.push(Value::boolean(
        in_common(a->quantity(), b->quantity(), loosely).kind == Common::Kind::same));
    return true;
}

using Takes = Function::Takes;

constexpr std::array functions{
    Function{"toBoolean", 0, 0, Takes::values, false, to<to_boolean>},
    Function{"convertsToBoolean", 0, 0, Takes::values, false, converts_to<to_boolean>},
    Function{"toInteger", 0, 0, Takes::values, false, to<to_integer>},
    Function{"convertsToInteger", 0, 0, Takes::values, false, converts_to<to_integer>},
    Function{"toLong", 0, 0, Takes::values, false, to<to_integer>},
    Function{"convertsToLong", 0, 0, Takes::values, false, converts_to<to_integer>},
    Function{"toDecimal", 0, 0, Takes::values, false, to<to_decimal>},
    Function{"convertsToDecimal", 0, 0, Takes::values, false, converts_to<to_decimal>},
    Function{"toString", 0, 0, Takes::values, false, to_text},
    Function{"convertsToString", 0, 0, Takes::values, false, converts_to_text},
    Function{"toDate", 0, 0, Takes::values, false, to<to_date>},
    Function{"convertsToDate", 0, 0, Takes::values, false, converts_to<to_date>},
    Function{"toDateTime", 0, 0, Takes::values, false, to<to_date_time>},
    Function{"convertsToDateTime", 0, 0, Takes::values, false,
             converts_to<to_date_time>},
    Function{"toTime", 0, 0, Takes::values, false, to<to_time>},
    Function{"convertsToTime", 0, 0, Takes::values, false, converts_to<to_time>},
    Function{"toQuantity", 0, 1, Takes::values, false, to_quantity_in},
    Function{"convertsToQuantity", 0, 1, Takes::values, false, converts_to_quantity_in},
    Function{"comparable", 1, 1, Takes::values, false, comparable},
};

}  // namespace

std::span<const Function> conversion_functions() {
    return functions;
}

}  // namespace foyer::fhirpath
