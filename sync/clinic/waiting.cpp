#include "sync/clinic/waiting.h"

#include <algorithm>
#include <cstddef>

#include "sync/clinic/attendance.h"

namespace foyer {

using std::chrono::minutes;

bool is_waited_for(Service service) {
    return !takes_attendance(service) && service != Service::crisis;
}

std::optional<minutes> told_wait(std::vector<minutes> waited) {
    constexpr std::size_t enough = 5;
    constexpr minutes step{5};
    if (waited.size() < enough) return std::nullopt;

    const std::size_t rank = (waited.size() * 80 + 99) / 100;  // from 1, rounded up
    const auto at = waited.begin() + std::ptrdiff_t(rank - 1);
    std::ranges::nth_element(waited, at);
    const auto steps = (*at + step - minutes(1)) / step;
    return std::max(steps * step, step);
}

}  // namespace foyer
