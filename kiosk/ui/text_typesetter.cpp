#include "kiosk/ui/text_typesetter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <string>
#include <unicode/uchar.h>
#include <utility>
#include <vector>

#include "kiosk/ui/text_fonts.h"
#include "kiosk/ui/text_shown.h"

namespace foyer {
namespace {

/// Inter Display is set this much tighter than drawn, as in the design pictures; in em.
constexpr float display_spacing = -0.015F;

template <class Object>
struct Unref {
    void operator()(Object* object) const { g_object_unref(object); }
};
template <class Object>
using Ref = std::unique_ptr<Object, Unref<Object>>;

const char* family(Face face) {
    switch (face) {
        case Face::text:
            return "Inter";
        case Face::display:
            return "Inter Display";
        case Face::icon:
            return "Material Design Icons";
    }
    return "Inter";
}

/// Languages written from right to left, by primary subtag.
bool runs_leftwards(std::string_view language) {
    constexpr std::array<std::string_view, 8> those = {"ar", "dv", "fa", "he",
                                                       "ps", "ug", "ur", "yi"};
    return std::ranges::find(those, language.substr(0, language.find('-'))) !=
           those.end();
}

/// Pango asks this for each font it chooses.
void never_hinted(FcPattern* pattern, gpointer) {
    for (const char* name : {FC_HINTING, FC_AUTOHINT, FC_EMBEDDED_BITMAP}) {
        FcPatternDel(pattern, name);
        FcPatternAddBool(pattern, name, FcFalse);
    }
}

float pixels(int pango_units) {
    return static_cast<float>(pango_units) / PANGO_SCALE;
}

bool has_leftward_letters(const std::string& utf8) {
    for (const char* at = utf8.c_str(); *at; at = g_utf8_next_char(at)) {
        const auto point = static_cast<UChar32>(g_utf8_get_char(at));
        const UCharDirection direction = u_charDirection(point);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC)
            return true;
    }
    return false;
}

std::vector<PangoLayoutLine*> lines_of(PangoLayout* layout) {
    std::vector<PangoLayoutLine*> lines;
    for (GSList* at = pango_layout_get_lines_readonly(layout); at; at = at->next)
        lines.push_back(static_cast<PangoLayoutLine*>(at->data));
    return lines;
}

/// The font description of a style.
PangoFontDescription* description(const TextStyle& style) {
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family_static(font, family(style.face));
    pango_font_description_set_weight(font, static_cast<PangoWeight>(style.weight));
    pango_font_description_set_absolute_size(
        font, static_cast<double>(style.size) * PANGO_SCALE);
    return font;
}

PangoAttrList* attributes(const Shown& shown, const TextStyle& style) {
    PangoAttrList* list = pango_attr_list_new();
    // A name too long for its line is broken, not given a hyphen it does not have.
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    for (const auto& span : shown.strong) {
        PangoAttribute* strong = pango_attr_weight_new(
            style.weight < 600 ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_BOLD);
        strong->start_index = static_cast<guint>(span.begin);
        strong->end_index = static_cast<guint>(span.end);
        pango_attr_list_insert(list, strong);
    }
    // Arabic letters join: nothing may come between them.
    if (style.face == Face::display && !has_leftward_letters(shown.text))
        pango_attr_list_insert(
            list, pango_attr_letter_spacing_new(static_cast<int>(
                      std::lround(display_spacing * style.size * PANGO_SCALE))));
    return list;
}

}  // namespace

struct Laid {
    Shown shown;
    Ref<PangoLayout> layout;

    Laid() = default;
    Laid(const Laid&) = delete;
    Laid& operator=(const Laid&) = delete;
    ~Laid() { shown.wipe(); }

    /// The character at or before a byte of the text shown.
    int character_at(std::size_t byte) const {
        const auto inside = [&](std::size_t at) {
            return (static_cast<unsigned char>(shown.text.c_str()[at]) & 0xC0U) == 0x80;
        };
        while (inside(byte)) --byte;
        return static_cast<int>(byte);
    }

    /// The number of the line with a byte; a break belongs to the line it ends.
    int line_of(int byte) const {
        int number = 0;
        pango_layout_index_to_line_x(layout.get(), byte, FALSE, &number, nullptr);
        return number;
    }

