#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/sim/clinic.h"
#include "tests/sim/kiosk.h"
#include "tests/sim/ledger.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// All that there is to look at.
struct Sight {
    World& world;
    const Clinic& clinic;
    const Ledger& ledger;
    std::vector<std::unique_ptr<SimKiosk>>& kiosks;
};

/// What must hold while things are refused: every refused unit has its Task, nothing
/// else waits.
void check_parked(const Sight& sight, std::vector<std::string>& wrong);

/// What must hold at the end; each line of `wrong` is one thing that does not.
void check_all(const Sight& sight, std::vector<std::string>& wrong);

}  // namespace foyer::sim
