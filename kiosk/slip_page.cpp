#include "kiosk/slip_page.h"

#include <algorithm>
#include <cairo-pdf.h>
#include <cmath>
#include <functional>
#include <pango/pangocairo.h>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/ui/text_fonts.h"
#include "kiosk/ui/text_shown.h"
#include "platform/canvas.h"
#include "platform/png.h"

namespace foyer {
namespace {

constexpr double dots_an_inch = 203;
constexpr double mm_a_dot = 25.4 / dots_an_inch;
constexpr double points_a_dot = 72 / dots_an_inch;
constexpr double paper_mm = 80;
/// Left of what the printer reaches, in dots: (80 mm - 576 dots) / 2, and whole, so
/// that the QR code's modules lie on the dots of a page drawn at 203 dpi.
constexpr double paper_left = 32;
constexpr int text_width = SlipPage::width - 2 * SlipPage::margin;
/// Lines of 1.3 times the letters' size, as in the design picture: Inter has 1.2.
constexpr double line_height = 1.08;
constexpr int rule_height = 3;
constexpr int quiet_modules = 4;
constexpr int least_module = 4;

template <auto drop>
struct Drop {
    void operator()(auto* held) const { drop(held); }
};
using Surface = std::unique_ptr<cairo_surface_t, Drop<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Drop<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Drop<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Drop<g_object_unref>>;
using FontMap = std::unique_ptr<PangoFontMap, Drop<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Drop<pango_font_description_free>>;

/// Something on the page; draws itself at its own place.
using Mark = std::function<void(cairo_t*)>;

PangoAttrList* attributes(const Shown& words) {
    PangoAttrList* list = pango_attr_list_new();
    // A name too long for its line is broken, not given a hyphen it does not have.
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    pango_attr_list_insert(list, pango_attr_line_height_new(line_height));
    for (const auto& span : words.strong) {
        PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        bold->start_index = static_cast<guint>(span.begin);
        bold->end_index = static_cast<guint>(span.end);
        pango_attr_list_insert(list, bold);
    }
    return list;
}

/// Makes a wrapped, centred text as narrow as its number of lines allows, so that no
/// word stands alone on the last.
void balance(PangoLayout* layout) {
    const int lines = pango_layout_get_line_count(layout);
    if (lines < 2 || pango_layout_is_ellipsized(layout)) return;
    int narrow = text_width / 2, wide = text_width;
    while (wide - narrow > 4) {
        const int half = (narrow + wide) / 2;
        pango_layout_set_width(layout, half * PANGO_SCALE);
        const bool same = pango_layout_get_line_count(layout) == lines &&
                          !pango_layout_is_ellipsized(layout);
        (same ? wide : narrow) = half;
    }
    pango_layout_set_width(layout, wide * PANGO_SCALE);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

/// Says in a PNG how large a dot is, 203 to the inch: a pHYs chunk, right behind the
/// IHDR chunk, which always is 25 bytes behind the signature's 8
/// (PNG 11.2.2, 11.3.5.3).
void say_density(std::string& png) {
    static constexpr unsigned char chunk[] = {
        0,    0,    0,    9,     //
        'p',  'H',  'Y',  's',   //
        0,    0,    0x1F, 0x38,  // 7992 dots a metre across
        0,    0,    0x1F, 0x38,  // and down
        1,                       // the unit is the metre
        0x93, 0x3F, 0x27, 0xF5,  // CRC-32 of name and data
    };
    png.insert(8 + 25, reinterpret_cast<const char*>(chunk), sizeof chunk);
}

/// Black where at least half of a dot is inked.
Picture black_on_white(cairo_surface_t* ink) {
    cairo_surface_flush(ink);
    const int width = cairo_image_surface_get_width(ink);
    const int height = cairo_image_surface_get_height(ink);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(ink));
    const unsigned char* rows = cairo_image_surface_get_data(ink);
    Picture picture{width, height, {}};
    picture.rgba.reserve(static_cast<std::size_t>(width * height) * 4);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool dark = rows[static_cast<std::size_t>(y) * stride +
                                   static_cast<std::size_t>(x)] >= 128;
            picture.rgba.append(dark ? std::string_view("\0\0\0\xFF", 4)
                                     : std::string_view("\xFF\xFF\xFF\xFF", 4));
        }
    return picture;
}

}  // namespace

