#include "kiosk/scrub.h"

#include <cstddef>

namespace foyer {

void scrub_stack() {
    // As deep as Pango, SQLite and JSON were seen to go, with room to spare.
    constexpr std::size_t depth = std::size_t{192} * 1024;
    volatile char waste[depth];
    for (auto& byte : waste) byte = 0;
}

}  // namespace foyer
