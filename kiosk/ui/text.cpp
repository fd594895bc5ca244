#include "kiosk/ui/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <unicode/uchar.h>
#include <unordered_map>

#include "kiosk/ui/text_fonts.h"
#include "kiosk/ui/text_glyphs.h"
#include "kiosk/ui/text_overwrite.h"
#include "kiosk/ui/text_shown.h"

namespace foyer {
namespace {

/// Blocks unused for so many frames are let go of: a screen left and not come back to.
constexpr long frames_kept = 120;
/// Past this, all that the last frame did not use. Counted as a texture is kept by the
/// renderer, four bytes a pixel.
constexpr std::size_t texture_budget = 20U << 20U;
/// Inter Display is set this much tighter than drawn, as in the design pictures; in em.
constexpr float display_spacing = -0.015F;
/// Clear pixels around the ink, so that a scaled texture has a soft edge.
constexpr int margin = 1;

template <class Object>
struct Unref {
    void operator()(Object* object) const { g_object_unref(object); }
};
template <class Object>
using Ref = std::unique_ptr<Object, Unref<Object>>;

/// What a block depends on.
template <class Text>
struct Key {
    Text text;
    TextStyle style;
    float max_width = 0;
    int language = 0;
    bool operator==(const Key&) const = default;
};
using OwnKey = Key<std::string>;
using KeyView = Key<std::string_view>;

KeyView view(const OwnKey& key) {
    return {key.text, key.style, key.max_width, key.language};
}
const KeyView& view(const KeyView& key) {
    return key;
}

struct Hash {
    using is_transparent = void;
    std::size_t operator()(const auto& any) const {
        const KeyView key = view(any);
        std::size_t sum = std::hash<std::string_view>{}(key.text);
        const auto mix = [&](std::size_t part) {
            sum = (sum ^ part) * std::size_t{0x9E3779B97F4A7C15U};
        };
        mix(std::hash<float>{}(key.style.size));
        mix(std::hash<float>{}(key.style.line_height));
        mix(std::hash<float>{}(key.max_width));
        mix(static_cast<std::size_t>(key.style.weight));
        mix(static_cast<std::size_t>(key.style.face) * 8 +
            static_cast<std::size_t>(key.style.align));
        mix(static_cast<std::size_t>(key.language));
        return sum;
    }
};

struct Equal {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const { return view(a) == view(b); }
};

/// Pango's work on one block; made again when a caret is asked for after it was drawn.
struct Laid {
    Shown shown;
    Ref<PangoLayout> layout;
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

struct Entry {
    TextBlock block;
    std::unique_ptr<Laid> laid;
    bool drawn = false;
    long last_used = 0;

    std::size_t bytes() const {
        return block.texture == 0
                   ? 0
                   : std::size_t{4} * static_cast<std::size_t>(block.ink_width) *
                         static_cast<std::size_t>(block.ink_height);
    }
};

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

/// A glyph's image at its place in the block.
struct PlacedGlyph {
    const GlyphImage* image = nullptr;
    int x = 0, y = 0;
};

/// A hollow box for a character no font has.
GlyphImage box(int width, int height) {
    GlyphImage image{1, -height, std::max(width - 2, 3), std::max(height, 3), {}};
    const int border = std::max(1, height / 12);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            image.alpha.push_back(
                std::min({x, y, image.width - 1 - x, image.height - 1 - y}) < border
                    ? 255
                    : 0);
    return image;
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
void stamp(const PlacedGlyph& glyph, std::vector<std::uint8_t>& alpha, int stride,
           Ink ink) {
    const GlyphImage& image = *glyph.image;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const unsigned over =
                image.alpha[static_cast<std::size_t>(y * image.width + x)];
            auto& under = alpha[static_cast<std::size_t>(
                (glyph.y - ink.top + y) * stride + glyph.x - ink.left + x)];
            under = static_cast<std::uint8_t>(over + under * (255 - over) / 255);
        }
}

}  // namespace

struct TextEngine::Inside {
    Canvas& canvas;
    Ref<PangoFontMap> fonts;
    Ref<PangoContext> context;
    Glyphs glyphs;
    std::map<std::pair<Face, int>, FontShape> shapes;
    std::vector<std::string> languages;  ///< seen so far; a key holds the place in it
    int language = 0;
    std::unordered_map<OwnKey, std::unique_ptr<Entry>, Hash, Equal> blocks;
    std::size_t texture_bytes = 0;
    long frame = 0;

