#pragma once

#include <optional>
#include <string_view>

#include "sync/clinic/attendance.h"

namespace foyer {

/// Of which attendance the kiosks of a site learn: the system of the tag that the
/// Observations carry, with the site's id (docs/fhir-mapping.md).
inline constexpr std::string_view attendance_tag = "urn:foyer:attendance";
/// What the Observations are about, as a token.
inline constexpr std::string_view attendance_code = "urn:foyer:observation|attendance";

/// What became of an Observation that a search for the tag has shown.
struct AttendanceRead {
    bool wanted = false;                   ///< attendance at this site
    std::optional<AttendanceEvent> event;  ///< none of one that lacks something
};

/// Reads an Observation as sync/push writes them.
AttendanceRead read_attendance(std::string_view observation, std::string_view site_id);

}  // namespace foyer
