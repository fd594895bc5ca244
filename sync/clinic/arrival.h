#pragma once

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
    cancelled,   ///< called off, or never agreed (proposed, wait list)
    other_day,   ///< not today
    other_site,  ///< today, at another site of the clinic
};

/// Judges one visit. `now` is the kiosk's time; windows come from the site's policy
/// (domain.md W5, W9). Cancelled wins over the day, the day over the place, the place
/// over the window, and a check-in over the window.
///
/// A visit belongs to the day it starts on. It is open from opens_at() up to and
/// including `late_after` minutes past its start, then late until it ends. A visit
/// without a sensible end stays late for the rest of its day. Proposed and wait-listed
/// visits have no seat to check in to; pending ones only wait for a confirmation, so
/// the patient is let in.
Standing standing(const Visit& visit, Instant now, const Site& site);

/// When the patient may check in for this visit, in the site's policy.
Instant opens_at(const Visit& visit, const Site& site);

}  // namespace foyer
