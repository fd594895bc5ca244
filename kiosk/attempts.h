#pragma once

#include <chrono>
#include <vector>

namespace foyer {

/// How often somebody may look for a patient who is not found, at one kiosk. Three
/// misses within ten minutes are free; from then on each doubles the wait, from 10 s to
/// 2 min. A hit is no amnesty: who knows one patient could otherwise try for another
/// forever. Pure: time is passed in.
class Attempts {
public:
    using Time = std::chrono::milliseconds;
    static constexpr int free_misses = 3;
    static constexpr std::chrono::minutes remembered{10};
    static constexpr std::chrono::seconds first_wait{10};
    static constexpr std::chrono::seconds longest_wait{120};

    void missed(Time now);
    /// How long until the next try; zero when it may be now.
    Time wait(Time now) const;
    int misses(Time now) const;

private:
    std::vector<Time> misses_;
};

}  // namespace foyer
