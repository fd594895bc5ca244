#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace foyer {

/// The well-formed UTF-8 sequence that begins at byte `at`. Length 0 if there is none:
/// stray and overlong bytes, surrogates, beyond U+10FFFF, cut short.
struct Utf8 {
    std::size_t length = 0;
    char32_t point = 0;
};
Utf8 utf8_at(std::string_view bytes, std::size_t at);

/// C0 and C1 controls, DEL, and the line and paragraph separators.
bool is_control(char32_t point);

/// The text without controls, line ends and what is not UTF-8.
std::string one_clean_line(std::string_view bytes);

}  // namespace foyer
