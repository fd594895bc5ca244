#pragma once

#include <vector>

#include "kiosk/effect.h"
#include "kiosk/event.h"
#include "kiosk/screen.h"

namespace foyer {

/// What happens next: the screen to show and the orders to carry out.
struct Step {
    Screen next;
    std::vector<Effect> effects = {};
};

/// The whole behaviour of the kiosk. Pure: no clock, no store, no drawing. An event
/// that means nothing to a screen leaves it as it is.
Step react(const Screen& screen, const Event& event);

/// Whether the screen takes a scanned slip.
bool takes_slips(const Screen& screen);

/// Whether the typed month, day and year are a date; none if not.
std::optional<Date> typed_date(const std::string& month, const std::string& day,
                               const std::string& year);

}  // namespace foyer
