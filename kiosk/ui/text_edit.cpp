#include "kiosk/ui/text_edit.h"

#include <algorithm>
#include <utility>

#include "kiosk/ui/text_breaks.h"
#include "kiosk/ui/text_overwrite.h"
#include "kiosk/ui/text_utf8.h"

namespace foyer {
namespace {

/// Steps kept. A name of 300 characters typed word by word stays under it.
constexpr std::size_t most_moments = 64;

/// A grapheme of a name is 1 to 4 bytes, one of an emoji family 25. A field is full at
/// this many bytes a grapheme even if a pile of accents counts as one.
constexpr std::size_t bytes_a_grapheme = 16;

std::size_t boundary_before(std::string_view text, std::size_t index) {
    const auto breaks = grapheme_breaks(text);
    const auto after = std::ranges::upper_bound(breaks, index);
    return *std::prev(after);
}

std::size_t boundary_after(std::string_view text, std::size_t index) {
    const auto breaks = grapheme_breaks(text);
    const auto at = std::ranges::lower_bound(breaks, index);
    return at == breaks.end() ? text.size() : *at;
}

/// At most so many graphemes and bytes of a text, whole graphemes only.
std::string_view shortened(std::string_view text, std::size_t count,
                           std::size_t bytes) {
    const auto breaks = grapheme_breaks(text);
    const auto fits = std::ranges::upper_bound(breaks, bytes) - breaks.begin() - 1;
    const auto kept = std::min(static_cast<std::size_t>(fits), count);
    return text.substr(0, breaks[std::min(kept, breaks.size() - 1)]);
}

template <class Moments>
void forget(Moments& moments) {
    for (auto& moment : moments) overwrite(moment.text);
    moments.clear();
}

}  // namespace

std::size_t graphemes(std::string_view utf8) {
    return grapheme_breaks(utf8).size() - 1;
}

TextEdit::TextEdit(std::size_t max_graphemes) : max_graphemes_(max_graphemes) {
    text_.reserve(std::max<std::size_t>(max_graphemes * bytes_a_grapheme, 32));
    composing_.reserve(128);
    undo_.reserve(most_moments + 1);
    redo_.reserve(most_moments + 1);
}

TextEdit::~TextEdit() {
    wipe();
}

TextEdit::TextEdit(TextEdit&& other) noexcept : TextEdit(other.max_graphemes_) {
    *this = std::move(other);
}

TextEdit& TextEdit::operator=(TextEdit&& other) noexcept {
    std::swap(text_, other.text_);
    std::swap(composing_, other.composing_);
    std::swap(caret_, other.caret_);
    std::swap(anchor_, other.anchor_);
    std::swap(max_graphemes_, other.max_graphemes_);
    std::swap(undo_, other.undo_);
    std::swap(redo_, other.redo_);
    std::swap(last_, other.last_);
    return *this;
}

void TextEdit::set_text(std::string_view text) {
    std::string kept = heap_copy(text);  // `text` may be part of our own
    wipe();
    insert(kept);
    forget(undo_);
    last_ = Change::none;
    overwrite(kept);
}

void TextEdit::insert(std::string_view utf8) {
    overwrite(composing_);
    std::string line = one_clean_line(utf8);
    if (!line.empty())
        replace(std::min(caret_, anchor_), std::max(caret_, anchor_), line,
                line.back() == ' ' ? Change::typed_space : Change::typed);
    overwrite(line);
}

void TextEdit::compose(std::string_view utf8) {
    overwrite(composing_);
    std::string line = one_clean_line(utf8);
    composing_ = line;
    overwrite(line);
}

void TextEdit::erase_back() {
    if (!composing_.empty()) return overwrite(composing_);
    const std::size_t begin = caret_ != anchor_
                                  ? std::min(caret_, anchor_)
                                  : boundary_before(text_, caret_ > 0 ? caret_ - 1 : 0);
    replace(begin, std::max(caret_, anchor_), {}, Change::erased);
}

void TextEdit::erase_forward() {
    const std::size_t end = caret_ != anchor_ ? std::max(caret_, anchor_)
                                              : boundary_after(text_, caret_ + 1);
    replace(std::min(caret_, anchor_), end, {}, Change::erased);
}

void TextEdit::left(bool select) {
    if (!select && caret_ != anchor_) return settle(std::min(caret_, anchor_), false);
    settle(boundary_before(text_, caret_ > 0 ? caret_ - 1 : 0), select);
}

void TextEdit::right(bool select) {
    if (!select && caret_ != anchor_) return settle(std::max(caret_, anchor_), false);
    settle(boundary_after(text_, caret_ + 1), select);
}

void TextEdit::word_left(bool select) {
    std::size_t to = 0;
    for (const Word& word : words_of(text_))
        if (word.begin < caret_) to = word.begin;
    settle(to, select);
}

void TextEdit::word_right(bool select) {
    std::size_t to = text_.size();
    for (const Word& word : words_of(text_)) {
        if (word.end <= caret_) continue;
        to = word.end;
        break;
    }
    settle(to, select);
}

void TextEdit::home(bool select) {
    settle(0, select);
}
void TextEdit::end(bool select) {
    settle(text_.size(), select);
}

void TextEdit::select_all() {
    settle(0, false);
    settle(text_.size(), true);
}

void TextEdit::move_to(std::size_t index, bool select) {
    settle(index, select);
}

std::string TextEdit::selected() const {
    const std::size_t begin = std::min(caret_, anchor_);
    return heap_copy(
        std::string_view(text_).substr(begin, std::max(caret_, anchor_) - begin));
}

bool TextEdit::undo() {
    return swap_with(undo_, redo_);
}
bool TextEdit::redo() {
    return swap_with(redo_, undo_);
}

void TextEdit::wipe() {
    overwrite(text_);
    overwrite(composing_);
    forget(undo_);
    forget(redo_);
    caret_ = anchor_ = 0;
    last_ = Change::none;
}

/// Every change of the text. Takes as much of `with` as the field has room for.
void TextEdit::replace(std::size_t begin, std::size_t end, std::string_view with,
                       Change as) {
    end = std::min(end, text_.size());
    std::string before = heap_copy(text_);
    const std::size_t caret_before = caret_;
    const bool had_selection = caret_ != anchor_;

    with =
        shortened(with, max_graphemes_,
                  max_graphemes_ * bytes_a_grapheme - (before.size() - (end - begin)));
    text_.replace(begin, end - begin, with);
    // Joining with its neighbours can make more or fewer graphemes than the sum.
    while (!with.empty() && graphemes(text_) > max_graphemes_) {
        with = shortened(with, graphemes(with) - 1, with.size());
        text_.assign(before);
        text_.replace(begin, end - begin, with);
    }
    caret_ = anchor_ = boundary_after(text_, begin + with.size());
    if (text_ == before) return overwrite(before);

    const bool same_run =
        as == last_ || (as == Change::typed_space && last_ == Change::typed);
    if (same_run && !had_selection && !undo_.empty()) {
        overwrite(before);
    } else {
        undo_.push_back({std::move(before), caret_before});
        if (undo_.size() > most_moments) {
            overwrite(undo_.front().text);
            undo_.erase(undo_.begin());
        }
    }
    forget(redo_);
    last_ = as;
}

/// Moves the caret; what is typed next is a new undo step.
void TextEdit::settle(std::size_t caret, bool select) {
    caret_ = boundary_before(text_, std::min(caret, text_.size()));
    if (!select) anchor_ = caret_;
    last_ = Change::none;
}

bool TextEdit::swap_with(std::vector<Moment>& from, std::vector<Moment>& to) {
    overwrite(composing_);
    if (from.empty()) return false;
    to.push_back({heap_copy(text_), caret_});
    Moment moment = std::move(from.back());
    from.pop_back();
    text_.assign(moment.text);
    caret_ = anchor_ = boundary_before(text_, moment.caret);
    overwrite(moment.text);
    last_ = Change::none;
    return true;
}

}  // namespace foyer
