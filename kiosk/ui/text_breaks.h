#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace foyer {

/// Where the user-perceived characters of a text begin, in bytes, and its end; just 0
/// for an empty text. By ICU, which knows no word for "letter" smaller than this. Main
/// thread only.
std::vector<std::size_t> grapheme_breaks(std::string_view utf8);

/// A word proper: not the spaces and punctuation between two.
struct Word {
    std::size_t begin = 0, end = 0;
};
std::vector<Word> words_of(std::string_view utf8);

}  // namespace foyer
