#pragma once

#include <vector>

#include "kiosk/ui/layout.h"

namespace foyer {

/// Which parts of a column stand on which page, in reading order.
using Pages = std::vector<std::vector<NodeId>>;

/// Height of parts one below the other at `width` pixels. What stands before the first
/// is not counted.
float stack_height(Tree& tree, const std::vector<NodeId>& parts, float width,
                   const Setting& setting);

/// Deals parts out to pages `height` pixels tall. A part that announces the next
/// (`keeps_next`) goes with it; a part taller than a page is cut, texts between lines
/// and columns between children, which adds nodes. What cannot be cut gets a page of
/// its own and sets tree.does_not_fit. Always at least one page, perhaps empty.
Pages paginate(Tree& tree, std::vector<NodeId> parts, float width, float height,
               const Setting& setting);

}  // namespace foyer
