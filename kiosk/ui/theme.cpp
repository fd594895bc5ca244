#include "kiosk/ui/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace foyer {

namespace {

constexpr double reference_ppi = 102.46;

/// 0xRRGGBB to R-lowest opaque RGBA.
constexpr std::uint32_t opaque(std::uint32_t hex) {
    return 0xFF000000U | (hex & 0xFFU) << 16 | (hex & 0xFF00U) | hex >> 16;
}

constexpr std::uint32_t calm(Color color) {
    switch (color) {
        case Color::none:
            return 0;
        case Color::paper:
            return opaque(0xF6F3EC);
        case Color::card:
            return opaque(0xFFFFFF);
        case Color::card_border:
            return opaque(0xD9D5CA);
        case Color::ink:
            return opaque(0x1B2B2C);
        case Color::mute:
            return opaque(0x435354);
        case Color::outline:
            return opaque(0x6F7C7A);
        case Color::pine:
            return opaque(0x1D5653);
        case Color::pine_deep:
            return opaque(0x123F3D);
        case Color::pine_soft:
            return opaque(0x2A5F5C);
        case Color::pine_border:
            return opaque(0x4A7A77);
        case Color::on_pine:
            return opaque(0xFFFFFF);
        case Color::on_pine_mute:
            return opaque(0xF1F6F3);
        case Color::sage:
            return opaque(0xDDE9E2);
        case Color::sage_deep:
            return opaque(0xBFD6C9);
        case Color::clay:
            return opaque(0x8F3A17);
        case Color::clay_deep:
            return opaque(0x7A2F10);
        case Color::clay_light:
            return opaque(0xF8E6DC);
        case Color::clay_border:
            return opaque(0xE0B9A5);
        case Color::on_clay:
            return opaque(0xFFFFFF);
        case Color::gold:
            return opaque(0x6B4500);
        case Color::gold_light:
            return opaque(0xFBF0D6);
        case Color::lilac_light:
            return opaque(0xE2E3F3);
        case Color::tray:
            return opaque(0xEBE7DC);
        case Color::tray_key:
            return opaque(0xD9D5C8);
        case Color::footer:
            return opaque(0xFBFAF6);
        case Color::cover:
            return opaque(0x173D3C);
        case Color::black:
            return opaque(0x000000);
        case Color::white:
            return opaque(0xFFFFFF);
    }
    return 0;
}

constexpr std::uint32_t stark(Color color) {
    constexpr auto black = opaque(0x000000);
    constexpr auto white = opaque(0xFFFFFF);
    constexpr auto yellow = opaque(0xFFE14D);
    switch (color) {
        case Color::none:
            return 0;
        case Color::paper:
        case Color::card:
        case Color::tray:
        case Color::tray_key:
        case Color::footer:
        case Color::cover:
        case Color::sage:
        case Color::sage_deep:
        case Color::clay_light:
        case Color::gold_light:
        case Color::lilac_light:
        case Color::pine_soft:
        case Color::on_pine:
        case Color::on_pine_mute:
        case Color::on_clay:
        case Color::black:
            return black;
        case Color::card_border:
        case Color::pine_border:
        case Color::ink:
        case Color::mute:
        case Color::outline:
        case Color::white:
            return white;
        case Color::pine:
        case Color::clay:
        case Color::clay_deep:
        case Color::clay_border:
        case Color::gold:
            return yellow;
        case Color::pine_deep:
            return opaque(0xFFF0A0);
    }
    return 0;
}

double channel(std::uint32_t byte) {
    const double c = double(byte & 0xFFU) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(std::uint32_t color) {
    return 0.2126 * channel(color) + 0.7152 * channel(color >> 8) +
           0.0722 * channel(color >> 16);
}

}  // namespace

std::uint32_t rgba(Color color, bool high_contrast) {
    return high_contrast ? stark(color) : calm(color);
}

double contrast(std::uint32_t a, std::uint32_t b) {
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

float Display::scale() const {
    return float(ppi / reference_ppi);
}

float Display::mm(double millimetres) const {
    return float(millimetres / 25.4 * ppi);
}

float text_scale(TextSize size) {
    switch (size) {
        case TextSize::normal:
            return 1.0F;
        case TextSize::large:
            return 1.25F;
        case TextSize::largest:
            return 1.5F;
    }
    return 1.0F;
}

float large_text(float size, TextSize patients) {
    return size * std::min(1.25F, text_scale(patients));
}

Comfort adapt(Comfort comfort, const Event& event) {
    if (const auto* chosen = std::get_if<LanguageChosen>(&event))
        comfort.language = chosen->language;
    else if (const auto* size = std::get_if<TextSizeChosen>(&event))
        comfort.text = size->size;
    else if (std::holds_alternative<ContrastToggled>(event))
        comfort.high_contrast = !comfort.high_contrast;
    else if (std::holds_alternative<ReachToggled>(event))
        comfort.reach = !comfort.reach;
    else if (std::holds_alternative<MoreTimeToggled>(event))
        comfort.more_time = !comfort.more_time;
    return comfort;
}

}  // namespace foyer
