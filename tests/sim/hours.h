#pragma once

#include <string>
#include <vector>

#include "tests/sim/invariants.h"

namespace foyer::sim {

/// What must hold of attendance when all is over: nothing that was said is lost,
/// changed or there twice; every kiosk has read what the others sent; and the hours in
/// each kiosk's ledger are those that the independent checker
/// (tests/support/hours_checker.h) makes of the raw events.
void check_attendance(const Sight& sight, std::vector<std::string>& wrong);

}  // namespace foyer::sim
