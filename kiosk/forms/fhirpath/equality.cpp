#include "kiosk/forms/fhirpath/equality.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "kiosk/forms/fhirpath/r4_model.h"
#include "kiosk/forms/fhirpath/text.h"
#include "kiosk/forms/fhirpath/units.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;

std::optional<Value> number_of(std::string_view literal, bool integer) {
    const auto number = Decimal::parse(literal);
    if (!number) return std::nullopt;
    if (integer) {
        const auto whole = number->to_integer();
        return whole ? std::optional(Value::integer(*whole)) : std::nullopt;
    }
    return Value::decimal(*number);
}

std::optional<Value> moment_value(Kind kind, const std::optional<Moment>& moment) {
    if (!moment) return std::nullopt;
    return Value::moment(kind, *moment);
}

bool is_number(const Value& value) {
    return value.kind() == Kind::integer || value.kind() == Kind::decimal;
}

Decimal decimal_of(const Value& value) {
    return value.kind() == Kind::integer ? Decimal::of(value.integer())
                                         : value.decimal();
}

bool is_day(const Value& value) {
    return value.kind() == Kind::date || value.kind() == Kind::date_time;
}

bool is_moment(const Value& value) {
    return is_day(value) || value.kind() == Kind::time;
}

/// A number as a quantity of unit '1'.
Quantity quantity_from(const Value& value) {
    if (value.kind() == Kind::quantity) return value.quantity();
    return {decimal_of(value), "1", false};
}

bool can_be_quantity(const Value& value) {
    return value.kind() == Kind::quantity || is_number(value);
}

/// Rounded to the digits of the less precise of the two.
bool about_equal(const Decimal& a, const Decimal& b) {
    const int digits = std::min(a.trimmed().scale, b.trimmed().scale);
    const auto left = a.rounded(digits);
    const auto right = b.rounded(digits);
    return left && right && compare(*left, *right) == 0;
}

/// A moment written as a string where no type is known.
bool meet_as_moments(Value& a, Value& b, const Value& raw_a, const Value& raw_b) {
    const auto read = [](Value& text, const Value& raw, const Value& like) {
        if (text.kind() != Kind::string || !raw.is_element() || raw.type() != 0)
            return false;
        const auto made =
            like.kind() == Kind::time
                ? moment_value(Kind::time, parse_time(text.text()))
                : moment_value(Kind::date_time, parse_date_time(text.text()));
        if (!made) return false;
        text = *made;
        return true;
    };
    if (is_moment(a)) return read(b, raw_b, a);
    if (is_moment(b)) return read(a, raw_a, b);
    return false;
}

/// Of one comparison, of elements or of collections.
constexpr std::uint64_t most_steps = 20'000'000;

bool equal_fields(const Element& a, const Element& b, std::uint64_t& steps);

bool equal_leaves(const Element& a, const Element& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == Element::Kind::number && a.text != b.text) {
        const auto left = Decimal::parse(a.text);
        const auto right = Decimal::parse(b.text);
        return left && right && compare(*left, *right) == 0;
    }
    return a.text == b.text;
}

bool equal_elements(const Element& a, const Element& b, std::uint64_t& steps) {
    ++steps;
    return &a == &b || (equal_leaves(a, b) && equal_fields(a, b, steps));
}

bool equal_fields(const Element& a, const Element& b, std::uint64_t& steps) {
    if (a.fields.size() != b.fields.size()) return false;
    for (const Field& field : a.fields) {
        const auto other = b.all(field.name);
        if (other.size() != field.values.size()) return false;
        for (std::size_t i = 0; i < other.size(); ++i)
            if (!equal_elements(*field.values[i], *other[i], steps)) return false;
    }
    return true;
}

bool equivalent_elements(const Element& a, const Element& b, std::uint64_t& steps);

/// Every one of `a` with its own of `b`, in any order.
bool equivalent_lists(std::span<const Element* const> a,
                      std::span<const Element* const> b, std::uint64_t& steps) {
    if (a.size() != b.size()) return false;
    std::vector<bool> taken(b.size());
    return std::all_of(a.begin(), a.end(), [&](const Element* one) {
        for (std::size_t i = 0; i < b.size(); ++i) {
            if (taken[i] || !equivalent_elements(*one, *b[i], steps)) continue;
            taken[i] = true;
            return true;
        }
        return false;
    });
}

