#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "sync/clinic/attendance.h"
#include "sync/clinic/ledger.h"
#include "sync/clinic/site_time.h"

namespace foyer {

/// One session of a patient and what was told of it; without events: still expected.
struct CheckedSession {
    Service service = Service::other;
    Instant starts{}, ends{};
    std::vector<AttendanceEvent> events;
};
/// The sessions behind one patient's events.
std::vector<CheckedSession> sessions_of(const std::vector<AttendanceEvent>& events);

struct CheckedDay {
    std::chrono::minutes counted{0}, excluded{0};
    int services = 0;
    bool two_levels = false, open = false;
    bool operator==(const CheckedDay&) const = default;
};
struct CheckedLedger {
    std::map<Date, CheckedDay> days;
    int program_days = 0;
    /// By the first day of the week, as far as days are known.
    std::map<Date, std::chrono::minutes> weeks;
    std::chrono::minutes projected{0};  ///< of the running week
};

/// The ledger of one patient recomputed from the raw events by going through time step
/// by step and asking of each step what the rules of sync/clinic/README.md say. Shares
/// no code with attended() and ledger_of(). Slow. Exact when all times are multiples of
/// `step`.
CheckedLedger check_hours(const std::vector<CheckedSession>& sessions, Service program,
                          const ProgramRule& rule, const SiteTime& time,
                          std::chrono::weekday week_start, Instant now,
                          std::chrono::seconds step);

/// The days of a ledger as the checker says them; and either in words.
std::map<Date, CheckedDay> days_of(const LedgerOf& ledger);
std::string said(const std::map<Date, CheckedDay>& days);

}  // namespace foyer
