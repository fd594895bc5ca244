#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kiosk/forms/fhirpath/fhirpath.h"

namespace foyer::fhirpath {

struct Token {
    enum class Kind : std::uint8_t {
        end,
        name,    ///< an identifier or keyword
        quoted,  ///< `an identifier`
        string,
        number,
        date,  ///< "2015-02-04", of @2015-02-04
        date_time,
        time,    ///< "14:30", of @T14:30
        symbol,  ///< operators, brackets, "$this", "%"
        bad,     ///< `text` says what is wrong
    };
    Kind kind = Kind::end;
    std::uint32_t offset = 0;
    std::string_view text;  ///< as written, without quotes and escapes undone
};

/// Cuts an expression into tokens, without spaces and comments.
class Lexer {
public:
    /// `texts` keeps what escapes stand for.
    Lexer(std::string_view text, Elements& texts) : text_(text), texts_(texts) {}

    Token next();

private:
    bool skip_space();
    Token quoted(char quote, Token::Kind kind);
    Token moment();
    Token number();
    bool digits(std::size_t count);
    bool clock();
    char at(std::size_t ahead = 0) const {
        return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
    }
    Token made(Token::Kind kind, std::size_t from) const;
    Token bad(std::string_view what, std::size_t from) const;

    std::string_view text_;
    Elements& texts_;
    std::size_t position_ = 0;
};

/// Appends a code point as UTF-8; what is none, as U+FFFD.
void append_utf8(std::uint32_t code_point, std::string& out);

/// Undoes the escapes of a FHIRPath string: \n, \u0041 and so on. An unknown one is the
/// character itself, since real Questionnaires have '\d'.
std::string unescaped(std::string_view text);

}  // namespace foyer::fhirpath
