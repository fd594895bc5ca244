#include "kiosk/ui/keyboard_layout.h"

#include <initializer_list>

#include "kiosk/ui/words.h"

namespace foyer {
namespace {

/// A letter in both cases.
struct Letter {
    const char* lower;
    const char* upper;
};

constexpr Letter top[] = {{"q", "Q"}, {"w", "W"}, {"e", "E"}, {"r", "R"}, {"t", "T"},
                          {"y", "Y"}, {"u", "U"}, {"i", "I"}, {"o", "O"}, {"p", "P"}};
constexpr Letter home[] = {{"a", "A"}, {"s", "S"}, {"d", "D"}, {"f", "F"}, {"g", "G"},
                           {"h", "H"}, {"j", "J"}, {"k", "K"}, {"l", "L"}};
constexpr Letter bottom[] = {{"z", "Z"}, {"x", "X"}, {"c", "C"}, {"v", "V"},
                             {"b", "B"}, {"n", "N"}, {"m", "M"}};

constexpr Letter accents_top[] = {{"á", "Á"}, {"à", "À"}, {"â", "Â"}, {"ã", "Ã"},
                                  {"ä", "Ä"}, {"ă", "Ă"}, {"ą", "Ą"}, {"ç", "Ç"},
                                  {"ć", "Ć"}, {"đ", "Đ"}};
constexpr Letter accents_home[] = {{"é", "É"}, {"è", "È"}, {"ê", "Ê"}, {"ë", "Ë"},
                                   {"ę", "Ę"}, {"í", "Í"}, {"î", "Î"}, {"ï", "Ï"},
                                   {"ł", "Ł"}, {"ñ", "Ñ"}};
constexpr Letter accents_bottom[] = {{"ó", "Ó"}, {"ô", "Ô"}, {"õ", "Õ"}, {"ö", "Ö"},
                                     {"ơ", "Ơ"}, {"ú", "Ú"}, {"ü", "Ü"}};
/// In place of apostrophe, space and hyphen, which are one key away.
constexpr Letter accents_last[] = {{"ń", "Ń"}, {"ś", "Ś"}, {"ź", "Ź"},
                                   {"ż", "Ż"}, {"ư", "Ư"}, {"ß", "ẞ"}};

bool is_upper(KeyPage page) {
    return page == KeyPage::upper || page == KeyPage::accents_upper;
}

bool has_accents(KeyPage page) {
    return page == KeyPage::accents_lower || page == KeyPage::accents_upper;
}

KeyPage page_with(bool accents, bool upper) {
    if (accents) return upper ? KeyPage::accents_upper : KeyPage::accents_lower;
    return upper ? KeyPage::upper : KeyPage::lower;
}

KeyCap types(const std::string& name, const std::string& text) {
    return {"key." + name, text, text, KeyAction::insert, 1.0F};
}

template <std::size_t count>
void add(KeyRow& row, const Letter (&letters)[count], bool upper) {
    for (const Letter& letter : letters)
        row.push_back(types(letter.lower, upper ? letter.upper : letter.lower));
}

KeyCap shift() {
    return {"key.shift", "", "", KeyAction::shift, 1.5F};
}
KeyCap erase(float width) {
    return {"key.erase", "", "", KeyAction::erase, width};
}

KeyCap next(std::string_view language, float width) {
    return {"key.next", translate(language, "keyboard.next"), "", KeyAction::next,
            width};
}

KeyCap turns_to_accents() {
    return {"key.accents", "á ñ", "", KeyAction::accents, 1.5F};
}

KeyCap turns_to_letters() {
    return {"key.accents", "ABC", "", KeyAction::accents, 1.5F};
}

std::vector<KeyRow> letters(std::string_view language, bool upper) {
    std::vector<KeyRow> rows(4);
    add(rows[0], top, upper);
    add(rows[1], home, upper);
    rows[2].push_back(shift());
    add(rows[2], bottom, upper);
    rows[2].push_back(erase(1.5F));
    rows[3] = {turns_to_accents(),
               types("apostrophe", "'"),
               {"key.space", translate(language, "keyboard.space"), " ",
                KeyAction::space, 4.5F},
               types("hyphen", "-"),
               next(language, 2.0F)};
    return rows;
}

std::vector<KeyRow> accents(std::string_view language, bool upper) {
    std::vector<KeyRow> rows(4);
    add(rows[0], accents_top, upper);
    add(rows[1], accents_home, upper);
    rows[2].push_back(shift());
    add(rows[2], accents_bottom, upper);
    rows[2].push_back(erase(1.5F));
    rows[3].push_back(turns_to_letters());
    add(rows[3], accents_last, upper);
    rows[3].push_back(next(language, 2.5F));
    return rows;
}

}  // namespace

std::vector<KeyRow> name_keyboard(std::string_view language, KeyPage page) {
    return has_accents(page) ? accents(language, is_upper(page))
                             : letters(language, is_upper(page));
}

KeyPage page_after(KeyPage page, const KeyCap& pressed) {
    switch (pressed.action) {
        case KeyAction::shift:
            return page_with(has_accents(page), !is_upper(page));
        case KeyAction::accents:
            return page_with(!has_accents(page), is_upper(page));
        case KeyAction::space:
            return KeyPage::upper;
        case KeyAction::insert:
            return page_with(false, pressed.text == "-");
        case KeyAction::symbols:
        case KeyAction::erase:
        case KeyAction::next:
            return page;
    }
    return page;
}

std::vector<KeyRow> text_keyboard(std::string_view language, KeyPage page) {
    auto rows = name_keyboard(language, page);
    if (has_accents(page)) return rows;
    rows[3] = {{"key.symbols", "123", "", KeyAction::symbols, 1.5F},
               turns_to_accents(),
               types("comma", ","),
               {"key.space", translate(language, "keyboard.space"), " ",
                KeyAction::space, 3.0F},
               types("period", "."),
               next(language, 2.0F)};
    return rows;
}

std::vector<KeyRow> symbols_keyboard(std::string_view language) {
    std::vector<KeyRow> rows(4);
    for (const char* digit : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"})
        rows[0].push_back(types(digit, digit));
    rows[1] = {types("hyphen", "-"), types("slash", "/"),     types("colon", ":"),
               types("semi", ";"),   types("open", "("),      types("close", ")"),
               types("dollar", "$"), types("ampersand", "&"), types("at", "@"),
               types("quote", "\"")};
    rows[2] = {types("number", "#"), types("percent", "%"),    types("plus", "+"),
               types("equals", "="), types("underscore", "_"), types("question", "?"),
               types("bang", "!"),   types("apostrophe", "'"), erase(2.0F)};
    rows[3] = {{"key.symbols", "ABC", "", KeyAction::symbols, 3.0F},
               types("comma", ","),
               {"key.space", translate(language, "keyboard.space"), " ",
                KeyAction::space, 3.0F},
               types("period", "."),
               next(language, 2.0F)};
    return rows;
}

std::vector<KeyRow> code_keyboard(std::string_view language) {
    std::vector<KeyRow> rows(4);
    for (const char* digit : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"})
        rows[0].push_back(types(digit, digit));
    add(rows[1], top, true);
    add(rows[2], home, true);
    rows[2].push_back(erase(1.0F));
    add(rows[3], bottom, true);
    rows[3].push_back(next(language, 3.0F));
    return rows;
}

std::vector<KeyRow> number_keyboard(std::string_view language, bool decimal,
                                    bool negative) {
    if (!decimal && !negative) return number_pad(language);
    const auto minus = types("minus", "-");
    const auto sign = decimal ? types("point", ".") : minus;
    std::vector<KeyRow> rows{
        {types("1", "1"), types("2", "2"), types("3", "3"), erase(1.0F)},
        {types("4", "4"), types("5", "5"), types("6", "6"), sign},
        {types("7", "7"), types("8", "8"), types("9", "9"), types("0", "0")},
        {next(language, decimal && negative ? 3.0F : 4.0F)}};
    if (decimal && negative) rows[3].insert(rows[3].begin(), minus);
    return rows;
}

std::vector<KeyRow> number_pad(std::string_view language) {
    return {{types("1", "1"), types("2", "2"), types("3", "3")},
            {types("4", "4"), types("5", "5"), types("6", "6")},
            {types("7", "7"), types("8", "8"), types("9", "9")},
            {erase(1.0F), types("0", "0"), next(language, 1.0F)}};
}

}  // namespace foyer
