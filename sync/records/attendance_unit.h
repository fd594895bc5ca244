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
/// "check-in|Appointment/17", of a shared Appointment with "|Patient/p": the act whose
/// unit the Encounter of the visit is known by.
std::string check_in_act(std::string_view appointment, std::string_view patient,
                         bool shared);

/// The unit that tells of `event`, without the aliases of its visit and patient. Its
/// time is when it was written down, so that nobody takes a late amendment for an old
/// message. `shared`: the Appointment has several patients.
Unit unit_of(const AttendanceEvent& event, bool shared);
/// What a unit tells: of attendance, or of a check-in where people sign in; none if its
/// act is another, or something it needs is missing. The unit may come from outside.
std::optional<AttendanceEvent> attendance_in(const Unit& unit);

/// A row's text, the same JSON with the unit's id. Reading fails with `corrupt`.
std::string to_text(const AttendanceEvent& event);
Result<AttendanceEvent> attendance_from(std::string_view text);

/// Copies of those that stand (clinic/standing_events.h).
std::vector<AttendanceEvent> standing(const std::vector<AttendanceEvent>& events);

}  // namespace foyer
