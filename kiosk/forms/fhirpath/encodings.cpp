#include "kiosk/forms/fhirpath/encodings.h"

#include <array>
#include <cstdint>
#include <utility>

#include "kiosk/forms/element.h"
#include "kiosk/forms/fhirpath/lexer.h"

namespace foyer::fhirpath {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t byte(char c) {
    return static_cast<unsigned char>(c);
}

std::string to_base64(std::string_view text, std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const std::size_t left = text.size() - i;
        std::uint32_t bits = byte(text[i]) << 16;
        if (left > 1) bits |= byte(text[i + 1]) << 8;
        if (left > 2) bits |= byte(text[i + 2]);
        out += digits[bits >> 18];
        out += digits[bits >> 12 & 63];
        out += left > 1 ? digits[bits >> 6 & 63] : '=';
        out += left > 2 ? digits[bits & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text, std::string_view digits) {
    if (text.size() % 4 != 0) return std::nullopt;
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xff);
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        std::uint32_t value = 0;
        for (char c : text.substr(i, 2)) {
            if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
            const std::size_t digit = hex_digits.find(c);
            if (digit == std::string_view::npos) return std::nullopt;
            value = value << 4 | static_cast<std::uint32_t>(digit);
        }
        out += static_cast<char>(value);
    }
    return out;
}

constexpr std::array<std::pair<char, std::string_view>, 5> entities{{
    {'&', "&amp;"},
    {'<', "&lt;"},
    {'>', "&gt;"},
    {'"', "&quot;"},
    {'\'', "&#39;"},
}};

std::string escaped_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        std::string_view written(&c, 1);
        for (const auto& [plain, entity] : entities)
            if (plain == c) written = entity;
        out += written;
    }
    return out;
}

std::string unescaped_html(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        bool found = false;
        for (const auto& [plain, entity] : entities) {
            if (found || !text.starts_with(entity)) continue;
            out += plain;
            text.remove_prefix(entity.size());
            found = true;
        }
        if (!found && text.starts_with("&apos;")) {
            out += '\'';
            text.remove_prefix(6);
        } else if (!found) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace

bool is_encoding(std::string_view way) {
    return way == "hex" || way == "base64" || way == "urlbase64";
}

std::optional<std::string> encoded(std::string_view text, std::string_view way) {
    if (way == "base64") return to_base64(text, base64_digits);
    if (way == "urlbase64") return to_base64(text, url_digits);
    if (way != "hex") return std::nullopt;
    std::string out;
    for (const char c : text) {
        out += hex_digits[byte(c) >> 4];
        out += hex_digits[byte(c) & 15];
    }
    return out;
}

std::optional<std::string> decoded(std::string_view text, std::string_view way) {
    if (way == "base64") return from_base64(text, base64_digits);
    if (way == "urlbase64") return from_base64(text, url_digits);
    if (way == "hex") return from_hex(text);
    return std::nullopt;
}

std::optional<std::string> escaped(std::string_view text, std::string_view way) {
    if (way == "html") return escaped_html(text);
    if (way != "json") return std::nullopt;
    std::string quoted;
    write_json_string(text, quoted);
    return quoted.substr(1, quoted.size() - 2);
}

std::optional<std::string> unescaped(std::string_view text, std::string_view way) {
    if (way == "html") return unescaped_html(text);
    if (way != "json") return std::nullopt;
    // JSON's own escapes; other backslashes stay.
    std::string out;
    while (!text.empty()) {
        const bool escape =
            text.size() > 1 && text.front() == '\\' &&
            std::string_view("\"\\/bfnrtu").find(text[1]) != std::string_view::npos;
        // Surrogates come in two.
        std::size_t size = !escape ? 1 : text[1] != 'u' ? 2 : 6;
        if (size == 6 && text.size() > 6 && text.substr(6).starts_with("\\u"))
            size = 12;
        const std::string_view part = text.substr(0, size);
        out += escape ? unescaped(part) : std::string(part);
        text.remove_prefix(part.size());
    }
    return out;
}

}  // namespace foyer::fhirpath
