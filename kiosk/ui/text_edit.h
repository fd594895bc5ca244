#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// The state of one text field being edited: text, caret, selection, composition, undo.
/// Pure: knows bytes and graphemes (ICU), not pixels. Positions are byte offsets on
/// grapheme boundaries. Room is taken up front and every buffer that held text is
/// overwritten when dropped; it can be moved, not copied. Main thread only.
class TextEdit {
public:
    explicit TextEdit(std::size_t max_graphemes = 300);
    ~TextEdit();
    TextEdit(TextEdit&& other) noexcept;
    TextEdit& operator=(TextEdit&& other) noexcept;

    const std::string& text() const { return text_; }
    std::size_t caret() const { return caret_; }
    /// Other end of the selection; == caret() if none.
    std::size_t anchor() const { return anchor_; }
    /// Uncommitted text of an input method, shown underlined at the caret.
    const std::string& composing() const { return composing_; }

    /// Caret to the end, undo forgotten. Like insert(), drops controls and what is not
    /// UTF-8, and what is past the field's length.
    void set_text(std::string_view text);
    void insert(std::string_view utf8);   ///< replaces the selection
    void compose(std::string_view utf8);  ///< SDL_TEXTEDITING; empty ends it
    void erase_back();                    ///< one grapheme, or the selection
    void erase_forward();
    void left(bool select = false);
    void right(bool select = false);
    void word_left(bool select = false);
    void word_right(bool select = false);
    void home(bool select = false);
    void end(bool select = false);
    void select_all();
    /// Clamped to the grapheme boundary at or before `index`.
    void move_to(std::size_t index, bool select = false);
    std::string selected() const;
    /// A word typed, or a run of erasing, is one step. False if there is none.
    bool undo();
    bool redo();
    void wipe();

private:
    struct Moment {
        std::string text;
        std::size_t caret = 0;
    };
    /// What the last change was; a change of the same kind right after it belongs to
    /// the same undo step.
    enum class Change { none, typed, typed_space, erased };

    void replace(std::size_t begin, std::size_t end, std::string_view with, Change as);
    void settle(std::size_t caret, bool select);
    bool swap_with(std::vector<Moment>& from, std::vector<Moment>& to);

    std::string text_, composing_;
    std::size_t caret_ = 0, anchor_ = 0, max_graphemes_;
    std::vector<Moment> undo_, redo_;
    Change last_ = Change::none;
};

/// Number of user-perceived characters (ICU grapheme clusters).
std::size_t graphemes(std::string_view utf8);

}  // namespace foyer
