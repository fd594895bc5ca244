#include "kiosk/forms/fhirpath/value.h"

#include <array>

#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/r4_model.h"
#include "kiosk/forms/fhirpath/units.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;

constexpr std::string_view system_name(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "System.Boolean";
        case Kind::integer:
            return "System.Integer";
        case Kind::decimal:
            return "System.Decimal";
        case Kind::string:
            return "System.String";
        case Kind::date:
            return "System.Date";
        case Kind::date_time:
            return "System.DateTime";
        case Kind::time:
            return "System.Time";
        case Kind::quantity:
            return "System.Quantity";
        case Kind::type_info:
            return "System.SimpleTypeInfo";
        case Kind::element:
            break;
    }
    return "System.Any";
}

/// What FHIR says a decimal can be relied on for; more digits come from a division.
Decimal of_fhir_digits(const Decimal& number) {
    constexpr int most = 18;
    int whole = 0;
    for (Int128 rest = number.truncated().coefficient; rest != 0; rest /= 10) ++whole;
    const int room = std::max(0, most - whole);
    if (number.scale <= room) return number;
    return number.rounded(room).value_or(number).trimmed();
}

/// A Quantity as an element; a calendar unit as the UCUM unit that FHIR maps it to.
const Element* quantity_element(const Quantity& quantity, Elements& into) {
    std::vector<Field> fields;
    fields.push_back(
        into.field("value", into.number(of_fhir_digits(quantity.amount).to_string())));
    if (quantity.unit == "1" && !quantity.calendar) return into.object(fields);
    std::string_view code = quantity.unit;
    if (const auto unit = quantity.calendar ? calendar_unit(code) : std::nullopt) {
        constexpr std::array<std::string_view, 8> codes{"a", "mo",  "wk", "d",
                                                        "h", "min", "s",  "ms"};
        code = codes[static_cast<std::size_t>(*unit)];
    }
    fields.push_back(into.field("unit", into.string(quantity.unit)));
    fields.push_back(into.field("system", into.string("http://unitsofmeasure.org")));
    fields.push_back(into.field("code", into.string(code)));
    return into.object(fields);
}

/// "CodeableConcept", "DateTime": a type's name as value[x] ends in it.
std::string capital(std::string_view type) {
    std::string out(type);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

/// FHIR's seconds are not optional once there are hours.
std::string date_time_of_fhir(Moment moment) {
    if (moment.precision == Moment::Precision::hour ||
        moment.precision == Moment::Precision::minute)
        moment.precision = Moment::Precision::second;
    if (moment.precision >= Moment::Precision::hour && !moment.has_offset())
        moment.offset = 0;
    return date_time_text(moment);
}

}  // namespace

Value of_element(const Element* element, std::string_view type) {
    return Value::of(element,
                     type.empty() ? r4::resource_type(*element) : r4::type_at(type));
}

Value of_boolean(bool value) {
    return Value::boolean(value);
}

std::optional<FhirValue> to_fhir(const Value& value, Elements& into) {
    switch (value.kind()) {
        case Kind::element: {
            const std::string_view name = r4::name_of(value.type());
            if (!name.empty())
                return FhirValue{into.keep(capital(name)), value.element()};
            switch (value.element()->kind) {
                case Element::Kind::boolean:
                    return FhirValue{"Boolean", value.element()};
                case Element::Kind::string:
                    return FhirValue{"String", value.element()};
                case Element::Kind::number:
                    return FhirValue{value.element()->text.find_first_of(".eE") ==
                                             std::string_view::npos
                                         ? "Integer"
                                         : "Decimal",
                                     value.element()};
                default:
                    return std::nullopt;
            }
        }
        case Kind::boolean:
            return FhirValue{"Boolean", into.boolean(value.boolean())};
        case Kind::integer:
            return FhirValue{"Integer", into.number(std::to_string(value.integer()))};
        case Kind::decimal:
            return FhirValue{"Decimal",
                             into.number(of_fhir_digits(value.decimal()).to_string())};
        case Kind::string:
            return FhirValue{"String", into.string(value.text())};
        case Kind::date:
            return FhirValue{"Date", into.string(date_text(value.moment()))};
        case Kind::date_time:
            return FhirValue{"DateTime",
                             into.string(date_time_of_fhir(value.moment()))};
        case Kind::time: {
            Moment time = value.moment();
            time.precision = std::max(time.precision, Moment::Precision::second);
            return FhirValue{"Time", into.string(time_text(time))};
        }
        case Kind::quantity:
            return FhirValue{"Quantity", quantity_element(value.quantity(), into)};
        case Kind::type_info:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<bool> as_boolean(const Collection& values) {
    if (values.size() != 1) return std::nullopt;
    const Value& value = values.front();
    if (value.kind() == Kind::boolean) return value.boolean();
    if (value.is_element() && value.element()->kind == Element::Kind::boolean)
        return value.element()->is_true();
    return true;
}

std::string to_json(const Value& value) {
    std::string out;
    switch (value.kind()) {
        case Kind::element:
            write_json(*value.element(), out);
            return out;
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
            return string_of(value).value_or("null");
        case Kind::quantity: {
            Elements made;
            return write_json(*quantity_element(value.quantity(), made));
        }
        default:
            write_json_string(string_of(value).value_or(""), out);
            return out;
    }
}

std::string type_name(const Value& value) {
    if (!value.is_element()) return std::string(system_name(value.kind()));
    const std::string_view name = r4::name_of(value.type());
    if (!name.empty()) return "FHIR." + std::string(name);
    const Element& element = *value.element();
    switch (element.kind) {
        case Element::Kind::boolean:
            return "System.Boolean";
        case Element::Kind::string:
            return "System.String";
        case Element::Kind::number:
            return element.text.find_first_of(".eE") == std::string_view::npos
                       ? "System.Integer"
                       : "System.Decimal";
        default:
            return "System.Any";
    }
}

}  // namespace foyer::fhirpath
