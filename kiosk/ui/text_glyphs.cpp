#include "kiosk/ui/text_glyphs.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "kiosk/ui/text_overwrite.h"

namespace foyer {
namespace {

/// All letters of five languages in ten sizes are about 1 MB.
constexpr std::size_t most_bytes = 4U << 20U;

}  // namespace

struct Glyphs::Inside {
    FT_Library library = nullptr;
    std::vector<FT_Face> faces;  ///< nullptr if the file is gone or no font
    std::map<std::pair<std::string, int>, int> numbers;
    std::unordered_map<std::uint64_t, GlyphImage> images;
    std::size_t bytes = 0;
    const GlyphImage nothing{};

    /// The glyph's coverage, moved right by `quarter` quarters of a pixel.
    static GlyphImage draw(FT_Face face, FT_F26Dot6 size, std::uint32_t glyph,
                           int quarter) {
        GlyphImage image;
        if (FT_Set_Char_Size(face, 0, size, 72, 72) != 0 ||
            FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 ||
            face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
            return image;
        FT_Outline_Translate(&face->glyph->outline, FT_Pos{quarter} * 16, 0);
        if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return image;
        const FT_Bitmap& bitmap = face->glyph->bitmap;
        image.left = face->glyph->bitmap_left;
        image.top = -face->glyph->bitmap_top;
        image.width = static_cast<int>(bitmap.width);
        image.height = static_cast<int>(bitmap.rows);
        image.alpha.reserve(static_cast<std::size_t>(bitmap.width) * bitmap.rows);
        for (int y = 0; y < image.height; ++y) {
            const unsigned char* row =
                bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
            image.alpha.insert(image.alpha.end(), row, row + bitmap.width);
        }
        return image;
    }
};

Glyphs::Glyphs() : inside_(std::make_unique<Inside>()) {
    FT_Init_FreeType(&inside_->library);
}

Glyphs::~Glyphs() {
    wipe();
    FT_Done_FreeType(inside_->library);  // with its faces
}

int Glyphs::face(const std::string& path, int index) {
    const auto known = inside_->numbers.find({path, index});
    if (known != inside_->numbers.end()) return known->second;
    FT_Face opened = nullptr;
    if (FT_New_Face(inside_->library, path.c_str(), index, &opened) != 0)
        opened = nullptr;
    const auto number = static_cast<int>(inside_->faces.size());
    inside_->faces.push_back(opened);
    inside_->numbers[{path, index}] = number;
    return number;
}

FontShape Glyphs::shape(int face_number) {
    FontShape shape;
    FT_Face face = inside_->faces[static_cast<std::size_t>(face_number)];
    if (!face || face->units_per_EM == 0) return shape;
    const auto em = static_cast<float>(face->units_per_EM);
    shape.ascent = static_cast<float>(face->ascender) / em;
    shape.descent = -static_cast<float>(face->descender) / em;
    const FT_UInt h = FT_Get_Char_Index(face, 'H');
    if (h != 0 && FT_Load_Glyph(face, h, FT_LOAD_NO_SCALE) == 0)
        shape.cap_height = static_cast<float>(face->glyph->metrics.horiBearingY) / em;
    return shape;
}

const GlyphImage& Glyphs::image(int face_number, double size, std::uint32_t glyph,
                                int quarter) {
    FT_Face face = inside_->faces[static_cast<std::size_t>(face_number)];
    if (!face) return inside_->nothing;
    const auto size_26_6 = static_cast<FT_F26Dot6>(std::lround(size * 64.0));
    // 14 bits of face, 24 of size, 24 of glyph, 2 of quarter.
    const std::uint64_t key = static_cast<std::uint64_t>(face_number) << 50U |
                              static_cast<std::uint64_t>(size_26_6) << 26U |
                              static_cast<std::uint64_t>(glyph) << 2U |
                              static_cast<std::uint64_t>(quarter);
    const auto known = inside_->images.find(key);
    if (known != inside_->images.end()) return known->second;
    GlyphImage drawn = Inside::draw(face, size_26_6, glyph, quarter);
    inside_->bytes += drawn.alpha.size() + sizeof(GlyphImage);
    return inside_->images.emplace(key, std::move(drawn)).first->second;
}

void Glyphs::trim() {
    if (inside_->bytes > most_bytes) wipe();
}

void Glyphs::wipe() {
    for (auto& [key, image] : inside_->images) overwrite(image.alpha);
    inside_->images.clear();
    inside_->bytes = 0;
}

}  // namespace foyer
