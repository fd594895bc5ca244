#pragma once

#include "platform/canvas.h"

namespace foyer {

/// The picture at 1/`factor` of its width and height, each pixel the mean of a square;
/// a last row or column that makes no whole square is left out.
Picture reduced(const Picture& picture, int factor);

/// Copies `picture` into `onto`, its top left at x, y; what reaches out is left out.
void put(Picture& onto, const Picture& picture, int x, int y);

/// A picture of one opaque colour (R in the lowest byte).
Picture plain(int width, int height, std::uint32_t rgba);

}  // namespace foyer
