#pragma once

#include <iosfwd>
#include <string>

#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// What `foyer roster` and `foyer attendance` work with. Nothing is kept.
struct AttendanceDesk {
    Store& store;
    const SiteTime& time;
    Instant now;
    ClockQuality clock = ClockQuality::trusted;
    bool json = false;
};

/// `foyer roster [APPOINTMENT] [--day DATE] [--events]`: the sessions of a day, or who
/// is at one, with times, late marks and what a facilitator has to say. Names of
/// patients stand in it: for the staff's terminal.
struct RosterOptions {
    std::string appointment;  ///< FHIR id of any of the session's; empty: the day
    std::string day;          ///< "2026-11-23"; empty: today
    bool events = false;      ///< each event with the unit that `amend` takes
};
/// Prints to `out`; on failure one line to `err`. Answers the exit code: 0; 1 no such
/// appointment; 2 a day that is none.
int roster_command(const RosterOptions& options, const AttendanceDesk& desk,
                   std::ostream& out, std::ostream& err);

/// What a facilitator says, by name.
struct AttendanceOptions {
    std::string appointment, patient;  ///< FHIR ids
    std::string unit;                  ///< of the event that is amended
    std::string kind = "sign-out";
    /// "15:40" on the site's clock, of the session that day or the night after it; or
    /// with date and offset.
    std::string at;
    std::string by, reason;
    bool voided = false;
};

/// `foyer attendance confirm APPOINTMENT PATIENT --at TIME --by NAME [--kind KIND]`:
/// when somebody left who did not sign out, or what else nobody said. Exit codes as
/// roster_command(); 1 too when it does not fit what is known, and then what to write
/// instead.
int confirm_attendance_command(const AttendanceOptions& options,
                               const AttendanceDesk& desk, std::ostream& out,
                               std::ostream& err);
/// `foyer attendance amend UNIT (--at TIME | --void) --by NAME --reason TEXT`: another
/// version of one event; the first stays.
int amend_attendance_command(const AttendanceOptions& options,
                             const AttendanceDesk& desk, std::ostream& out,
                             std::ostream& err);
/// `foyer attendance close APPOINTMENT --by NAME`: the clinic is told from when to when
/// each patient was there. 1 while a sign-out is missing, with whose.
int close_attendance_command(const AttendanceOptions& options,
                             const AttendanceDesk& desk, std::ostream& out,
                             std::ostream& err);

}  // namespace foyer
