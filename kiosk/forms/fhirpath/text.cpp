#include "kiosk/forms/fhirpath/text.h"

#include <array>
#include <re2/re2.h>
#include <unicode/uchar.h>

#include "kiosk/forms/fhirpath/lexer.h"

namespace foyer::fhirpath {

namespace {

constexpr bool continues(char c) {
    return (c & '\xC0') == '\x80';
}

/// Takes the first code point off; U+FFFD for a byte that begins none.
std::uint32_t take_character(std::string_view& text) {
    const auto byte_at = [&text](std::size_t i) {
        return i < text.size() ? std::uint32_t{static_cast<unsigned char>(text[i])} : 0;
    };
    const std::uint32_t lead = byte_at(0);
    const std::size_t more = lead < 0x80                   ? 0
                             : lead >= 0xc2 && lead < 0xe0 ? 1
                             : lead >= 0xe0 && lead < 0xf0 ? 2
                             : lead >= 0xf0 && lead < 0xf5 ? 3
                                                           : 4;
    constexpr std::array<std::uint32_t, 4> bits{0x7f, 0x1f, 0x0f, 0x07};
    std::uint32_t character = more < bits.size() ? lead & bits[more] : 0xfffd;
    for (std::size_t i = 1; more < bits.size() && i <= more; ++i) {
        if ((byte_at(i) & 0xc0) != 0x80) {
            text.remove_prefix(1);
            return 0xfffd;
        }
        character = character << 6 | (byte_at(i) & 0x3f);
    }
    text.remove_prefix(more < bits.size() ? more + 1 : 1);
    return character;
}

template <class Map>
std::string mapped(std::string_view text, const Map& map) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto character = static_cast<UChar32>(take_character(text));
        append_utf8(static_cast<std::uint32_t>(map(character)), out);
    }
    return out;
}

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

std::size_t length_of(std::string_view text) {
    std::size_t length = 0;
    for (const char c : text)
        if (!continues(c)) ++length;
    return length;
}

std::size_t byte_of(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (continues(text[at])) continue;
        if (index == 0) break;
        --index;
    }
    return at;
}

std::string upper(std::string_view text) {
    return mapped(text, [](UChar32 c) { return u_toupper(c); });
}

std::string lower(std::string_view text) {
    return mapped(text, [](UChar32 c) { return u_tolower(c); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string folded(std::string_view text) {
    std::string spaced;
    for (const char c : text) {
        if (!is_space(c)) {
            spaced += c;
        } else if (spaced.empty() || spaced.back() != ' ') {
            spaced += ' ';
        }
    }
    return mapped(spaced, [](UChar32 c) { return u_foldCase(c, U_FOLD_CASE_DEFAULT); });
}

std::shared_ptr<const re2::RE2> compiled_pattern(std::string_view pattern,
                                                 std::string_view flags) {
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_dot_nl(true);
    options.set_max_mem(4 << 20);
    options.set_case_sensitive(flags.find('i') == std::string_view::npos);
    std::string whole = flags.find('m') == std::string_view::npos ? "" : "(?m)";
    // RE2 writes a named group in Python's way.
    while (!pattern.empty()) {
        const bool named = pattern.starts_with("(?<") && pattern.size() > 3 &&
                           pattern[3] != '=' && pattern[3] != '!';
        const std::size_t size = pattern.front() == '\\' ? 2 : named ? 3 : 1;
        whole += named ? "(?P<" : pattern.substr(0, size);
        pattern.remove_prefix(std::min(size, pattern.size()));
    }
    return std::make_shared<const re2::RE2>(whole, options);
}

}  // namespace foyer::fhirpath
