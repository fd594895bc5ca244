#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/ui/text_glyphs.h"

namespace foyer {

/// A glyph's image at its place in a block, in pixels.
struct PlacedGlyph {
    const GlyphImage* image = nullptr;
    int x = 0, y = 0;
};

/// The coverage of all glyphs of a block: one byte a pixel, rows without padding, with
/// a clear pixel around so that a scaled texture has a soft edge. Without ink: no size.
struct Coverage {
    int left = 0, top = 0, width = 0, height = 0;
    std::vector<std::uint8_t> alpha;
};
Coverage cover(std::span<const PlacedGlyph> glyphs);

/// A hollow box for a character no font has; `size` is the em in pixels.
GlyphImage missing_glyph(float size);

}  // namespace foyer
