#include <algorithm>
#include <cmath>

#include "kiosk/ui/pages.h"

// How a panel's width and height are shared out.

namespace foyer {

namespace {

/// Between the columns of a landscape screen, in design units.
constexpr float gutter = 72;
/// What is read gets less of a landscape screen than what is tapped.
constexpr float reading_share = 0.45F, typing_share = 0.43F;

/// What two columns have between them.
float two_columns(const Display& display) {
    return column_width(display) - gutter_width(display);
}

}  // namespace

float margin_units(const Display& display) {
    const bool narrow = float(display.width) / display.scale() < 900;
    return narrow ? 40 : 64;
}

float keyboard_width(const Display& display) {
    if (display.portrait()) return float(display.width);
    return two_columns(display) - typing_width(display);
}

float typing_width(const Display& display) {
    if (display.portrait()) return column_width(display);
    return std::floor(two_columns(display) * typing_share);
}

float controls_width(const Display& display) {
    if (display.portrait()) return column_width(display);
    return two_columns(display) - std::floor(two_columns(display) * reading_share);
}

float reach_line(const Display& display, const Comfort& comfort) {
    if (!comfort.reach || !display.portrait()) return 0;
    const float line = display.reach_line_mm > 0
                           ? float(display.height) - display.mm(display.reach_line_mm)
                           : float(display.height) * 0.45F;
    return std::max(0.0F, line);
}

float column_width(const Display& display) {
    return float(display.width) -
           2 * std::round(margin_units(display) * display.scale());
}

float gutter_width(const Display& display) {
    return std::round(gutter * display.scale());
}

}  // namespace foyer
