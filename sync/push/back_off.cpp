#include <algorithm>

#include "sync/push/push.h"

namespace foyer {

std::chrono::milliseconds back_off(int attempts, std::chrono::milliseconds least,
                                   std::chrono::milliseconds most,
                                   std::mt19937_64& dice) {
    auto limit = least;
    for (int i = 0; i < attempts && limit < most; ++i) limit *= 2;
    limit = std::min(limit, most);
    // Not uniform_int_distribution: libraries differ in it, and a simulation must
    // replay the same run everywhere.
    const auto range =
        static_cast<std::uint64_t>(std::max<std::int64_t>(limit.count(), 0)) + 1;
    return std::chrono::milliseconds(dice() % range);
}

}  // namespace foyer
