#include "kiosk/ui/text_ink.h"

#include <algorithm>
#include <cstddef>

namespace foyer {
namespace {

constexpr int margin = 1;

std::size_t area(int width, int height) {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

/// Where the ink of a block lies.
struct Ink {
    int left = 0, top = 0, right = 0, bottom = 0;
    bool empty() const { return right <= left; }
    void add(const PlacedGlyph& glyph) {
        if (glyph.image->alpha.empty()) return;
        const Ink one{glyph.x, glyph.y, glyph.x + glyph.image->width,
                      glyph.y + glyph.image->height};
        *this = empty() ? one
                        : Ink{std::min(left, one.left), std::min(top, one.top),
                              std::max(right, one.right), std::max(bottom, one.bottom)};
    }
};

/// Lays one glyph's coverage over what is there; where Arabic letters overlap in their
/// joints, nothing shows.
void stamp(const PlacedGlyph& glyph, Coverage& onto) {
    const GlyphImage& image = *glyph.image;
    const auto wide = static_cast<std::size_t>(image.width);
    for (int y = 0; y < image.height; ++y) {
        const std::uint8_t* from = image.alpha.data() + area(image.width, y);
        std::uint8_t* to = onto.alpha.data() +
                           area(onto.width, glyph.y - onto.top + y) +
                           (glyph.x - onto.left);
        for (std::size_t x = 0; x < wide; ++x) {
            const unsigned over = from[x];
            to[x] = static_cast<std::uint8_t>(over + to[x] * (255 - over) / 255);
        }
    }
}

}  // namespace

Coverage cover(std::span<const PlacedGlyph> glyphs) {
    Ink ink;
    for (const PlacedGlyph& glyph : glyphs) ink.add(glyph);
    Coverage all;
    if (ink.empty()) return all;
    all.left = ink.left - margin;
    all.top = ink.top - margin;
    all.width = ink.right - ink.left + 2 * margin;
    all.height = ink.bottom - ink.top + 2 * margin;
    all.alpha.resize(area(all.width, all.height));
    for (const PlacedGlyph& glyph : glyphs) stamp(glyph, all);
    return all;
}

GlyphImage missing_glyph(float size) {
    const int width = std::max(static_cast<int>(size * 0.5F), 3);
    const int height = std::max(static_cast<int>(size * 0.7F), 3);
    const int border = std::max(1, height / 12);
    GlyphImage image{1, -height, width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int edge = std::min({x, y, width - 1 - x, height - 1 - y});
            image.alpha.push_back(edge < border ? 255 : 0);
        }
    return image;
}

}  // namespace foyer
