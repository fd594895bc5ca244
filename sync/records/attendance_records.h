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

/// A facilitator ends a session, by name.
struct SessionClose {
    std::string appointment;  ///< any of the session's
    std::string by;           ///< never empty
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
};
struct SessionClosing {
    /// Of whom it is not known from when to when they were there; while there are any,
    /// nothing is closed. By family name.
    std::vector<RosterLine> open;
    int closed = 0;  ///< patients of whom the clinic is told
};

}  // namespace foyer
