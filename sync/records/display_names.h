#pragma once

#include <string>
#include <string_view>

namespace foyer {

/// The one name a patient knows a clinician by, from a FHIR Practitioner: the first
/// given name of the usual name, else of the official, else of any. Empty if there is
/// none.
std::string first_name(std::string_view practitioner_json);

/// "Practitioner/id" that a FHIR PractitionerRole speaks of; empty if there is none.
std::string practitioner_of(std::string_view practitioner_role_json);

/// Where to go, from a FHIR Location: its name, and its description when that is short
/// enough to follow ("Suite 210, second floor"). Empty if there is none.
std::string place_name(std::string_view location_json);

/// Whether a Location is no place of the site: physicalType `vi` (virtual).
bool is_virtual_place(std::string_view location_json);

}  // namespace foyer
