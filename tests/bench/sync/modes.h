#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace foyer::bench {

// Each is one benchmark against the server at `base`; `run` names what it leaves there.
// What they answer stands in results.md; README.md says what it means. Each ends the
// program when the server refuses what it should take.

/// Waiting units, by the engine and by a bare client, turn and turn about.
nlohmann::json drain(const std::string& base, const std::string& run, int units);
/// Changed Appointments, likewise.
nlohmann::json pull(const std::string& base, const std::string& run, int visits);
/// Memory and frame times of a kiosk whose exchange drains so many units.
nlohmann::json meanwhile(const std::string& base, const std::string& run, int units);
/// From a check-in to the server and to a second kiosk; by its server and, with `lan`,
/// by the site's own network.
nlohmann::json arrivals(const std::string& base, const std::string& run, int taps);

}  // namespace foyer::bench