bool equivalent_elements(const Element& a, const Element& b, std::uint64_t& steps) {
    if (&a == &b) return true;
    // Lists in any order take a square of steps; whoever counts them stops.
    if (++steps > most_steps) return false;
    if (a.kind != b.kind || a.fields.size() != b.fields.size()) return false;
    if (a.kind == Element::Kind::number) {
        const auto left = Decimal::parse(a.text);
        const auto right = Decimal::parse(b.text);
        if (!left || !right || !about_equal(*left, *right)) return false;
    } else if (a.kind == Element::Kind::string) {
        if (a.text != b.text && folded(a.text) != folded(b.text)) return false;
    } else if (a.text != b.text) {
        return false;
    }
    return std::all_of(a.fields.begin(), a.fields.end(), [&](const Field& field) {
        return equivalent_lists(field.values, b.all(field.name), steps);
    });
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t with) {
    return (hash ^ with) * 0x9e3779b97f4a7c15ULL + (hash >> 29);
}

std::uint64_t hash_of(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

/// Of the size and the ends: what tells linkIds and texts apart, mostly.
std::uint64_t quick_hash(std::string_view text) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    const std::size_t part = std::min(text.size(), sizeof first);
    std::memcpy(&first, text.data(), part);
    std::memcpy(&last, text.data() + text.size() - part, part);
    return mixed(mixed(text.size(), first), last);
}

/// Equal elements have equal hashes; looks two levels deep.
std::uint64_t shallow_hash(const Element& element, int levels) {
    std::uint64_t hash = static_cast<std::uint64_t>(element.kind);
    // "1.0" equals "1".
    if (element.kind != Element::Kind::number)
        if (!element.text.empty()) hash = mixed(hash, quick_hash(element.text));
    std::uint64_t fields = element.fields.size();
    if (levels > 0)
        for (const Field& field : element.fields)
            fields += mixed(
                std::uint64_t{field.name.size()},
                shallow_hash(*field.values.front(), levels - 1) + field.values.size());
    return mixed(hash, fields);
}

std::uint64_t hash_of_value(const Value& value, const std::optional<Value>& system) {
    if (!system) return value.is_element() ? shallow_hash(*value.element(), 2) : 1;
    switch (system->kind()) {
        case Kind::string:
            return hash_of(system->text());
        case Kind::boolean:
            return system->boolean() ? 3 : 2;
        case Kind::integer:
            return mixed(4, static_cast<std::uint64_t>(system->integer()));
        case Kind::decimal: {
            const Decimal number = system->decimal().trimmed();
            if (number.scale == 0)
                return mixed(4, static_cast<std::uint64_t>(number.coefficient));
            return mixed(static_cast<std::uint64_t>(number.scale) << 32,
                         static_cast<std::uint64_t>(number.coefficient));
        }
        case Kind::time:
            return 6;
        case Kind::date:
        case Kind::date_time:
            return 7;
        default:
            return 8;
    }
}

/// The text of what is a String to FHIRPath; none for anything else, dates too.
std::optional<std::string_view> plain_text(const Value& value) {
    if (value.kind() == Kind::string) return value.text();
    if (!value.is_element() || value.element()->kind != Element::Kind::string)
        return std::nullopt;
    const r4::Form form = r4::form_of(value.type());
    if (form != r4::Form::string && form != r4::Form::unknown) return std::nullopt;
    return value.element()->text;
}

}  // namespace

std::optional<Quantity> quantity_of(const Element& element) {
    const Element* number = element.one("value");
    if (!number || element.one("comparator")) return std::nullopt;
    const auto amount = Decimal::parse(number->text);
    if (!amount) return std::nullopt;
    const std::string_view code = element.text_of("code");
    const std::string_view system = element.text_of("system");
    if (!system.empty() && system != "http://unitsofmeasure.org") return std::nullopt;
    std::string_view unit = code.empty() ? element.text_of("unit") : code;
    if (unit.empty()) unit = "1";
    return Quantity{*amount, unit, false};
}

