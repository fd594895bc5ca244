#pragma once

#include <optional>
#include <vector>

#include "sync/clinic/site.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// How a visit stands at the moment a patient is at the kiosk.
enum class Standing {
    open,        ///< within its window: can be checked in
    late,        ///< can be checked in; the desk is told and the patient sent by
    early,       ///< today, the window has not opened yet
    over,        ///< today, it ended or is fulfilled or was marked no-show
    here,        ///< already checked in
    cancelled,   ///< called off
    other_day,   ///< not today
    other_site,  ///< today, at another site of the clinic
};


/// Judges one visit. `now` is the kiosk's time; windows come from the site's policy
/// (domain.md W5, W9). Cancelled wins over the day, the day over the place, the place over
/// the window, and a check-in over the window.
Standing standing(const Visit& visit, Instant now, const Site& site);

/// When the patient may check in for this visit, in the site's policy.
Instant opens_at(const Visit& visit, const Site& site);

}  // namespace foyer