    /// How far right of its line's left edge the caret before a byte stands; inside a
    /// grapheme Pango gives the grapheme's own place. Behind the last letter it is that
    /// letter's far side: the line's right edge only in a text that runs rightwards.
    float x_of(int line_number, int byte) const {
        PangoLayoutLine* line =
            pango_layout_get_line_readonly(layout.get(), line_number);
        const bool at_end =
            byte > line->start_index && byte == line->start_index + line->length;
        const char* text = shown.text.c_str();
        const auto letter =
            at_end ? static_cast<int>(g_utf8_prev_char(text + byte) - text) : byte;
        int x = 0;
        pango_layout_line_index_to_x(line, letter, at_end, &x);
        return static_cast<float>(x) / PANGO_SCALE;
    }
};

struct Typesetter::Inside {
    Ref<PangoFontMap> fonts;
    Ref<PangoContext> context;
    Glyphs glyphs;
    std::map<std::pair<Face, int>, FontShape> shapes;

    /// A font's face, for the glyphs.
    int face_of(PangoFont* font) {
        FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
        FcChar8* path = nullptr;
        int index = 0;
        FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
        if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch)
            return glyphs.face("", 0);
        return glyphs.face(reinterpret_cast<const char*>(path), index);
    }

    const FontShape& shape(const TextStyle& style) {
        const auto known = shapes.find({style.face, style.weight});
        if (known != shapes.end()) return known->second;
        FontShape shape;
        PangoFontDescription* wanted = description(style);
        if (Ref<PangoFont> font{pango_context_load_font(context.get(), wanted)})
            shape = glyphs.shape(face_of(font.get()));
        pango_font_description_free(wanted);
        if (style.face == Face::icon) shape.cap_height = 0;
        return shapes[{style.face, style.weight}] = shape;
    }

    /// Height of the baseline in a line's box: the font stands in its middle.
    float baseline(const TextStyle& style, float line_height) {
        const FontShape& font = shape(style);
        return std::round((line_height + (font.ascent - font.descent) * style.size) /
                          2);
    }

    /// Appends a run's glyphs. `pen` is where it begins, in Pango's units, and then
    /// where it ends.
    void place(const PangoGlyphItem& run, double size, float base, int& pen,
               const GlyphImage& missing, std::vector<PlacedGlyph>& placed) {
        PangoFont* font = run.item->analysis.font;
        const int face = font ? face_of(font) : 0;
        for (int i = 0; i < run.glyphs->num_glyphs; ++i) {
            const PangoGlyphInfo& glyph = run.glyphs->glyphs[i];
            // The origin to the nearest quarter of a pixel.
            const int quarters =
                ((pen + glyph.geometry.x_offset) * 4 + PANGO_SCALE / 2) >> 10;
            const auto y =
                static_cast<int>(std::round(base + pixels(glyph.geometry.y_offset)));
            pen += glyph.geometry.width;
            if (glyph.glyph == PANGO_GLYPH_EMPTY || !font) continue;
            const bool has_glyph = (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
            const GlyphImage& image =
                has_glyph ? glyphs.image(face, size, glyph.glyph, quarters & 3)
                          : missing;
            placed.push_back({&image, (quarters >> 2) + image.left, y + image.top});
        }
    }
};

Typesetter::Typesetter() : inside_(std::make_unique<Inside>()) {
    use_own_fonts();
    inside_->fonts.reset(pango_ft2_font_map_new());
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(inside_->fonts.get()),
                                             never_hinted, nullptr, nullptr);
    inside_->context.reset(pango_font_map_create_context(inside_->fonts.get()));
    pango_context_set_round_glyph_positions(inside_->context.get(), FALSE);
    set_language("en");
}

Typesetter::~Typesetter() = default;

void Typesetter::set_language(std::string_view language) {
    const std::string name(language);
    PangoContext* context = inside_->context.get();
    pango_context_set_language(context, pango_language_from_string(name.c_str()));
    pango_context_set_base_dir(context, runs_leftwards(name)
                                            ? PANGO_DIRECTION_WEAK_RTL
                                            : PANGO_DIRECTION_WEAK_LTR);
}

