#pragma once

#include <string>

#include "kiosk/setup.h"

namespace foyer {

/// `foyer board`: the lobby's TV on a machine of its own, enrolled as a board on the
/// site's network (docs/lan.md). Shows who is called and where to, with a chime, until
/// SIGTERM, SIGINT or its window is closed. With --json each picture is also a line,
/// {"calls":[{"name":"Fern 27","place":"Suite 210"}],"in_touch":true}.
struct BoardOptions {
    bool window = false;             ///< not the whole screen
    int width = 1280, height = 720;  ///< of the window or the picture
    /// Draws into this PNG file each time the picture changes, in place of a screen.
    std::string picture;
    bool silent = false;
};
Exit board_command(const Options& options, const BoardOptions& how);

}  // namespace foyer
