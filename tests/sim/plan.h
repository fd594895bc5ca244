#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/clinic.h"
#include "tests/sim/kiosk.h"
#include "tests/sim/ledger.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// Something that somebody does at a time.
struct Event {
    std::chrono::milliseconds at{0};
    std::function<void()> happen;
};

/// Who comes, who changes their mind, what staff does meanwhile; earliest first. All of
/// the references outlive the plan.
std::vector<Event> plan_of(World& world, Clinic& clinic, Ledger& ledger,
                           std::vector<std::unique_ptr<SimKiosk>>& kiosks,
                           std::chrono::milliseconds length);

/// Patients come back later, at each kiosk: they are told how they stand, and accept an
/// offer, decline it, or let its time pass.
std::vector<Event> returns_of(World& world, Clinic& clinic, Ledger& ledger,
                              std::vector<std::unique_ptr<SimKiosk>>& kiosks,
                              std::chrono::milliseconds from,
                              std::chrono::milliseconds length);

}  // namespace foyer::sim
