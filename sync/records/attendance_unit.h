#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/attendance.h"
#include "sync/records/outbox.h"

namespace foyer {

/// "attendance|Appointment/a|Patient/p|break-out|<instant>": two breaks are two acts,
/// and one that is told again is the same. A facilitator's and an amendment's end in
/// who says so and when it was said. Signing in at a kiosk is not among these: its act
/// is the check-in.
std::string act_of(const AttendanceEvent& event);

/// The unit that tells of `event`, without the aliases of its visit and patient. Its
/// time is when it was written down, so that nobody takes a late amendment for an old
/// message.
Unit unit_of(const AttendanceEvent& event);
/// What a unit tells; none if its act is another, or something it needs is missing. The
/// unit may come from outside.
std::optional<AttendanceEvent> attendance_in(const Unit& unit);

/// A row's text, the same JSON with the unit's id. Reading fails with `corrupt`.
std::string to_text(const AttendanceEvent& event);
Result<AttendanceEvent> attendance_from(std::string_view text);

/// The events that stand, in the order of attended(): each amendment in the place of
/// what it amends, the latest of several, and what never happened left out.
std::vector<AttendanceEvent> standing(const std::vector<AttendanceEvent>& events);

}  // namespace foyer
