#include "kiosk/signature.h"

#include <algorithm>
#include <memory>
#include <pango/pangocairo.h>

#include "kiosk/ui/text_fonts.h"
#include "platform/canvas.h"
#include "platform/png.h"

namespace foyer {

namespace {

constexpr int width = 900, height = 300, margin = 40;
constexpr double pen_width = 7, letters = 96;
constexpr unsigned char ink[3] = {0x1B, 0x2B, 0x2C};

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

/// A sheet of coverage that becomes ink on white.
class Sheet {
public:
    Sheet()
        : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)),
          pen_(cairo_create(surface_.get())) {}

    cairo_t* pen() const { return pen_.get(); }

    Result<std::string> png() const {
        if (cairo_status(pen_.get()) != CAIRO_STATUS_SUCCESS)
            return fail(Error::Code::bad_input, "the signature cannot be drawn");
        cairo_surface_flush(surface_.get());
        const auto stride = std::size_t(cairo_image_surface_get_stride(surface_.get()));
        const auto* rows = cairo_image_surface_get_data(surface_.get());
        Picture picture{width, height, {}};
        picture.rgba.reserve(std::size_t(width) * height * 4);
        for (std::size_t y = 0; y < height; ++y)
            for (std::size_t x = 0; x < width; ++x) {
                const int covered = rows[y * stride + x];
                for (const int channel : ink)
                    picture.rgba +=
                        char((255 * (255 - covered) + channel * covered) / 255);
                picture.rgba += '\xFF';
            }
        return encode_png(picture);
    }

private:
    Surface surface_;
    Pen pen_;
};

}  // namespace

Result<std::string> drawn_signature(const std::vector<SignatureStroke>& strokes) {
    const bool empty =
        std::ranges::all_of(strokes, [](const auto& s) { return s.points.empty(); });
    if (empty) return fail(Error::Code::bad_input, "nothing was drawn");
    const Sheet sheet;
    auto* pen = sheet.pen();
    cairo_set_line_width(pen, pen_width);
    cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND);
    for (const auto& stroke : strokes) {
        for (const auto& [x, y] : stroke.points)
            cairo_line_to(pen, double(std::clamp(x, 0.0F, 1.0F)) * width,
                          double(std::clamp(y, 0.0F, 1.0F)) * height);
        // A dot is a line to where it began.
        if (stroke.points.size() == 1) cairo_close_path(pen);
        cairo_stroke(pen);
    }
    return sheet.png();
}

Result<std::string> typed_signature(const std::string& name) {
    if (name.find_first_not_of(' ') == std::string::npos)
        return fail(Error::Code::bad_input, "no name was typed");
    use_own_fonts();
    const FontMap fonts(pango_cairo_font_map_new());
    const Context context(pango_font_map_create_context(fonts.get()));
    const Layout layout(pango_layout_new(context.get()));
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_text(layout.get(), name.data(), int(name.size()));
    const Font font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), "Inter");
    pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
    PangoRectangle box{};
    const auto set_in = [&](double size) {
        pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_get_pixel_extents(layout.get(), nullptr, &box);
    };
    set_in(letters);
    if (box.width > width - 2 * margin)
        set_in(letters * (width - 2 * margin) / double(box.width));

    const Sheet sheet;
    cairo_move_to(sheet.pen(), (width - box.width) / 2.0, (height - box.height) / 2.0);
    pango_cairo_show_layout(sheet.pen(), layout.get());
    return sheet.png();
}

Result<std::string> signature_png(const std::vector<SignatureStroke>& strokes,
                                  const std::string& name) {
    return strokes.empty() ? typed_signature(name) : drawn_signature(strokes);
}

}  // namespace foyer
