#include "kiosk/ui/text_breaks.h"

#include <cassert>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

namespace foyer {
namespace {

using Iterator = std::unique_ptr<icu::BreakIterator>;

Iterator make(icu::BreakIterator* (*maker)(const icu::Locale&, UErrorCode&)) {
    UErrorCode status = U_ZERO_ERROR;
    Iterator made(maker(icu::Locale::getRoot(), status));
    assert(U_SUCCESS(status) && "ICU's own data is part of its library");
    return made;
}

/// Calls `see(begin, end)` for each piece of the text; the iterator forgets the text
/// afterwards.
template <class See>
void each_piece(icu::BreakIterator& iterator, std::string_view utf8, See see) {
    static const icu::UnicodeString nothing;
    UErrorCode status = U_ZERO_ERROR;
    UText* text = utext_openUTF8(nullptr, utf8.data(),
                                 static_cast<std::int64_t>(utf8.size()), &status);
    iterator.setText(text, status);
    int begin = iterator.first();
    for (int end = iterator.next(); end != icu::BreakIterator::DONE;
         begin = end, end = iterator.next())
        see(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
    iterator.setText(nothing);
    utext_close(text);
}

}  // namespace

std::vector<std::size_t> grapheme_breaks(std::string_view utf8) {
    static const Iterator iterator = make(icu::BreakIterator::createCharacterInstance);
    std::vector<std::size_t> breaks = {0};
    each_piece(*iterator, utf8,
               [&](std::size_t, std::size_t end) { breaks.push_back(end); });
    return breaks;
}

std::vector<Word> words_of(std::string_view utf8) {
    static const Iterator iterator = make(icu::BreakIterator::createWordInstance);
    std::vector<Word> words;
    each_piece(*iterator, utf8, [&](std::size_t begin, std::size_t end) {
        if (iterator->getRuleStatus() >= UBRK_WORD_NONE_LIMIT)
            words.push_back({begin, end});
    });
    return words;
}

}  // namespace foyer
