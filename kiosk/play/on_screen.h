#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/geometry.h"
#include "platform/result.h"

namespace foyer {

/// One node of what a kiosk shows, as a story sees it.
struct SeenNode {
    std::string key, role, label;
    Rect rect;
    bool tap = false, hold = false, edit = false;
    bool disabled = false, inert = false, truncated = false, focused = false;
    std::optional<bool> checked;
};

/// A kiosk's answer over the control socket (kiosk/control.h).
struct OnScreen {
    bool ok = false;
    std::string error;  ///< where not ok
    std::string screen;
    std::string now;  ///< the kiosk's clock
    std::string token;
    int printed = 0;
    std::int64_t found = 0;
    int page = 0, pages = 1;
    std::vector<SeenNode> nodes;

    const SeenNode* find(std::string_view key) const;
    /// Whether a key, or a part of any label (line ends count as blanks), is shown.
    bool says(std::string_view what) const;
    /// What a person sees, a line a node, for a story that failed.
    std::string described() const;
};

/// Fails with `corrupt` for a line that is no answer.
Result<OnScreen> read_answer(const std::string& line);

/// Where a finger comes down to use the node of that key; or, as `refused`, why no
/// finger can: it is not there, covered, disabled, cut short, or nothing to be used.
struct Spot {
    float x = 0, y = 0;
};
Result<Spot> finger_spot(const OnScreen& shown, std::string_view key, bool to_hold);

}  // namespace foyer
