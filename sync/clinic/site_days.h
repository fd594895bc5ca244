#pragma once

#include <array>
#include <vector>

#include "sync/clinic/ledger.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/spans.h"

namespace foyer {

/// Days of the site and the blocks of a program in them, each asked of the time zone
/// once: a ledger asks for the same days again for every patient. Not thread-safe.
class SiteDays {
public:
    /// `blocks` may be in any order.
    SiteDays(const SiteTime& time, const std::vector<DayBlock>& blocks)
        : time_(time), blocks_(blocks) {}

    struct Day {
        std::chrono::sys_days day{};
        Attended::Span whole{};
        Spans off;       ///< lunch, transit, recreation, wellness
        Spans services;  ///< each a block, as the clinic wrote them; in order
    };
    /// The day that `at` is in. Holds until the next call.
    const Day& of(Instant at);
    const Day& on(std::chrono::sys_days day);

private:
    void work_out(Day& entry, std::chrono::sys_days day) const;

    SiteTime time_;
    std::vector<DayBlock> blocks_;
    struct Known {
        bool is = false;
        Day day;
    };
    std::array<Known, 512> known_;  ///< by the day's number, whatever came last
};

}  // namespace foyer
