#pragma once

#include <string>
#include <vector>

#include "kiosk/screen.h"

namespace foyer {

/// A screen with made-up state, for the gallery, the audit and the picture tests.
struct Sample {
    std::string name;  ///< "done.late"
    Screen screen;
    int seconds_left = 0;
    WaysIn ways_in = {};  ///< of Welcome
};

/// The picture that the samples' places have; the demo clinic's.
inline constexpr const char* sample_map = "demo/way-to-juniper.png";

/// Samples of every kind of screen, in the order of Screen's members. A kind without a
/// sample does not compile.
std::vector<Sample> samples();

}  // namespace foyer
