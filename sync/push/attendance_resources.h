#pragma once

#include <string_view>

#include "sync/clinic/attendance.h"
#include "sync/push/writing.h"

namespace foyer {

/// The Observation that one event of attendance is: never changed, so that kiosks
/// cannot contradict each other (sync.md decision 5). `role`: of its identifier; that
/// of an event that is amended is its kind.
r4::Json attendance_observation(const Writing& writing, const AttendanceEvent& event,
                                const Speaker& speaker, std::string_view role,
                                Names names = Names::references);

}  // namespace foyer
