#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/attendance.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// A stretch of a program's day on the site's clock and what it is
/// (`[[programs.php.block]]`).
struct DayBlock {
    std::chrono::minutes from{0}, to{0};  ///< after midnight
    enum class Kind {
        service,
        lunch,
        transit,
        recreation,
        wellness
    } kind = Kind::service;
    bool operator==(const DayBlock&) const = default;
};

/// What a level of care asks for (domain.md d8); `[programs.php]`, `[programs.iop]`.
struct ProgramRule {
    int hours_min = 0;           ///< a week; 0: none
    int hours_max = 0;           ///< a week; 0: none
    int recertified_on_day = 0;  ///< first time, by program days; 0: not by days
    int recertified_every = 0;   ///< days after that; of the calendar
    int days = 0;                ///< how many a course has ("day 6 of 24"); 0: not said
    std::vector<DayBlock> blocks;
    bool operator==(const ProgramRule&) const = default;
};
/// PHP: 20 h a week or more, recertified on day 18 and every 30 days. IOP: 9 to 19 h,
/// every 60 days.
ProgramRule default_program_rule(Service program);
/// The site's rule for php or iop, else the default.
ProgramRule program_rule(const std::map<Service, ProgramRule>& rules, Service program);

/// One patient's part in one session. Cancelled ones are none.
struct LedgerVisit {
    std::string patient;  ///< FHIR id
    std::string appointment;
    Service service = Service::other;
    Instant starts{}, ends{};
    Attended attended;
};

/// A day of a patient, on the site's calendar.
struct LedgerDay {
    Date day{};
    std::chrono::minutes counted{0};   ///< whole minutes of countable attendance
    std::chrono::minutes excluded{0};  ///< attended, and lunch, transit, wellness ...
    int services = 0;                  ///< of the program, attended long enough
    bool two_levels = false;           ///< there at PHP and at IOP
    bool open = false;                 ///< a sign-out is missing
    bool doubtful = false;
};
struct LedgerWeek {
    Date first{};
    std::chrono::minutes counted{0};
    /// Of the running week: what it comes to if every sign-out that is missing is
    /// confirmed and every session still to come is attended. Of others: `counted`.
    std::chrono::minutes projected{0};
    /// Against the program's hours: `under` when even `projected` is too little, `over`
    /// when `counted` is too much.
    bool under = false, over = false;
};
struct LedgerOf {
    std::string patient;
    Service program = Service::other;  ///< php or iop
    std::vector<LedgerDay> days;       ///< on which the patient was there, in order
    /// From the first to the last with a visit of the program, none after the running
    /// one, and none left out between.
    std::vector<LedgerWeek> weeks;
    int program_days = 0;  ///< attended up to now, one just begun included
    /// The next date from today on; none if the rule has none, or if the day that
    /// decides is not in the schedule yet.
    std::optional<Date> recertify_by;
};

/// The visits behind attendance events of any patients, in any order: one for each
/// patient and session, with the session's times and service as told last. In no order.
std::vector<LedgerVisit> attended_visits(const std::vector<AttendanceEvent>& events,
                                         Instant now);

/// What the visits of one patient come to in one program; the arithmetic is in
/// sync/clinic/README.md. `visits` go back to the beginning of the course, in any
/// order, with other services and what is still to come (for projections and
/// recertification); each once. Pure.
LedgerOf ledger_of(const std::vector<LedgerVisit>& visits, Service program,
                   const ProgramRule& rule, const SiteTime& time,
                   std::chrono::weekday week_start, Instant now);

/// The ledgers of all patients in `visits` who have a visit of PHP or IOP; one who has
/// both has two. By patient, then PHP before IOP. 200 patients of 90 days take
/// milliseconds.
std::vector<LedgerOf> ledgers(const std::vector<LedgerVisit>& visits,
                              const std::map<Service, ProgramRule>& rules,
                              const SiteTime& time, std::chrono::weekday week_start,
                              Instant now);

/// Somebody whom the week's hours do not reach (domain.md W5: the list by Thursday).
struct UnderHours {
    std::string patient;
    Service program = Service::other;
    LedgerWeek week;
    std::chrono::minutes asked{0};  ///< a week, by the program's rule
};
/// Those whose week beginning on `first` is under, who lack most before the others.
std::vector<UnderHours> under_hours(const std::vector<LedgerOf>& ledgers,
                                    const std::map<Service, ProgramRule>& rules,
                                    Date first);

/// The first day of the week that `day` is in.
Date week_of(Date day, std::chrono::weekday week_start);

}  // namespace foyer
