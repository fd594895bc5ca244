#pragma once

#include <atomic>

#include "sync/site/desk_link.h"

namespace foyer {

/// A desk that answers at once while it is online. Any thread.
class SimulatedDesk final : public DeskLink {
public:
    std::atomic<bool> online = true;
    std::atomic<int> calls = 0, arrivals = 0;

    Result<void> call() override {
        if (!online) return fail(Error::Code::offline, "simulated");
        ++calls;
        return {};
    }
    Result<void> arrived(const Alias&) override {
        if (!online) return fail(Error::Code::offline, "simulated");
        ++arrivals;
        return {};
    }
    bool hears_alerts() override { return online; }
};

}  // namespace foyer
