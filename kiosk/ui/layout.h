#pragma once

#include "kiosk/ui/node.h"
#include "kiosk/ui/text.h"
#include "kiosk/ui/theme.h"

namespace foyer {

/// What sizes depend on.
struct Setting {
    TextEngine& text;
    Display display;
    Comfort comfort;
    bool right_to_left = false;

    float px(float design_units) const;
    /// The style in real pixels, with the patient's text size.
    TextStyle style(const Node& node) const;
};

/// The size a node wants in at most `width` pixels; kept in the node's `want`.
Size measure(Tree& tree, NodeId id, float width, const Setting& setting);

/// Gives a measured node its rectangle, and its children theirs. Left to right; see
/// mirror().
void place(Tree& tree, NodeId id, Rect rect, const Setting& setting);

/// Turns the placed screen round for a right-to-left language.
void mirror(Tree& tree, float screen_width);

}  // namespace foyer
