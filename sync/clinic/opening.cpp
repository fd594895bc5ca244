#include <algorithm>
#include <cassert>

#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr days looks_ahead{14};
const std::vector<OpenHours> whole_day = {{minutes(0), minutes(24 * 60)}};

bool has_hours(const Site& site) {
    return std::ranges::any_of(site.hours,
                               [](const auto& day) { return !day.empty(); });
}

/// The spans of a day, in order.
std::vector<OpenHours> hours_on(const Site& site, Date date) {
    if (std::ranges::find(site.closed_days, date) != site.closed_days.end()) return {};
    if (!has_hours(site)) return whole_day;
    const std::chrono::weekday day{std::chrono::sys_days(date)};
    return site.hours[day.c_encoding()];
}

}  // namespace

Opening opening(const Site& site, Instant now) {
    const auto time = SiteTime::in_zone(site.time_zone);
    assert(time);  // read_site refuses unknown zones
    const Date today = time->day_of(now);

    for (days ahead{0}; ahead <= looks_ahead; ++ahead) {
        const Date date = std::chrono::sys_days(today) + ahead;
        for (const OpenHours& span : hours_on(site, date)) {
            const Instant from = time->at(date, span.from);
            if (from > now) return {.open = false, .next = from};
            if (now < time->at(date, span.to))
                return {.open = true, .next = std::nullopt};
        }
    }
    return {};
}

}  // namespace foyer
