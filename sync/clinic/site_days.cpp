#include "sync/clinic/site_days.h"

#include <algorithm>

namespace foyer {

using std::chrono::days;
using std::chrono::sys_days;

const SiteDays::Day& SiteDays::of(Instant at) {
    // A site's day begins within a day of UTC's, before it or after.
    auto guess = std::chrono::floor<days>(at);
    while (at < on(guess).whole.from) guess -= days(1);
    while (at >= on(guess).whole.until) guess += days(1);
    return on(guess);
}

const SiteDays::Day& SiteDays::on(sys_days day) {
    const auto number = std::size_t(day.time_since_epoch().count());
    Known& known = known_[number % known_.size()];
    if (!known.is || known.day.day != day) {
        work_out(known.day, day);
        known.is = true;
    }
    return known.day;
}

void SiteDays::work_out(Day& entry, sys_days day) const {
    entry.day = day;
    entry.whole = {time_.start_of(Date(day)), time_.start_of(Date(day + days(1)))};
    entry.off.clear();
    entry.services.clear();
    for (const DayBlock& block : blocks_) {
        const Attended::Span span{time_.at(Date(day), block.from),
                                  time_.at(Date(day), block.to)};
        if (span.until <= span.from) continue;  // in an hour that is skipped
        (block.kind == DayBlock::Kind::service ? entry.services : entry.off)
            .push_back(span);
    }
    put_in_order(entry.off);
    std::ranges::sort(entry.services, {}, &Attended::Span::from);
}

}  // namespace foyer
