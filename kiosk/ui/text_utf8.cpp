#include "kiosk/ui/text_utf8.h"

namespace foyer {

Utf8 utf8_at(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned char>(i < bytes.size() ? bytes[i] : 0);
    };
    const unsigned char first = byte(at);
    if (at >= bytes.size()) return {};
    if (first < 0x80) return {1, first};
    const std::size_t length = first >= 0xF0   ? 4
                               : first >= 0xE0 ? 3
                               : first >= 0xC2 ? 2
                                               : 0;
    if (length == 0) return {};
    char32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80) return {};
        point = (point << 6U) | (byte(at + i) & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < least[length] || point > 0x10FFFF || surrogate) return {};
    return {length, point};
}

bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 ||
           point == 0x2029;
}

std::string one_clean_line(std::string_view bytes) {
    std::string line;
    line.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Utf8 next = utf8_at(bytes, at);
        if (next.length > 0 && !is_control(next.point))
            line.append(bytes, at, next.length);
        at += next.length > 0 ? next.length : 1;
    }
    return line;
}

}  // namespace foyer
