#pragma once

#include "kiosk/ui/node.h"
#include "kiosk/ui/text.h"
#include "kiosk/ui/theme.h"

namespace foyer {

/// How much empty space a screen is given before it becomes pages. Texts and targets
/// are the same in all of them.
enum class Roominess {
    ample,  ///< as designed
    tight,  ///< smaller gaps and pads, controls down to the smallest allowed
    bare,   ///< tight, and without what is optional
};

/// What sizes depend on.
struct Setting {
    TextEngine& text;
    Display display;
    Comfort comfort;
    bool right_to_left = false;
    Roominess room = Roominess::ample;

    float px(float design_units) const;
    /// A distance from top to bottom, or between two lines: less where room is short,
    /// and never so little that a finger meets two targets (design.md: 3 mm).
    float gap(float design_units) const;
    /// The least height of a node.
    float least_height(const Node& node) const;
    /// The style in real pixels, with the patient's text size.
    TextStyle style(const Node& node) const;
};

/// The size a node wants in at most `width` pixels; kept in the node's `want`, and
/// remembered until forget().
Size measure(Tree& tree, NodeId id, float width, const Setting& setting);

/// Gives a measured node its rectangle, and its children theirs. Left to right; see
/// mirror().
void place(Tree& tree, NodeId id, Rect rect, const Setting& setting);

/// Drops what was measured of all nodes, or of one and what it stands in: after a
/// change of the setting, of what a node holds or of which children are shown.
void forget(Tree& tree);
void forget(Tree& tree, NodeId id);

/// Turns the placed screen round for a right-to-left language.
void mirror(Tree& tree, float screen_width);

}  // namespace foyer
