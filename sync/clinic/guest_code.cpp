#include "sync/clinic/guest_code.h"

#include <cstdint>

namespace foyer {

namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t length = 6;

/// The letter somebody meant; 0 if there is none.
char meant(char c) {
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    return letters.find(c) == letters.npos ? '\0' : c;
}

}  // namespace

std::string guest_code(const Alias& visit, const SiteKeys& keys) {
    const Alias hash = keys.alias_of("Guest", "guest|" + visit.hex());
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits = bits << 8 | hash.bytes[i];
    std::string code;
    for (std::size_t i = 0; i < length; ++i) {
        code += letters[bits >> 27 & 31];
        bits <<= 5;
    }
    return code;
}

std::optional<std::string> guest_code_from(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        const char letter = meant(c);
        if (letter == '\0' || code.size() == length) return std::nullopt;
        code += letter;
    }
    if (code.size() != length) return std::nullopt;
    return code;
}

std::string spaced(const std::string& guest_code) {
    const auto half = guest_code.size() / 2;
    return guest_code.substr(0, half) + " " + guest_code.substr(half);
}

}  // namespace foyer
