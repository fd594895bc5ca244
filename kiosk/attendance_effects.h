#pragma once

#include "sync/clinic/attendance.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// Writes that a patient leaves for a break, is back, or signs out. Outcomes:
/// AttendanceSaved, AttendanceFailed.
struct SaveAttendance {
    Alias visit;
    AttendanceKind kind = AttendanceKind::sign_out;
    AttendanceMethod method = AttendanceMethod::name;
};

}  // namespace foyer
