#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kiosk/forms/fhirpath/value.h"

/// The types of FHIR R4 and their elements.
namespace foyer::fhirpath::r4 {

/// What FHIRPath sees in a type.
enum class Form : std::uint8_t {
    unknown,
    complex,
    boolean,
    integer,
    decimal,
    string,
    date,
    date_time,
    time,
    quantity,
    xhtml,
};

/// 0 if there is no such type; "Patient", "code", "BackboneElement".
TypeId type_named(std::string_view name);
/// Also "Questionnaire.item.answerOption".
TypeId type_at(std::string_view path);
/// What type().name answers; a type nested in another is a "BackboneElement" or
/// "Element". Empty for 0.
std::string_view name_of(TypeId type);
/// Whether `type` is `ancestor` or derived from it.
bool is_a(TypeId type, TypeId ancestor);
Form form_of(TypeId type);
bool is_primitive(TypeId type);
bool is_resource(TypeId type);

/// The number of an element's name in the model; none: no type has such an element.
using PropertyName = std::optional<std::uint16_t>;
PropertyName property_named(std::string_view name);

struct Property {
    bool found = false;
    bool choice = false;  ///< value[x]; its type stands in the name
    TypeId type = 0;
};
/// Also the elements that the type inherits.
Property property(TypeId type, PropertyName name);

/// The type in the end of a choice element's name: "Coding" of "valueCoding"; 0 if it
/// is none.
TypeId type_of_suffix(std::string_view suffix);

/// The type that a resource names itself; 0 if it does not, or not one of R4.
TypeId resource_type(const Element& element);

}  // namespace foyer::fhirpath::r4