std::optional<Value> to_system(const Value& value, Elements& scratch) {
    if (!value.is_element()) return value;
    const Element& element = *value.element();
    using r4::Form;
    const Form form = r4::form_of(value.type());
    if (form == Form::quantity) {
        const auto quantity = quantity_of(element);
        if (!quantity) return std::nullopt;
        return Value::quantity(scratch.keep_value(*quantity));
    }
    switch (element.kind) {
        case Element::Kind::complex:
        case Element::Kind::absent:
            return std::nullopt;
        case Element::Kind::boolean:
            return Value::boolean(element.is_true());
        case Element::Kind::number:
            return number_of(element.text, form != Form::decimal &&
                                               element.text.find_first_of(".eE") ==
                                                   std::string_view::npos);
        case Element::Kind::string:
            break;
    }
    switch (form) {
        case Form::date:
            return moment_value(Kind::date, parse_date(element.text));
        case Form::date_time:
            return moment_value(Kind::date_time, parse_date_time(element.text));
        case Form::time:
            return moment_value(Kind::time, parse_time(element.text));
        default:
            return Value::string(element.text);
    }
}

std::optional<bool> equal(const Value& a, const Value& b, Elements& scratch,
                          std::uint64_t& steps) {
    ++steps;
    if (const auto left_text = plain_text(a))
        if (const auto right_text = plain_text(b)) return *left_text == *right_text;
    const auto left = to_system(a, scratch);
    const auto right = to_system(b, scratch);
    if (!left || !right) {
        if (left || right || !a.is_element() || !b.is_element()) return false;
        return equal_elements(*a.element(), *b.element(), steps);
    }
    Value x = *left;
    Value y = *right;
    if (x.kind() == Kind::string && y.kind() == Kind::string)
        return x.text() == y.text();
    if (is_number(x) && is_number(y)) return compare(decimal_of(x), decimal_of(y)) == 0;
    if (can_be_quantity(x) && can_be_quantity(y)) {
        const Common common = in_common(quantity_from(x), quantity_from(y));
        // A FHIR 'a' or 'mo' is also a calendar year or month (FHIR, "Quantity").
        if (common.kind == Common::Kind::unsettled &&
            (a.is_element() || b.is_element())) {
            const Common loose = in_common(quantity_from(x), quantity_from(y), true);
            return loose.kind == Common::Kind::same &&
                   compare(loose.amounts.first, loose.amounts.second) == 0;
        }
        if (common.kind == Common::Kind::unsettled) return std::nullopt;
        return common.kind == Common::Kind::same &&
               compare(common.amounts.first, common.amounts.second) == 0;
    }
    meet_as_moments(x, y, a, b);
    if ((is_day(x) && is_day(y)) ||
        (x.kind() == Kind::time && y.kind() == Kind::time)) {
        const auto order =
            compare_moments(x.moment(), y.moment(), x.kind() == Kind::time);
        if (!order) return std::nullopt;
        return *order == 0;
    }
    if (x.kind() != y.kind()) return false;
    if (x.kind() == Kind::boolean) return x.boolean() == y.boolean();
    return x.kind() == Kind::type_info && x.text() == y.text();
}

bool equivalent(const Value& a, const Value& b, Elements& scratch,
                std::uint64_t& steps) {
    if (++steps > most_steps) return false;
    const auto left = to_system(a, scratch);
    const auto right = to_system(b, scratch);
    if (!left || !right) {
        if (left || right || !a.is_element() || !b.is_element()) return false;
        return equivalent_elements(*a.element(), *b.element(), steps);
    }
    if (left->kind() == Kind::string && right->kind() == Kind::string)
        return folded(left->text()) == folded(right->text());
    if (is_number(*left) && is_number(*right))
        return about_equal(decimal_of(*left), decimal_of(*right));
    if (can_be_quantity(*left) && can_be_quantity(*right)) {
        const Quantity x = quantity_from(*left);
        const Quantity y = quantity_from(*right);
        const Common common = in_common(x, y, /*loosely=*/true);
        if (common.kind != Common::Kind::same) return false;
        if (x.unit == y.unit) return about_equal(x.amount, y.amount);
        // In the unit of the less precise.
        const bool first = x.amount.trimmed().scale <= y.amount.trimmed().scale;
        const Quantity& coarse = first ? x : y;
        if (const auto turned = converted(first ? y : x, coarse.unit))
            return about_equal(turned->amount, coarse.amount);
        const Decimal& fine = first ? common.amounts.second : common.amounts.first;
        const Decimal& base = first ? common.amounts.first : common.amounts.second;
        if (coarse.amount.is_zero()) return fine.is_zero();
        const auto unit = divide(base, coarse.amount);
        const auto turned = unit ? divide(fine, *unit) : std::nullopt;
        return turned && about_equal(*turned, coarse.amount);
    }
    return equal(a, b, scratch, steps).value_or(false);
}

