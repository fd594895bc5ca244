#include "sync/clinic/arrival.h"

#include <algorithm>
#include <cassert>

#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

bool called_off(AppointmentStatus status) {
    return status == AppointmentStatus::cancelled ||
           status == AppointmentStatus::entered_in_error ||
           status == AppointmentStatus::proposed ||
           status == AppointmentStatus::waitlist;
}

bool on_same_day(Instant a, Instant b, const Site& site) {
    const auto time = SiteTime::in_zone(site.time_zone);
    assert(time);  // read_site refuses unknown zones
    return time->day_of(a) == time->day_of(b);
}

bool elsewhere(const Visit& visit, const Site& site) {
    // A visit by video is at no site; whoever comes for it is at the right one.
    if (site.locations.empty() || visit.location.empty() || visit.virtual_visit)
        return false;
    return std::ranges::find(site.locations, visit.location) == site.locations.end();
}

bool arrived(const Visit& visit) {
    return visit.check_in || visit.status == AppointmentStatus::arrived ||
           visit.status == AppointmentStatus::checked_in;
}

bool finished(const Visit& visit, Instant now) {
    return visit.status == AppointmentStatus::fulfilled ||
           visit.status == AppointmentStatus::noshow ||
           (visit.ends > visit.starts && now >= visit.ends);
}

}  // namespace

Instant opens_at(const Visit& visit, const Site& site) {
    return visit.starts - window_for(site, visit.service).opens_before;
}

Standing standing(const Visit& visit, Instant now, const Site& site) {
    if (called_off(visit.status)) return Standing::cancelled;
    if (!on_same_day(visit.starts, now, site)) return Standing::other_day;
    if (elsewhere(visit, site)) return Standing::other_site;
    if (arrived(visit)) return Standing::here;
    if (finished(visit, now)) return Standing::over;
    if (now < opens_at(visit, site)) return Standing::early;
    if (now > visit.starts + window_for(site, visit.service).late_after)
        return Standing::late;
    return Standing::open;
}

}  // namespace foyer
