#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/sim/world.h"

namespace foyer::sim {

/// What one seed came to.
struct Report {
    std::uint64_t seed = 0;
    std::vector<std::string> wrong;  ///< invariants that do not hold, in words
    std::string history;             ///< only if asked for
    std::uint64_t fingerprint = 0;
    World::Counts counts;
};

/// A clinic's morning with several kiosks, everything of it from the seed: the same
/// seed is the same run. `broken` is the server as somebody broke it, to see that it is
/// noticed.
Report simulate(std::uint64_t seed, const std::filesystem::path& scratch,
                bool with_history = false, const FakeFhir::Broken& broken = {});

/// A directory for records, in memory where there is one; made, and the caller's to
/// remove.
std::filesystem::path scratch_directory();

}  // namespace foyer::sim