struct SlipPage::Inside {
    FontMap fonts;
    Context context;
    double scale;
    double y = 0;
    std::vector<Mark> marks;

    Inside(std::string_view language, double scale_of_texts) : scale(scale_of_texts) {
        use_own_fonts();
        // A font map of our own: Pango's objects must not be shared between threads.
        fonts.reset(pango_cairo_font_map_new());
        context.reset(pango_font_map_create_context(fonts.get()));
        const std::unique_ptr<cairo_font_options_t, Drop<cairo_font_options_destroy>>
            options(cairo_font_options_create());
        // Hints move letters to the dots of one size: then the PDF would break lines
        // elsewhere than the PNG.
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(context.get(), options.get());
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_context_set_language(
            context.get(), pango_language_from_string(std::string(language).c_str()));
    }

    Layout lay(std::string_view words, const SlipText& as) const {
        const Shown text = shown(words);
        Layout layout(pango_layout_new(context.get()));
        const Font font(pango_font_description_new());
        pango_font_description_set_family_static(font.get(), "Inter");
        pango_font_description_set_weight(
            font.get(), as.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font.get(),
                                                 as.size * scale * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font.get());
        const std::unique_ptr<PangoAttrList, Drop<pango_attr_list_unref>> list(
            attributes(text));
        pango_layout_set_attributes(layout.get(), list.get());
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_width(layout.get(), text_width * PANGO_SCALE);
        pango_layout_set_alignment(layout.get(),
                                   as.centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
        if (as.most_lines > 0) {
            pango_layout_set_height(layout.get(), -as.most_lines);
            pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        }
        pango_layout_set_text(layout.get(), text.text.data(),
                              static_cast<int>(text.text.size()));
        return layout;
    }

    /// The width of a text on one line, in dots.
    double natural_width(std::string_view words, const SlipText& as) const {
        const Layout layout = lay(words, as);
        pango_layout_set_width(layout.get(), -1);
        PangoRectangle box;
        pango_layout_get_extents(layout.get(), nullptr, &box);
        return double(box.width) / PANGO_SCALE;
    }

    void draw(cairo_t* pen) const {
        cairo_set_source_rgb(pen, 0, 0, 0);
        for (const Mark& mark : marks) mark(pen);
    }

    int height() const { return static_cast<int>(std::ceil(y)); }

    Result<std::string> png() const {
        const Surface ink(
            cairo_image_surface_create(CAIRO_FORMAT_A8, SlipPage::width, height()));
        const Pen pen(cairo_create(ink.get()));
        draw(pen.get());
        if (const auto status = cairo_status(pen.get()))
            return fail(Error::Code::bad_input,
                        std::string("slip: ") + cairo_status_to_string(status));
        std::string bytes = TRY(encode_png(black_on_white(ink.get())));
        say_density(bytes);
        return bytes;
    }

    Result<std::string> pdf() const {
        std::string bytes;
        const Surface page(cairo_pdf_surface_create_for_stream(
            append, &bytes, paper_mm * 72 / 25.4, height() * points_a_dot));
        {
            const Pen pen(cairo_create(page.get()));
            cairo_scale(pen.get(), points_a_dot, points_a_dot);
            cairo_translate(pen.get(), paper_left, 0);
            draw(pen.get());
            cairo_show_page(pen.get());
        }
        cairo_surface_finish(page.get());
        if (const auto status = cairo_surface_status(page.get()))
            return fail(Error::Code::bad_input,
                        std::string("slip: ") + cairo_status_to_string(status));
        return bytes;
    }
};

SlipPage::SlipPage(std::string_view language, double scale)
    : inside_(std::make_unique<Inside>(language, scale)) {}
SlipPage::~SlipPage() = default;

void SlipPage::text(std::string_view words, const SlipText& as) {
    const std::shared_ptr<PangoLayout> layout = inside_->lay(words, as);
    if (as.centred) balance(layout.get());
    const double wide = double(pango_layout_get_width(layout.get())) / PANGO_SCALE;
    const double left = (width - wide) / 2;
    PangoRectangle box;
    pango_layout_get_extents(layout.get(), nullptr, &box);
    const double top = inside_->y;
    inside_->marks.emplace_back([layout, left, top](cairo_t* pen) {
        cairo_move_to(pen, left, top);
        pango_cairo_show_layout(pen, layout.get());
    });
    inside_->y += double(box.height) / PANGO_SCALE;
}

void SlipPage::line(std::string_view words, SlipText as) {
    const double wide = inside_->natural_width(words, as);
    // A hair less, so that rounding does not wrap what fits.
    if (wide > text_width) as.size *= 0.99 * text_width / wide;
    as.most_lines = 1;
    text(words, as);
}

bool SlipPage::fits(std::string_view words, const SlipText& as) const {
    return inside_->natural_width(words, as) <= text_width;
}

void SlipPage::gap(double dots) {
    inside_->y += dots * inside_->scale;
}

void SlipPage::rule() {
    const double top = std::round(inside_->y);
    inside_->marks.emplace_back([top](cairo_t* pen) {
        constexpr int dash = 8, space = 6;
        for (int x = 0; x < width; x += dash + space)
            cairo_rectangle(pen, x, top, std::min(dash, width - x), rule_height);
        cairo_fill(pen);
    });
    inside_->y = top + rule_height;
}

Result<void> SlipPage::qr(const QrCode& code, int module) {
    const int across = code.size + 2 * quiet_modules;
    module = std::min(module, width / across);
    if (module < least_module)
        return fail(Error::Code::bad_input,
                    "slip: the token is too long for a QR code of this paper");
    const int left = (width - code.size * module) / 2;
    const int top = static_cast<int>(std::ceil(inside_->y)) + quiet_modules * module;
    inside_->marks.emplace_back([code, module, left, top](cairo_t* pen) {
        // One path for all, a rectangle for each run of dark modules: nothing between
        // them for a viewer to draw in grey.
        for (int row = 0; row < code.size; ++row)
            for (int x = 0; x < code.size;) {
                const int from = x;
                while (x < code.size && code.at(x, row)) ++x;
                if (x > from)
                    cairo_rectangle(pen, left + from * module, top + row * module,
                                    (x - from) * module, module);
                else
                    ++x;
            }
        cairo_fill(pen);
    });
    inside_->y = top + (code.size + quiet_modules) * module;
    return {};
}

Result<void> SlipPage::picture(std::string_view png) {
    const Picture picture = TRY(decode_png(png));
    // How much ink is where: the page is drawn in black.
    const std::shared_ptr<cairo_surface_t> ink(
        cairo_image_surface_create(CAIRO_FORMAT_A8, picture.width, picture.height),
        cairo_surface_destroy);
    cairo_surface_flush(ink.get());
    unsigned char* rows = cairo_image_surface_get_data(ink.get());
    if (rows == nullptr)
        return fail(Error::Code::bad_input, "slip: the picture cannot be drawn");
    const auto stride =
        static_cast<std::size_t>(cairo_image_surface_get_stride(ink.get()));
    const auto wide = static_cast<std::size_t>(picture.width);
    for (std::size_t dot = 0; dot < picture.rgba.size() / 4; ++dot) {
        const auto part = [&](std::size_t i) {
            return int(static_cast<unsigned char>(picture.rgba[dot * 4 + i]));
        };
        const int light = (part(0) + part(1) + part(2)) / 3;
        rows[dot / wide * stride + dot % wide] =
            static_cast<unsigned char>((255 - light) * part(3) / 255);
    }
    cairo_surface_mark_dirty(ink.get());
    const double scale = double(text_width) / picture.width;
    const double top = std::round(inside_->y);
    inside_->marks.emplace_back([ink, scale, top](cairo_t* pen) {
        cairo_save(pen);
        cairo_translate(pen, margin, top);
        cairo_scale(pen, scale, scale);
        cairo_mask_surface(pen, ink.get(), 0, 0);
        cairo_restore(pen);
    });
    inside_->y = top + std::ceil(picture.height * scale);
    return {};
}

Result<PrintJob> SlipPage::print() const {
    PrintJob job;
    job.png = TRY(inside_->png());
    job.pdf = TRY(inside_->pdf());
    job.height_mm = inside_->height() * mm_a_dot;
    return job;
}

}  // namespace foyer
