#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "tests/sim/plan.h"

namespace foyer::sim {

/// What a maker of events has at hand. All of it outlives the events.
class Acts {
public:
    Acts(World& world, Clinic& clinic, Ledger& ledger,
         std::vector<std::unique_ptr<SimKiosk>>& kiosks,
         std::chrono::milliseconds length)
        : world_(world),
          clinic_(clinic),
          ledger_(ledger),
          kiosks_(kiosks),
          length_(length) {}

protected:
    std::chrono::milliseconds some_time(std::chrono::milliseconds until) {
        return std::chrono::milliseconds(world_.between(0, until.count()));
    }
    std::chrono::milliseconds some_time() { return some_time(length_); }
    SimKiosk& some_kiosk() { return *world_.one_of(kiosks_); }
    void at(std::chrono::milliseconds when, std::function<void()> happen) {
        events_.push_back({when, std::move(happen)});
    }

    World& world_;
    Clinic& clinic_;
    Ledger& ledger_;
    std::vector<std::unique_ptr<SimKiosk>>& kiosks_;
    std::chrono::milliseconds length_;
    std::vector<Event> events_;
};

/// The events that a maker's plan() answers; they use the maker for as long as they
/// live.
template <class Maker, class... Given>
std::vector<Event> made_by(Given&&... given) {
    auto maker = std::make_shared<Maker>(std::forward<Given>(given)...);
    auto events = maker->plan();
    for (Event& event : events)
        event.happen = [maker, happen = std::move(event.happen)] { happen(); };
    return events;
}

inline ClockQuality quality_of(Store& store, const Clock& clock) {
    return store.see_clock(clock.now()).value_or(ClockQuality::untrusted);
}

}  // namespace foyer::sim
