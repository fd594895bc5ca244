#pragma once

#include <string>

#include "tests/bench/sync/clinic.h"

namespace foyer::bench {

/// What a lobby makes in a day, in the kiosk's own verbs, `units` of it: for each 10
/// three check-ins, two paperworks done, three forms (PHQ-9 with its Observations, as
/// the kiosk extracts them) and two Tasks for the desk. Answers how many wait.
int a_days_work(BenchKiosk& kiosk, const BenchClinic& clinic, int units);
/// Visits that so many units need.
int visits_for(int units);

/// "check-in", "paperwork", "form", "desk", "audit", "device": of a Bundle.
std::string kind_of(const std::string& bundle);

}  // namespace foyer::bench
