#include "kiosk/attempts.h"

#include <algorithm>

namespace foyer {

void Attempts::missed(Time now) {
    std::erase_if(misses_, [&](Time at) { return at + remembered <= now; });
    misses_.push_back(now);
}

int Attempts::misses(Time now) const {
    return int(
        std::ranges::count_if(misses_, [&](Time at) { return at + remembered > now; }));
}

Attempts::Time Attempts::wait(Time now) const {
    const int over = misses(now) - free_misses;
    if (over < 0 || misses_.empty()) return Time{0};
    const int doublings = std::min(over, 10);
    const Time pause =
        std::min<Time>(first_wait * (1 << doublings), Time(longest_wait));
    return std::max(Time{0}, misses_.back() + pause - now);
}

}  // namespace foyer
