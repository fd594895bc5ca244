#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/ui/geometry.h"

namespace foyer {

class SimulatedPrinter;
class SimulatedDesk;

/// The panel beside a simulated kiosk: unplugs, empties and goes offline, holds slips
/// before the scanner. Drawn with ImGui's own widgets inside a Painter's frame. For
/// people who try Foyer on a laptop; no patient sees it. Main thread only.
class SimulatedPanel {
public:
    struct Parts {
        SimulatedPrinter* printer = nullptr;
        SimulatedDesk* desk = nullptr;
        /// Holds the slip of an appointment before the scanner; answers what went
        /// wrong, or nothing.
        std::function<std::string(const std::string& appointment)> scan_slip;
        std::function<void(const std::string& text)> scan_text;
        std::vector<std::string> appointments;  ///< ids to choose from
        std::string slips_folder;               ///< where printed slips lie
    };
    explicit SimulatedPanel(Parts parts);

    /// Draws the panel into `area` (pixels) of the ImGui frame that is open.
    void draw(const Rect& area);
    /// ImGui's mouse: where it is and whether the button is down.
    static void pointer(float x, float y, bool down);

private:
    Parts parts_;
    int chosen_ = 0;
    std::string said_;
};

}  // namespace foyer
