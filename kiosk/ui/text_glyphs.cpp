#include "kiosk/ui/text_glyphs.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <pango/pangofc-font.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>

#include "kiosk/ui/text_overwrite.h"

namespace foyer {
namespace {

/// All letters of five languages in ten sizes are about 1 MB.
constexpr std::size_t most_bytes = 4U << 20U;

struct FontFile {
    std::string path;
    int index = 0;
    double size = 0;  ///< em in pixels
};

FontFile file_of(PangoFont* font) {
    FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    FcChar8* path = nullptr;
    FontFile file;
    if (FcPatternGetString(pattern, FC_FILE, 0, &path) == FcResultMatch)
        file.path = reinterpret_cast<const char*>(path);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &file.index);
    FcPatternGetDouble(pattern, FC_PIXEL_SIZE, 0, &file.size);
    return file;
}

}  // namespace

struct Glyphs::Inside {
    FT_Library library = nullptr;
    struct Face {
        FT_Face face = nullptr;    ///< nullptr if the file is gone or no font
        std::uint64_t number = 0;  ///< in the order they were opened
    };
    std::unordered_map<std::string, Face> faces;  ///< by path and index
    std::unordered_map<std::uint64_t, GlyphImage> images;
    std::size_t bytes = 0;
    const GlyphImage nothing;

    const Face& face(const FontFile& file) {
        const std::string name = file.path + "#" + std::to_string(file.index);
        const auto known = faces.find(name);
        if (known != faces.end()) return known->second;
        Face opened{nullptr, faces.size()};
        if (FT_New_Face(library, file.path.c_str(), file.index, &opened.face) != 0)
            opened.face = nullptr;
        return faces.emplace(name, opened).first->second;
    }

    /// The glyph's coverage, moved right by `quarter` quarters of a pixel.
    static GlyphImage draw(FT_Face face, FT_F26Dot6 size, std::uint32_t glyph,
                           int quarter) {
        GlyphImage image;
        if (FT_Set_Char_Size(face, 0, size, 72, 72) != 0 ||
            FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 ||
            face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
            return image;
        FT_Outline_Translate(&face->glyph->outline, quarter * 16, 0);
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

FontShape Glyphs::shape(PangoFont* font) {
    FontShape shape;
    FT_Face face = inside_->face(file_of(font)).face;
    if (!face || face->units_per_EM == 0) return shape;
    const auto em = static_cast<float>(face->units_per_EM);
    shape.ascent = static_cast<float>(face->ascender) / em;
    shape.descent = -static_cast<float>(face->descender) / em;
    const FT_UInt h = FT_Get_Char_Index(face, 'H');
    if (h != 0 && FT_Load_Glyph(face, h, FT_LOAD_NO_SCALE) == 0)
        shape.cap_height = static_cast<float>(face->glyph->metrics.horiBearingY) / em;
    return shape;
}

const GlyphImage& Glyphs::image(PangoFont* font, std::uint32_t glyph, int quarter) {
    const FontFile file = file_of(font);
    const Inside::Face& face = inside_->face(file);
    if (!face.face) return inside_->nothing;
    const auto size = static_cast<FT_F26Dot6>(std::lround(file.size * 64.0));
    // 14 bits of face, 24 of size, 24 of glyph, 2 of quarter.
    const std::uint64_t key =
        face.number << 50U | static_cast<std::uint64_t>(size) << 26U |
        static_cast<std::uint64_t>(glyph) << 2U | static_cast<std::uint64_t>(quarter);
    const auto known = inside_->images.find(key);
    if (known != inside_->images.end()) return known->second;
    GlyphImage drawn = Inside::draw(face.face, size, glyph, quarter);
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
