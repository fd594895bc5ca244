#pragma once

#include <chrono>
#include <optional>

#include "kiosk/event.h"
#include "kiosk/screen.h"
#include "kiosk/ui/theme.h"
#include "sync/clinic/site.h"

namespace foyer {

/// What time does to a screen: when nobody touched for long, and when a message has
/// been up long enough. Pure: time is passed in, as Clock::elapsed().
class Pace {
public:
    using Time = std::chrono::milliseconds;

    explicit Pace(const Site& site);

    /// A person touched, typed or scanned.
    void touched(Time now);
    /// Another screen is shown. A screen of the same kind goes on counting.
    void shows(const Screen& screen, Time now);
    /// What `screen` waits for, if anything.
    struct Due {
        Time at;
        Event event;
        bool counts_down = false;  ///< the seconds left are on the screen
    };
    std::optional<Due> due(const Screen& screen, const Comfort& comfort,
                           const Comfort& usual) const;
    /// Whole seconds left until `due`, rounded up; 0 where none are shown.
    static int seconds_left(const std::optional<Due>& due, Time now);

private:
    const Site& site_;
    std::size_t kind_ = 0;
    Time shown_{0}, touched_{0};
};

}  // namespace foyer