    explicit Inside(Canvas& on) : canvas(on) {
        use_own_fonts();
        fonts.reset(pango_ft2_font_map_new());
        pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(fonts.get()),
                                                 never_hinted, nullptr, nullptr);
        context.reset(pango_font_map_create_context(fonts.get()));
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        set_language("en");
    }

    ~Inside() {
        for (auto& [key, entry] : blocks) drop(*entry);
    }

    void set_language(std::string_view tag) {
        const auto known = std::ranges::find(languages, tag);
        language = static_cast<int>(known - languages.begin());
        if (known == languages.end()) languages.emplace_back(tag);
        const std::string& name = languages[static_cast<std::size_t>(language)];
        pango_context_set_language(context.get(),
                                   pango_language_from_string(name.c_str()));
        pango_context_set_base_dir(context.get(), runs_leftwards(name)
                                                      ? PANGO_DIRECTION_WEAK_RTL
                                                      : PANGO_DIRECTION_WEAK_LTR);
    }

    /// The font description of a style.
    static PangoFontDescription* description(const TextStyle& style) {
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family_static(font, family(style.face));
        pango_font_description_set_weight(font, static_cast<PangoWeight>(style.weight));
        pango_font_description_set_absolute_size(
            font, static_cast<double>(style.size) * PANGO_SCALE);
        return font;
    }

    const FontShape& shape(const TextStyle& style) {
        const auto known = shapes.find({style.face, style.weight});
        if (known != shapes.end()) return known->second;
        FontShape shape;
        PangoFontDescription* wanted = description(style);
        if (Ref<PangoFont> font{pango_context_load_font(context.get(), wanted)})
            shape = glyphs.shape(font.get());
        pango_font_description_free(wanted);
        if (style.face == Face::icon) shape.cap_height = 0;
        return shapes[{style.face, style.weight}] = shape;
    }

    static PangoAttrList* attributes(const Shown& shown, const TextStyle& style) {
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

    std::unique_ptr<Laid> lay(const KeyView& key) {
        auto laid = std::make_unique<Laid>();
        laid->shown = shown(key.text);
        laid->layout.reset(pango_layout_new(context.get()));
        PangoLayout* layout = laid->layout.get();

        PangoFontDescription* font = description(key.style);
        pango_layout_set_font_description(layout, font);
        pango_font_description_free(font);
        PangoAttrList* list = attributes(laid->shown, key.style);
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);

        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        if (key.max_width > 0)
            pango_layout_set_width(
                layout, static_cast<int>(std::ceil(std::min(key.max_width, 1.0e5F) *
                                                   static_cast<float>(PANGO_SCALE))));
        pango_layout_set_text(layout, laid->shown.text.data(),
                              static_cast<int>(laid->shown.text.size()));
        return laid;
    }

    void measure(const KeyView& key, const Laid& laid, TextBlock& block) {
        const FontShape& font = shape(key.style);
        const float height = std::round(key.style.size * key.style.line_height);
        const auto lines = lines_of(laid.layout.get());
        for (PangoLayoutLine* line : lines) {
            PangoRectangle logical;
            pango_layout_line_get_extents(line, nullptr, &logical);
            const auto begin = static_cast<std::size_t>(line->start_index);
            const auto end = begin + static_cast<std::size_t>(line->length);
            block.lines.push_back({laid.shown.to_source(begin),
                                   laid.shown.to_source(end), 0,
                                   height * static_cast<float>(block.lines.size()),
                                   height, pixels(logical.width)});
            block.width = std::max(block.width, std::ceil(block.lines.back().width));
        }
        block.height = height * static_cast<float>(lines.size());
        block.right_to_left = pango_layout_line_get_resolved_direction(lines.front()) ==
                              PANGO_DIRECTION_RTL;
        block.unknown_glyphs =
            pango_layout_get_unknown_glyphs_count(laid.layout.get()) > 0;
        block.cap_height = font.cap_height * key.style.size;

        for (TextLine& line : block.lines) {
            const float spare = block.width - line.width;
            const bool right = key.style.align == Align::start ? block.right_to_left
                                                               : !block.right_to_left;
            line.left = std::floor(key.style.align == Align::center ? spare / 2
                                   : right                          ? spare
                                                                    : 0);
        }
    }

