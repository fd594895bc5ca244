#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace foyer {

/// A font's proportions, in parts of its em.
struct FontShape {
    float ascent = 1.0F, descent = 0.25F;
    float cap_height = 0.0F;  ///< of an H; 0 for a font without one
};

/// A glyph's coverage and where its top left lies from its origin, y down.
struct GlyphImage {
    int left = 0, top = 0, width = 0, height = 0;
    std::vector<std::uint8_t> alpha;
};

/// Draws glyphs with FreeType: outlines unhinted, 256 greys, to a quarter of a pixel
/// across (Cairo 1.16 and PangoFT2 round to whole pixels, which shows in small text).
/// One FreeType face a font file, all sizes. Main thread only.
class Glyphs {
public:
    Glyphs();
    ~Glyphs();
    Glyphs(const Glyphs&) = delete;
    Glyphs& operator=(const Glyphs&) = delete;

    /// The number of a face of a font file; the same for the same file. A file that is
    /// gone gives a face without outlines.
    int face(const std::string& path, int index);

    FontShape shape(int face_number);

    /// `size` is the em in pixels, `quarter` 0..3 how far right of the pixel the origin
    /// lies. Valid until trim() or wipe(). Empty if the face has no such outline.
    const GlyphImage& image(int face_number, double size, std::uint32_t glyph,
                            int quarter);

    /// Keeps the images within a few megabytes.
    void trim();
    /// Forgets which glyphs were drawn.
    void wipe();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
