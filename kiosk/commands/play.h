#pragma once

#include <filesystem>
#include <vector>

namespace foyer {

/// `foyer play STORY...`.
struct PlayOptions {
    std::vector<std::filesystem::path> stories;
    /// Where pictures go; made if it is not there. Empty: `shot` draws none.
    std::filesystem::path shots;
    bool keep = false;  ///< the throw-away data directories stay
    /// What plays; empty: this program itself.
    std::filesystem::path program;
};

/// Plays stories one after the other (tests/stories/README.md) and prints a line for
/// each and one for all. Answers an exit code (setup.h): 0, 2 for a story that cannot
/// be read, 3 when one fails.
int play(const PlayOptions& options);

}  // namespace foyer
