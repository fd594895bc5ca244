#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "sync/clinic/visit.h"

namespace foyer {

/// Whether patients of that service sit down and wait until somebody calls them. Where
/// people sign in they go to the room themselves, and nobody waits in a crisis.
bool is_waited_for(Service service);

/// The wait a patient is told, from today's visits that have begun: how many minutes
/// each waited from arriving to its begin (domain.md W1). None from fewer than 5, then
/// "We will call you". Else what 80 % waited at most (80th percentile by nearest rank),
/// rounded up to 5 minutes and never under 5. A visit that began before its patient
/// arrived (a clock was wrong) counts as no wait.
std::optional<std::chrono::minutes> told_wait(std::vector<std::chrono::minutes> waited);

}  // namespace foyer
