#pragma once

#include <string>
#include <vector>

#include "sync/clinic/attendance.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// A patient at a kiosk: a break, the way back, or signing out. Signing in is
/// Store::check_in().
struct AttendanceAct {
    Alias visit;
    AttendanceKind kind = AttendanceKind::sign_out;
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    AttendanceMethod method = AttendanceMethod::name;
    bool attested = true;
};

/// A facilitator, by name: what a patient did not say, or an amendment of what was
/// said.
struct FacilitatorAct {
    std::string appointment, patient;  ///< FHIR ids
    AttendanceKind kind = AttendanceKind::sign_out;
    Instant at{};
    std::string by;      ///< never empty
    std::string amends;  ///< unit; empty: an event of its own
    std::string reason;  ///< of an amendment never empty
    bool voided = false;
    Instant recorded{};
    ClockQuality clock = ClockQuality::trusted;
};

/// A session at which attendance is taken, as the schedule of a day has it.
struct RosterSession {
    std::string appointment;
    Service service = Service::other;
    Instant starts{}, ends{};
    std::string place, clinician;
    int expected = 0;  ///< patients
};

/// One patient on a session's roster.
struct RosterLine {
    Visit visit;
    Patient patient;
    std::vector<AttendanceEvent> events;
};

}  // namespace foyer
