#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kiosk/forms/element.h"

namespace foyer::fhirpath {

class Value;
using Collection = std::vector<Value>;

/// One item of a collection: a FHIR element with what is known of its type, or a value
/// that an expression made (Boolean, Integer, Decimal, String, Date, DateTime, Time,
/// Quantity). The helper functions below are all that callers outside fhirpath/ need.
class Value;

/// An element of FHIR type `type` ("Questionnaire", "Coding"; empty: its resourceType,
/// else unknown) as a value.
Value of_element(const Element* element, std::string_view type = {});
Value of_boolean(bool value);

/// The value as a FHIR primitive or complex element made in `into`, and its FHIR type
/// as value[x] spells it ("Decimal", "Coding"): for answers. None if the value has no
/// FHIR form.
struct FhirValue {
    std::string_view type;
    const Element* element = nullptr;
};
std::optional<FhirValue> to_fhir(const Value& value, Elements& into);

/// FHIRPath's singleton evaluation of a Boolean: none if the collection is empty; a
/// single item that is not a Boolean counts as true; several items: none.
std::optional<bool> as_boolean(const Collection& values);

/// The JSON of each value, as `foyer fhirpath` prints it.
std::string to_json(const Value& value);
/// "FHIR.Patient", "System.Integer".
std::string type_name(const Value& value);

}  // namespace foyer::fhirpath
