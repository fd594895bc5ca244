#pragma once

#include <string>

namespace foyer::bench {

/// A form of `items` choices of four weights in groups of ten. With `expressions` of 0
/// it has one total over all of them, else a subtotal in each of the first groups.
std::string large_form(int items, int expressions);

/// The PHQ-9 that is shipped.
std::string phq9_form();

}  // namespace foyer::bench
