#pragma once

#include "kiosk/ui/layout.h"

namespace foyer {

/// Places the regions of a whole screen: header and footer at the edges, the keyboard
/// and the actions above the footer, the body between. Nothing scrolls, shrinks or is
/// cut: a body too tall for one page is first set tighter, then loses what is optional,
/// the header last, and then becomes pages.
///
/// Three arrangements (design.md, "Physical size, not pixels"):
/// - portrait: one column from the top;
/// - landscape: what is read on the left and what is tapped on the right, each with its
///   own actions beneath; beside a keyboard, all in the left column;
/// - within reach: every control in the lower part, what is read above.
///
/// `page` is the page wanted; tree.page and tree.pages say what it came to. The
/// room given is not looked at: what is needed is found here.
void arrange(Tree& tree, int page, const Setting& given);

/// Space left and right of what stands on the screen, in design units.
float margin_units(const Display& display);

/// Width of one column from margin to margin, and of what parts two, in pixels.
float column_width(const Display& display);
float gutter_width(const Display& display);

/// Width of the on-screen keyboard in pixels: all of a portrait screen, the right
/// column of a landscape one.
float keyboard_width(const Display& display);
/// Width of what stands above or beside the keyboard, in pixels.
float typing_width(const Display& display);
/// Width of what is tapped, in pixels: of a portrait screen all of it.
float controls_width(const Display& display);

/// The page a node of the body stands on; every_page outside the body.
int page_of(const Tree& tree, NodeId id);

/// The y, in pixels, above which no control may begin; 0 when reach is off.
float reach_line(const Display& display, const Comfort& comfort);

}  // namespace foyer
