#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "kiosk/ui/text.h"
#include "kiosk/ui/text_ink.h"

namespace foyer {

/// One block as Pango laid it out, with the text it shows, which is overwritten at the
/// end.
struct Laid;

/// Pango's side of TextEngine: lays a text out, measures it, draws its glyphs, finds
/// carets in it. Keeps fonts and glyphs, no texts. Main thread only.
class Typesetter {
public:
    Typesetter();
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    void set_language(std::string_view language);

    std::shared_ptr<const Laid> lay(std::string_view text, const TextStyle& style,
                                    float max_width);

    // What follows takes what lay() gave for the same style.

    /// Everything of a block but its texture.
    TextBlock measure(const Laid& laid, const TextStyle& style);
    Coverage ink(const Laid& laid, const TextBlock& block, const TextStyle& style);
    Caret caret(const Laid& laid, const TextBlock& block, const TextStyle& style,
                std::size_t index);
    static std::size_t index_at(const Laid& laid, const TextBlock& block, float x,
                                float y);

    /// Forgets which glyphs were drawn and what was laid out last.
    void wipe();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
