#pragma once

#include "kiosk/setup.h"
#include "platform/canvas.h"

namespace foyer {

/// How the kiosk is opened on a screen.
struct RunOptions {
    bool simulate =
        false;  ///< simulated printer, scanner and desk, with a panel for them
    int width = 0, height = 0;  ///< of a window; 0: what fits the screen
    bool window = false;        ///< not the full screen, whatever the site says
};

/// `foyer`: the kiosk on the screen, until told to end. A configuration that cannot be
/// used shows "this kiosk needs help" rather than nothing.
Exit run_kiosk(const Options& options, const RunOptions& how);

}  // namespace foyer
