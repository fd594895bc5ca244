#pragma once

#include <vector>

#include "kiosk/samples.h"

namespace foyer {

/// Samples of the lobby's screens, for samples.cpp.
std::vector<Sample> drop_in_samples();
std::vector<Sample> guest_samples();
std::vector<Sample> lobby_working_samples();
std::vector<Sample> in_lobby_samples();

}  // namespace foyer
