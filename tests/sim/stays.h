#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "tests/sim/plan.h"

namespace foyer::sim {

/// Who comes to groups and program days, and leaves for breaks, and goes, each at any
/// kiosk; who taps twice, or in no order; what facilitators say meanwhile. All of the
/// references outlive the events.
std::vector<Event> stays_of(World& world, Clinic& clinic, Ledger& ledger,
                            std::vector<std::unique_ptr<SimKiosk>>& kiosks,
                            std::chrono::milliseconds length);

/// The day is over: a facilitator at the kiosk says when those left who did not say it.
void confirm_sign_outs(World& world, const Clinic& clinic, Ledger& ledger,
                       SimKiosk& kiosk);
/// And ends the sessions.
void close_sessions(World& world, const Clinic& clinic, Ledger& ledger,
                    SimKiosk& kiosk);

}  // namespace foyer::sim