    /// Height of the baseline in a line's box: the font stands in its middle.
    float baseline(const TextStyle& style, float line_height) {
        const FontShape& font = shape(style);
        return std::round((line_height + (font.ascent - font.descent) * style.size) /
                          2);
    }

    void place(const KeyView& key, Entry& entry, std::vector<PlacedGlyph>& placed,
               const GlyphImage& unknown) {
        const auto lines = lines_of(entry.laid->layout.get());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const TextLine& line = entry.block.lines[i];
            const float base = line.top + baseline(key.style, line.height);
            int pen = static_cast<int>(line.left) * PANGO_SCALE;
            for (GSList* at = lines[i]->runs; at; at = at->next) {
                const auto* run = static_cast<const PangoGlyphItem*>(at->data);
                PangoFont* font = run->item->analysis.font;
                for (int g = 0; g < run->glyphs->num_glyphs; ++g) {
                    const PangoGlyphInfo& glyph = run->glyphs->glyphs[g];
                    const int x = pen + glyph.geometry.x_offset;
                    const auto y = static_cast<int>(
                        std::round(base + pixels(glyph.geometry.y_offset)));
                    pen += glyph.geometry.width;
                    if (glyph.glyph == PANGO_GLYPH_EMPTY || !font) continue;
                    // The origin to the nearest quarter of a pixel.
                    const int quarters = (x * 4 + PANGO_SCALE / 2) >> 10;
                    const bool has_glyph =
                        (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
                    const GlyphImage& image =
                        has_glyph ? glyphs.image(font, glyph.glyph, quarters & 3)
                                  : unknown;
                    placed.push_back(
                        {&image, (quarters >> 2) + image.left, y + image.top});
                }
            }
        }
    }

    void draw(const KeyView& key, Entry& entry) {
        entry.drawn = true;
        if (!entry.laid) entry.laid = lay(key);
        glyphs.trim();
        const GlyphImage unknown = box(static_cast<int>(key.style.size * 0.6F),
                                       static_cast<int>(key.style.size * 0.7F));
        std::vector<PlacedGlyph> placed;
        place(key, entry, placed, unknown);
        entry.laid.reset();

        Ink ink;
        for (const PlacedGlyph& glyph : placed) ink.add(glyph);
        if (ink.empty()) return;
        ink = {ink.left - margin, ink.top - margin, ink.right + margin,
               ink.bottom + margin};
        const int width = ink.right - ink.left;
        const int height = ink.bottom - ink.top;
        std::vector<std::uint8_t> alpha(static_cast<std::size_t>(width) *
                                        static_cast<std::size_t>(height));
        for (const PlacedGlyph& glyph : placed) stamp(glyph, alpha, width, ink);

        TextBlock& block = entry.block;
        block.ink_x = static_cast<float>(ink.left);
        block.ink_y = static_cast<float>(ink.top);
        block.ink_width = width;
        block.ink_height = height;
        block.texture = canvas.make_texture(width, height, alpha);
        texture_bytes += entry.bytes();
        overwrite(alpha);
    }

    Entry& entry(const KeyView& key) {
        auto known = blocks.find(key);
        if (known == blocks.end()) {
            auto made = std::make_unique<Entry>();
            made->laid = lay(key);
            measure(key, *made->laid, made->block);
            known = blocks
                        .emplace(OwnKey{heap_copy(key.text), key.style, key.max_width,
                                        key.language},
                                 std::move(made))
                        .first;
        }
        known->second->last_used = frame;
        return *known->second;
    }

    Entry& laid_entry(const KeyView& key) {
        Entry& found = entry(key);
        if (!found.laid) found.laid = lay(key);
        return found;
    }