Order order_of(const Value& a, const Value& b, Elements& scratch) {
    using Answer = Order::Kind;
    const auto left = to_system(a, scratch);
    const auto right = to_system(b, scratch);
    if (!left || !right) return {};
    Value x = *left;
    Value y = *right;
    if (x.kind() == Kind::string && y.kind() == Kind::string)
        return {Answer::known, x.text() <=> y.text()};
    if (is_number(x) && is_number(y))
        return {Answer::known, compare(decimal_of(x), decimal_of(y))};
    if (can_be_quantity(x) && can_be_quantity(y)) {
        const bool loosely = a.is_element() || b.is_element();
        const Common common = in_common(quantity_from(x), quantity_from(y), loosely);
        if (common.kind != Common::Kind::same) return {Answer::unknown};
        return {Answer::known, compare(common.amounts.first, common.amounts.second)};
    }
    meet_as_moments(x, y, a, b);
    if ((is_day(x) && is_day(y)) ||
        (x.kind() == Kind::time && y.kind() == Kind::time)) {
        const auto order =
            compare_moments(x.moment(), y.moment(), x.kind() == Kind::time);
        if (!order) return {Answer::unknown};
        return {Answer::known, *order};
    }
    return {};
}

std::optional<bool> equal(std::span<const Value> a, std::span<const Value> b,
                          Elements& scratch, std::uint64_t& steps) {
    if (a.empty() || b.empty()) return std::nullopt;
    if (a.size() != b.size()) return false;
    bool unsaid = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto one = equal(a[i], b[i], scratch, steps);
        if (one && !*one) return false;
        unsaid = unsaid || !one;
    }
    return unsaid ? std::nullopt : std::optional(true);
}

bool equivalent(std::span<const Value> a, std::span<const Value> b, Elements& scratch,
                std::uint64_t& steps) {
    if (a.size() != b.size()) return false;
    std::vector<bool> taken(b.size());
    return std::all_of(a.begin(), a.end(), [&](const Value& one) {
        for (std::size_t i = 0; i < b.size(); ++i) {
            if (taken[i] || !equivalent(one, b[i], scratch, steps)) continue;
            taken[i] = true;
            return true;
        }
        return false;
    });
}

bool Distinct::find(const Value& value, std::uint64_t hash) {
    const auto same = [&](std::size_t i) {
        ++steps;
        return hashes_[i] == hash &&
               equal(items_[i], value, scratch_, steps).value_or(false);
    };
    if (slots_.empty()) {
        for (std::size_t i = 0; i < items_.size(); ++i)
            if (same(i)) return true;
        return false;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].item != 0; at = (at + 1) & mask)
        if (same(slots_[at].item - 1)) return true;
    return false;
}

void Distinct::enter(std::uint64_t hash, std::uint32_t item) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].item != 0) at = (at + 1) & mask;
    slots_[at] = {hash, item};
}

bool Distinct::has(const Value& value) {
    return find(value, hash_of_value(value, to_system(value, scratch_)));
}

bool Distinct::add(const Value& value) {
    const std::uint64_t hash = hash_of_value(value, to_system(value, scratch_));
    if (find(value, hash)) return false;
    items_.push_back(value);
    hashes_.push_back(hash);
    constexpr std::size_t few = 8;
    if (items_.size() <= few) return true;
    if (items_.size() * 2 > slots_.size()) {
        slots_.assign(std::max<std::size_t>(32, slots_.size() * 4), {});
        for (std::size_t i = 0; i < items_.size(); ++i)
            enter(hashes_[i], static_cast<std::uint32_t>(i + 1));
    } else {
        enter(hash, static_cast<std::uint32_t>(items_.size()));
    }
    return true;
}

}  // namespace foyer::fhirpath
