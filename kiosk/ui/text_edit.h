#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// The state of one text field being edited: text, caret, selection, composition, undo.
/// Pure: knows bytes and graphemes (ICU), not pixels. Positions are byte offsets on
/// grapheme boundaries. All buffers that held text are overwritten when dropped (wipe()).
class TextEdit {
public:
    explicit TextEdit(std::size_t max_graphemes = 300);

    const std::string& text() const;
    std::size_t caret() const;
    std::size_t anchor() const;  ///< other end of the selection; == caret() if none
    /// Uncommitted text of an input method, shown underlined at the caret.
    const std::string& composing() const;

    void set_text(std::string_view text);  ///< caret to the end, undo forgotten
    void insert(std::string_view utf8);    ///< replaces the selection; drops controls
    void compose(std::string_view utf8);   ///< SDL_TEXTEDITING; empty ends it
    void erase_back();                     ///< one grapheme, or the selection
    void erase_forward();
    void left(bool select = false);
    void right(bool select = false);
    void word_left(bool select = false);
    void word_right(bool select = false);
    void home(bool select = false);
    void end(bool select = false);
    void select_all();
    void move_to(std::size_t index, bool select = false);
    std::string selected() const;
    bool undo();
    bool redo();
    void wipe();

private:
    struct Moment {
        std::string text;
        std::size_t caret;
    };
    std::string text_, composing_;
    std::size_t caret_ = 0, anchor_ = 0, max_graphemes_;
    std::vector<Moment> undo_, redo_;
};

/// Number of user-perceived characters (ICU grapheme clusters).
std::size_t graphemes(std::string_view utf8);

}  // namespace foyer