std::shared_ptr<const Laid> Typesetter::lay(std::string_view text,
                                            const TextStyle& style, float max_width) {
    auto laid = std::make_shared<Laid>();
    laid->shown = foyer::shown(text);
    laid->layout.reset(pango_layout_new(inside_->context.get()));
    PangoLayout* layout = laid->layout.get();

    PangoFontDescription* font = description(style);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList* list = attributes(laid->shown, style);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);

    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (max_width > 0)
        pango_layout_set_width(
            layout, static_cast<int>(std::ceil(std::min(max_width, 1.0e5F) *
                                               static_cast<float>(PANGO_SCALE))));
    pango_layout_set_text(layout, laid->shown.text.data(),
                          static_cast<int>(laid->shown.text.size()));
    return laid;
}

TextBlock Typesetter::measure(const Laid& laid, const TextStyle& style) {
    TextBlock block;
    const FontShape& font = inside_->shape(style);
    const float height = std::round(style.size * style.line_height);
    const auto lines = lines_of(laid.layout.get());
    for (PangoLayoutLine* line : lines) {
        PangoRectangle logical;
        pango_layout_line_get_extents(line, nullptr, &logical);
        const auto begin = static_cast<std::size_t>(line->start_index);
        const auto end = begin + static_cast<std::size_t>(line->length);
        block.lines.push_back({laid.shown.to_source(begin), laid.shown.to_source(end),
                               0, height * static_cast<float>(block.lines.size()),
                               height, pixels(logical.width)});
        block.width = std::max(block.width, std::ceil(block.lines.back().width));
    }
    block.height = height * static_cast<float>(lines.size());
    block.right_to_left =
        pango_layout_line_get_resolved_direction(lines.front()) == PANGO_DIRECTION_RTL;
    block.unknown_glyphs = pango_layout_get_unknown_glyphs_count(laid.layout.get()) > 0;
    block.cap_height = font.cap_height * style.size;

    for (TextLine& line : block.lines) {
        const float spare = block.width - line.width;
        const bool right =
            style.align == Align::start ? block.right_to_left : !block.right_to_left;
        line.left = std::floor(style.align == Align::center ? spare / 2
                               : right                      ? spare
                                                            : 0);
    }
    return block;
}

Coverage Typesetter::ink(const Laid& laid, const TextBlock& block,
                         const TextStyle& style) {
    inside_->glyphs.trim();
    const GlyphImage missing = missing_glyph(style.size);
    std::vector<PlacedGlyph> placed;
    const auto lines = lines_of(laid.layout.get());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TextLine& line = block.lines[i];
        const float base = line.top + inside_->baseline(style, line.height);
        int pen = static_cast<int>(line.left) * PANGO_SCALE;
        for (GSList* at = lines[i]->runs; at; at = at->next)
            inside_->place(*static_cast<const PangoGlyphItem*>(at->data),
                           static_cast<double>(style.size), base, pen, missing, placed);
    }
    return cover(placed);
}

Caret Typesetter::caret(const Laid& laid, const TextBlock& block,
                        const TextStyle& style, std::size_t index) {
    const int byte = laid.character_at(laid.shown.from_source(index));
    const int number = laid.line_of(byte);
    const TextLine& line = block.lines[static_cast<std::size_t>(number)];
    const FontShape& font = inside_->shape(style);
    const float height = std::round((font.ascent + font.descent) * style.size);
    return {line.left + laid.x_of(number, byte),
            line.top + std::round((line.height - height) / 2), height};
}

std::size_t Typesetter::index_at(const Laid& laid, const TextBlock& block, float x,
                                 float y) {
    const auto& lines = block.lines;
    const float height = std::max(lines.front().height, 1.0F);
    const float last = static_cast<float>(lines.size()) - 1;
    const auto number =
        static_cast<std::size_t>(std::clamp(std::floor(y / height), 0.0F, last));

    PangoLayoutLine* line =
        pango_layout_get_line_readonly(laid.layout.get(), static_cast<int>(number));
    const float from_left = std::clamp(x - lines[number].left, -1.0e5F, 1.0e5F);
    int byte = 0;
    int trailing = 0;
    pango_layout_line_x_to_index(line, static_cast<int>(from_left * PANGO_SCALE), &byte,
                                 &trailing);
    const char* text = laid.shown.text.c_str();
    const char* at = text + byte;
    for (; trailing > 0 && *at; --trailing) at = g_utf8_next_char(at);
    return laid.shown.to_source(static_cast<std::size_t>(at - text));
}

void Typesetter::wipe() {
    inside_->glyphs.wipe();
    // Pango shapes every run in one buffer of its own, which keeps the last ones.
    const std::string filler(400, 'x');
    lay(filler, {}, 0);
}

}  // namespace foyer
