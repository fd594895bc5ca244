#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/canvas.h"

namespace foyer {

enum class Face { text, display, icon };
enum class Align { start, center, end };  ///< start is right in Arabic

/// How a block of text is set. Sizes in pixels of the real screen.
struct TextStyle {
    Face face = Face::text;
    int weight = 400;          ///< 400, 500, 600, 700
    float size = 32.0F;        ///< em in pixels
    float line_height = 1.3F;  ///< times `size`; a line is whole pixels high
    Align align = Align::start;
    bool operator==(const TextStyle&) const = default;
};

/// One line of a laid-out block, in the block's own pixels.
struct TextLine {
    std::size_t begin = 0, end = 0;  ///< bytes of the text
    float left = 0, top = 0, height = 0, width = 0;
};

/// A laid-out block: its size, its lines, and a texture of its alpha once drawn.
struct TextBlock {
    float width = 0, height = 0;  ///< the widest line; all lines; whole pixels
    std::vector<TextLine> lines;
    /// Direction of the first paragraph: its first strong character's, else the
    /// language's. Align::start of such a block is the right edge.
    bool right_to_left = false;
    bool unknown_glyphs = false;  ///< some character has no glyph in any font
    TextureId texture = 0;  ///< 0 until texture() was asked for, or if there is no ink
    float ink_x = 0, ink_y = 0;  ///< where the texture's top left lies in the block
    int ink_width = 0, ink_height = 0;
    float cap_height = 0;  ///< of a capital letter, for the audit; 0 for icons
};

/// A caret: x, top and height in the block's pixels.
struct Caret {
    float x = 0, top = 0, height = 0;
};

/// Lays text out with Pango (shaping, bidi, line breaking, font fallback) and keeps the
/// results. A block drawn at a whole pixel has the same pixels every time. `**strong**`
/// in a text sets weight 600, in a bolder text 700 (the asterisks are not shown); a
/// single asterisk is an asterisk. "\n" breaks a line. Invalid UTF-8 is shown as
/// U+FFFD. Main thread only.
class TextEngine {
public:
    /// Textures are made on `canvas`, which must outlive the engine.
    explicit TextEngine(Canvas& canvas);
    ~TextEngine();
    TextEngine(const TextEngine&) = delete;
    TextEngine& operator=(const TextEngine&) = delete;

    /// BCP 47 tag used for shaping and fallback of all that follows.
    void set_language(std::string_view language);

    /// The block of `text` wrapped at `max_width` pixels (0: never wrapped). Breaks
    /// inside a word only when the word alone is wider. Lines are aligned within the
    /// block's own width. Valid until next_frame() or wipe().
    const TextBlock& layout(std::string_view text, const TextStyle& style,
                            float max_width);
    /// The same, with its texture made.
    const TextBlock& drawn(std::string_view text, const TextStyle& style,
                           float max_width);

    /// Caret before byte `index` (clamped to a grapheme boundary), as high as the font.
    Caret caret(std::string_view text, const TextStyle& style, float max_width,
                std::size_t index);
    /// Byte index of the grapheme boundary nearest to a point of the block.
    std::size_t index_at(std::string_view text, const TextStyle& style, float max_width,
                         float x, float y);

    /// Once a frame. Lets go of blocks not used for some frames, so that a
    /// lobby's day of screens stays within some 20 MB of textures.
    void next_frame();
    /// Overwrites and drops every text and texture: the end of a session.
    void wipe();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
