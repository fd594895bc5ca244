#pragma once

#include <chrono>
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

/// One patient's part in one session.
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
    bool two_levels = false;           ///< PHP and IOP on one day
    bool open = false;                 ///< a sign-out is missing
    bool doubtful = false;
};
struct LedgerWeek {
    Date first{};
    std::chrono::minutes counted{0};
    bool under = false, over = false;  ///< against the program's hours
};
struct LedgerOf {
    std::string patient;
    Service program = Service::other;  ///< php or iop
    std::vector<LedgerDay> days;
    std::vector<LedgerWeek> weeks;
    int program_days = 0;              ///< attended up to now
    std::optional<Date> recertify_by;  ///< next date, if the rule has one
};

}  // namespace foyer
