#pragma once

#include "kiosk/ui/layout.h"

namespace foyer {

/// Places the regions of a whole screen: header and footer at the edges, the keyboard and
/// the actions above the footer, the body between. A body too tall becomes pages; nothing
/// scrolls, shrinks or is cut.
///
/// Three arrangements: portrait, one column from the top; landscape, what is read on the
/// left and what is tapped on the right; within reach, what is read above and every
/// control in the lower part (design.md, "Bring controls lower").
///
/// `page` is the page wanted; tree.page and tree.pages say what it came to.
void arrange(Tree& tree, int page, const Setting& setting);

/// The page a node of the body stands on; every_page outside the body.
int page_of(const Tree& tree, NodeId id);

/// The y, in pixels, above which no control may begin; 0 when reach is off.
float reach_line(const Display& display, const Comfort& comfort);

}  // namespace foyer
