#include <algorithm>

#include "kiosk/audit/rule.h"
#include "kiosk/ui/text_breaks.h"

// Texts: whole, large enough, and of characters that exist.

namespace foyer {

namespace {

bool is_text(const Node& node) {
    return (node.content == Content::text || node.content == Content::field) &&
           !node.words.empty();
}

}  // namespace

void check_cut_text(Subject& subject) {
    for (const auto id : subject.shown())
        if (subject.tree[id].truncated)
            subject.found("cut-text", id, "does not show all of its text");
}

void check_overdrawn(Subject& subject) {
    for (const auto id : subject.shown())
        if (subject.tree[id].overdrawn)
            subject.found("overdrawn", id, "draws outside its rectangle");
}

void check_broken_word(Subject& subject) {
    for (const auto id : subject.shown()) {
        const auto& node = subject.tree[id];
        if (node.content != Content::text) continue;
        const auto& lines = subject.block(id).lines;
        if (lines.size() < 2) continue;
        const auto words = words_of(node.words);
        for (std::size_t i = 1; i < lines.size(); ++i) {
            const auto at = lines[i].begin;
            const bool inside = std::ranges::any_of(words, [&](const Word& word) {
                return word.begin < at && at < word.end;
            });
            if (!inside) continue;
            subject.found("broken-word", id,
                          "breaks a word between its lines " + std::to_string(i) +
                              " and " + std::to_string(i + 1));
            break;
        }
    }
}

void check_capital_height(Subject& subject) {
    const auto& setting = subject.setting;
    const double least = setting.comfort.text == TextSize::largest ? 7.3 : 4.8;
    for (const auto id : subject.shown()) {
        if (!is_text(subject.tree[id])) continue;
        const float height = subject.block(id).cap_height;
        if (height > 0 && height < setting.display.mm(least))
            subject.found("capital-height", id,
                          "has capitals of " + as_mm(height, setting.display));
    }
}

void check_glyphs(Subject& subject) {
    for (const auto id : subject.shown()) {
        const auto& node = subject.tree[id];
        if (!is_text(node) && node.content != Content::icon) continue;
        if (subject.block(id).unknown_glyphs)
            subject.found("unknown-glyph", id, "has a character that no font has");
    }
}

}  // namespace foyer
