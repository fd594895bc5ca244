#pragma once

#include <filesystem>
#include <iosfwd>

#include "kiosk/play/story.h"

namespace foyer {

/// Where a story is played and what stays of it.
struct PlaySetting {
    std::filesystem::path program;  ///< foyer itself
    std::filesystem::path folder;   ///< for data directories; the caller's
    std::filesystem::path shots;    ///< for pictures; empty: `shot` draws none
    std::filesystem::path failure;  ///< where the picture of a failed step goes
};

/// Plays one story on processes of its own, as fast as they answer. A failure is told
/// to `out`: the step, why, and what was on the screen. Answers whether all went well.
bool play_story(const Story& story, const PlaySetting& setting, std::ostream& out);

}  // namespace foyer
