#pragma once

#include "platform/canvas.h"

namespace foyer {

/// A whole pixel, origin top left.
struct PixelPoint {
    int x = 0, y = 0;
    bool operator==(const PixelPoint&) const = default;
};

/// A point of a plane of pixels, between pixels too.
struct PlanePoint {
    float x = 0, y = 0;
};

/// Turns the upright picture onto a panel and back. `width` and `height` are the
/// upright picture's.
struct Turn {
    Rotation rotation = Rotation::none;
    int width = 0, height = 0;

    bool on_its_side() const {
        return rotation == Rotation::quarter || rotation == Rotation::three_quarters;
    }
    int panel_width() const { return on_its_side() ? height : width; }
    int panel_height() const { return on_its_side() ? width : height; }

    /// Where a point of the upright picture lies on the panel.
    PlanePoint to_panel(PlanePoint at) const;
    PlanePoint to_upright(PlanePoint at) const;
    /// Where an upright rectangle lies on the panel.
    PixelRect to_panel(PixelRect rect) const;
    /// The panel's pixel that shows an upright pixel.
    PixelPoint to_panel(PixelPoint upright) const;
};

}  // namespace foyer
