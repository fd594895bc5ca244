#include "kiosk/forms/fhirpath/lexer.h"

#include <array>

namespace foyer::fhirpath {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// The four hexadecimal digits after "\u" at `at`; none if they are not there.
std::optional<std::uint32_t> code_unit(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text.substr(at + 2, 4)) {
        std::uint32_t digit = 0;
        if (is_digit(c)) {
            digit = static_cast<std::uint32_t>(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            digit = static_cast<std::uint32_t>(c - 'a' + 10);
        } else if (c >= 'A' && c <= 'F') {
            digit = static_cast<std::uint32_t>(c - 'A' + 10);
        } else {
            return std::nullopt;
        }
        value = value * 16 + digit;
    }
    return value;
}

char escape_of(char c) {
    switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'f':
            return '\f';
        default:
            return c;
    }
}

}  // namespace

void append_utf8(std::uint32_t code_point, std::string& out) {
    if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point < 0xe000))
        code_point = 0xfffd;
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xc0 | code_point >> 6);
        put(0x80 | (code_point & 0x3f));
    } else if (code_point < 0x10000) {
        put(0xe0 | code_point >> 12);
        put(0x80 | (code_point >> 6 & 0x3f));
        put(0x80 | (code_point & 0x3f));
    } else {
        put(0xf0 | code_point >> 18);
        put(0x80 | (code_point >> 12 & 0x3f));
        put(0x80 | (code_point >> 6 & 0x3f));
        put(0x80 | (code_point & 0x3f));
    }
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        auto unit = code_unit(text, i);
        if (!unit) {
            out += escape_of(text[++i]);
            continue;
        }
        i += 5;
        const auto low = code_unit(text, i + 1);
        if (*unit >= 0xd800 && *unit < 0xdc00 && low && *low >= 0xdc00 &&
            *low < 0xe000) {
            unit = 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00);
            i += 6;
        }
        append_utf8(*unit, out);
    }
    return out;
}

Token Lexer::made(Token::Kind kind, std::size_t from) const {
    return {kind, static_cast<std::uint32_t>(from),
            text_.substr(from, position_ - from)};
}

Token Lexer::bad(std::string_view what, std::size_t from) const {
    return {Token::Kind::bad, static_cast<std::uint32_t>(from), what};
}

/// False if a comment has no end.
bool Lexer::skip_space() {
    while (position_ < text_.size()) {
        if (at() == ' ' || (at() >= '\t' && at() <= '\r')) {
            ++position_;
        } else if (text_.substr(position_).starts_with("\xC2\xA0")) {
            position_ += 2;  // a no-break space, as forms copied from documents have
        } else if (at() == '/' && at(1) == '/') {
            position_ = std::min(text_.find('\n', position_), text_.size());
        } else if (at() == '/' && at(1) == '*') {
            const std::size_t end = text_.find("*/", position_ + 2);
            if (end == std::string_view::npos) return false;
            position_ = end + 2;
        } else {
            break;
        }
    }
    return true;
}

Token Lexer::quoted(char quote, Token::Kind kind) {
    const std::size_t from = position_++;
    bool escapes = false;
    while (position_ < text_.size() && at() != quote) {
        if (at() == '\\') {
            escapes = true;
            ++position_;
        }
        ++position_;
    }
    if (position_ >= text_.size()) return bad("a quotation has no end", from);
    Token token{kind, static_cast<std::uint32_t>(from),
                text_.substr(from + 1, position_ - from - 1)};
    ++position_;
    if (escapes) token.text = texts_.keep(unescaped(token.text));
    return token;
}

bool Lexer::digits(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if (!is_digit(at(i))) return false;
    position_ += count;
    return true;
}

/// hh[:mm[:ss[.fff]]]
bool Lexer::clock() {
    if (!digits(2)) return false;
    for (int i = 0; i < 2; ++i) {
        if (at() != ':') return true;
        ++position_;
        if (!digits(2)) return false;
    }
    if (at() != '.' || !is_digit(at(1))) return true;
    ++position_;
    while (is_digit(at())) ++position_;
    return true;
}

Token Lexer::moment() {
    const std::size_t from = position_++;
    const auto text_from = [&](std::size_t begin, Token::Kind kind) {
        return Token{kind, static_cast<std::uint32_t>(from),
                     text_.substr(begin, position_ - begin)};
    };
    if (at() == 'T') {
        ++position_;
        if (!clock()) return bad("not a time", from);
        return text_from(from + 2, Token::Kind::time);
    }
    if (!digits(4)) return bad("not a date", from);
    for (int i = 0; i < 2 && at() == '-' && is_digit(at(1)); ++i) {
        ++position_;
        if (!digits(2)) return bad("not a date", from);
    }
    if (at() != 'T') return text_from(from + 1, Token::Kind::date);
    ++position_;
    if (!is_digit(at())) return text_from(from + 1, Token::Kind::date_time);
    if (!clock()) return bad("not a date with a time", from);
    if (at() == 'Z') {
        ++position_;
    } else if ((at() == '+' || at() == '-') && is_digit(at(1)) && is_digit(at(2)) &&
               at(3) == ':') {
        position_ += 4;
        if (!digits(2)) return bad("not a time zone's offset", from);
    }
    return text_from(from + 1, Token::Kind::date_time);
}

Token Lexer::number() {
    const std::size_t from = position_;
    while (is_digit(at())) ++position_;
    if (at() == '.' && is_digit(at(1))) {
        ++position_;
        while (is_digit(at())) ++position_;
    }
    const Token token = made(Token::Kind::number, from);
    if (at() == 'L' && !is_letter(at(1)) && !is_digit(at(1))) ++position_;  // a Long
    return token;
}

Token Lexer::next() {
    const std::size_t comment = position_;
    if (!skip_space()) return bad("a comment has no end", comment);
    const std::size_t from = position_;
    if (from >= text_.size()) return made(Token::Kind::end, from);
    const char c = at();
    if (is_letter(c)) {
        while (is_letter(at()) || is_digit(at())) ++position_;
        return made(Token::Kind::name, from);
    }
    if (is_digit(c)) return number();
    if (c == '\'') return quoted('\'', Token::Kind::string);
    if (c == '`') return quoted('`', Token::Kind::quoted);

    if (c == '@') return moment();
    if (c == '$') {
        ++position_;
        while (is_letter(at())) ++position_;
        return made(Token::Kind::symbol, from);
    }
    constexpr std::array<std::string_view, 4> pairs{"<=", ">=", "!=", "!~"};
    for (const std::string_view pair : pairs) {
        if (!text_.substr(from).starts_with(pair)) continue;
        position_ += 2;
        return made(Token::Kind::symbol, from);
    }
    constexpr std::string_view symbols = "+-*/&|<>=~.,()[]{}%";
    if (symbols.find(c) == std::string_view::npos)
        return bad("a character that means nothing here", from);
    ++position_;
    return made(Token::Kind::symbol, from);
}

}  // namespace foyer::fhirpath
