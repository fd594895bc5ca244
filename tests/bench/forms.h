#pragma once

#include <string>

namespace foyer::bench {

/// A form of `items` whole numbers in groups of ten. With `expressions` of 0 it has one
/// sum over all of them, else a sum in each of the first groups. Every engine that is
/// compared can compute it.
std::string large_form(int items, int expressions);

/// The PHQ-9 that is shipped.
std::string phq9_form();

}  // namespace foyer::bench
