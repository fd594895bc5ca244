#pragma once

#include <cstdint>

#include "kiosk/event.h"
#include "kiosk/ui/geometry.h"

namespace foyer {

/// The tokens of design.md. `none` draws nothing.
enum class Color {
    none,
    paper,
    card,
    card_border,
    ink,
    mute,
    outline,
    pine,
    pine_deep,
    pine_soft,    ///< a panel on pine
    pine_border,  ///< around it
    on_pine,
    on_pine_mute,
    sage,
    sage_deep,
    clay,
    clay_deep,  ///< text on clay_light
    clay_light,
    clay_border,
    on_clay,
    gold,
    gold_light,
    lilac_light,  ///< behind a picture
    tray,         ///< behind the keyboard
    tray_key,     ///< its special keys
    footer,
    cover,  ///< the idle cover
    black,
    white,
};

/// R in the lowest byte, opaque.
std::uint32_t rgba(Color color, bool high_contrast);

/// Contrast ratio of two opaque colours by WCAG 2.2, 1..21.
double contrast(std::uint32_t a, std::uint32_t b);

/// What a patient made easier for this session.
struct Comfort {
    std::string language = "en";
    TextSize text = TextSize::normal;
    bool high_contrast = false;
    bool reach = false;      ///< controls in the lower part of the screen
    bool more_time = false;  ///< ten minutes before the idle cover
    bool operator==(const Comfort&) const = default;
};

/// The comfort after an event; unchanged by events that are not about comfort.
Comfort adapt(Comfort comfort, const Event& event);

/// The screen as it hangs on the wall.
struct Display {
    int width = 1080, height = 1920;  ///< pixels of the upright picture
    double ppi = 102.46;       ///< pixels per inch; 102.46 is a 21.5" 1080p panel
    double reach_line_mm = 0;  ///< 0: 55 % of the height

    /// Pixels per design unit: a design unit is a pixel of the reference display.
    float scale() const;
    float mm(double millimetres) const;  ///< in pixels
    bool portrait() const { return height > width; }
};

/// Factor on every text size (design.md: normal, x1.25, x1.5).
float text_scale(TextSize size);

/// Size of a text that is larger than others from the start: it grows by x1.25 at most,
/// which is past 7.3 mm capitals already.
float large_text(float size, TextSize patients);

}  // namespace foyer