    void drop(Entry& entry) {
        texture_bytes -= entry.bytes();
        if (entry.block.texture != 0) canvas.drop_texture(entry.block.texture);
        entry.block.texture = 0;
    }

    /// Lets go of the blocks last used before `frame_number`, their texts overwritten,
    /// and of Pango's work on the others.
    void drop_before(long frame_number) {
        for (auto at = blocks.begin(); at != blocks.end();) {
            const auto here = at++;
            here->second->laid.reset();
            if (here->second->last_used >= frame_number) continue;
            auto taken = blocks.extract(here);
            drop(*taken.mapped());
            overwrite(taken.key().text);
        }
    }

    KeyView key(std::string_view text, const TextStyle& style, float max_width) const {
        return {text, style, std::max(max_width, 0.0F), language};
    }
};

TextEngine::TextEngine(Canvas& canvas) : inside_(std::make_unique<Inside>(canvas)) {}

TextEngine::~TextEngine() {
    wipe();
}

void TextEngine::set_language(std::string_view language) {
    inside_->set_language(language);
}

const TextBlock& TextEngine::layout(std::string_view text, const TextStyle& style,
                                    float max_width) {
    return inside_->entry(inside_->key(text, style, max_width)).block;
}

const TextBlock& TextEngine::drawn(std::string_view text, const TextStyle& style,
                                   float max_width) {
    const KeyView key = inside_->key(text, style, max_width);
    Entry& entry = inside_->entry(key);
    if (!entry.drawn) inside_->draw(key, entry);
    return entry.block;
}

Caret TextEngine::caret(std::string_view text, const TextStyle& style, float max_width,
                        std::size_t index) {
    const Entry& entry = inside_->laid_entry(inside_->key(text, style, max_width));
    const Laid& laid = *entry.laid;
    const int byte =
        laid.character_at(laid.shown.from_source(std::min(index, text.size())));
    const int number = laid.line_of(byte);
    const TextLine& line = entry.block.lines[static_cast<std::size_t>(number)];
    const float x = laid.x_of(number, byte);

    const FontShape& font = inside_->shape(style);
    const float height = std::round((font.ascent + font.descent) * style.size);
    return {line.left + x, line.top + std::round((line.height - height) / 2), height};
}

std::size_t TextEngine::index_at(std::string_view text, const TextStyle& style,
                                 float max_width, float x, float y) {
    const Entry& entry = inside_->laid_entry(inside_->key(text, style, max_width));
    const auto& lines = entry.block.lines;
    const float height = std::max(lines.front().height, 1.0F);
    const float last = static_cast<float>(lines.size()) - 1;
    const auto number =
        static_cast<std::size_t>(std::clamp(std::floor(y / height), 0.0F, last));

    PangoLayoutLine* line = pango_layout_get_line_readonly(entry.laid->layout.get(),
                                                           static_cast<int>(number));
    const float from_left = std::clamp(x - lines[number].left, -1.0e5F, 1.0e5F);
    int byte = 0;
    int trailing = 0;
    pango_layout_line_x_to_index(line, static_cast<int>(from_left * PANGO_SCALE), &byte,
                                 &trailing);
    const char* at = entry.laid->shown.text.c_str() + byte;
    for (; trailing > 0 && *at; --trailing) at = g_utf8_next_char(at);
    return entry.laid->shown.to_source(
        static_cast<std::size_t>(at - entry.laid->shown.text.c_str()));
}

void TextEngine::next_frame() {
    ++inside_->frame;
    if (inside_->texture_bytes > texture_budget)
        inside_->drop_before(inside_->frame - 1);
    else if (inside_->frame % 16 == 0)
        inside_->drop_before(inside_->frame - frames_kept);
}

void TextEngine::wipe() {
    inside_->drop_before(inside_->frame + 1);
    inside_->glyphs.wipe();
    // Pango shapes every run in one buffer of its own, which keeps the last ones.
    const std::string filler(400, 'x');
    inside_->lay(inside_->key(filler, {}, 0));
}

}  // namespace foyer
