#include "kiosk/ui/keyboard_layout.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "kiosk/ui/text_edit.h"

using namespace foyer;

namespace {

constexpr KeyPage pages[] = {KeyPage::lower, KeyPage::upper, KeyPage::accents_lower,
                             KeyPage::accents_upper};

std::string typed_by(const KeyRow& row) {
    std::string text;
    for (const KeyCap& key : row) text += key.text;
    return text;
}

const KeyCap& key(const std::vector<KeyRow>& rows, std::string_view name) {
    for (const KeyRow& row : rows)
        for (const KeyCap& cap : row)
            if (cap.name == name) return cap;
    static const KeyCap none;
    return none;
}

std::set<std::string> letters(KeyPage page) {
    std::set<std::string> all;
    for (const KeyRow& row : name_keyboard("en", page))
        for (const KeyCap& cap : row)
            if (cap.action == KeyAction::insert) all.insert(cap.text);
    return all;
}

}  // namespace

TEST(KeyboardLayout, StandsAsInTheDesign) {
    const auto rows = name_keyboard("en", KeyPage::upper);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(typed_by(rows[0]), "QWERTYUIOP");
    EXPECT_EQ(typed_by(rows[1]), "ASDFGHJKL");
    EXPECT_EQ(typed_by(rows[2]), "ZXCVBNM");
    EXPECT_EQ(typed_by(rows[3]), "' -");
    EXPECT_EQ(rows[2].front().action, KeyAction::shift);
    EXPECT_EQ(rows[2].back().action, KeyAction::erase);
    EXPECT_EQ(rows[3].front().label, "á ñ");
    EXPECT_EQ(rows[3].back().action, KeyAction::next);
}

TEST(KeyboardLayout, NeverIsWiderThanTenLetters) {
    for (const KeyPage page : pages)
        for (const KeyRow& row : name_keyboard("es", page)) {
            float width = 0;
            for (const KeyCap& cap : row) width += cap.width;
            EXPECT_LE(width, 10.0F);
            EXPECT_GE(width, 9.0F);
        }
}

TEST(KeyboardLayout, NamesEachKeyOnce) {
    for (const KeyPage page : pages) {
        std::set<std::string> names;
        for (const KeyRow& row : name_keyboard("en", page))
            for (const KeyCap& cap : row) EXPECT_TRUE(names.insert(cap.name).second);
    }
}

TEST(KeyboardLayout, KeepsAKeysNameAndPlaceInBothCases) {
    for (const auto& [small, capital] :
         {std::pair{KeyPage::lower, KeyPage::upper},
          std::pair{KeyPage::accents_lower, KeyPage::accents_upper}}) {
        const auto lower = name_keyboard("en", small);
        const auto upper = name_keyboard("en", capital);
        for (std::size_t row = 0; row < lower.size(); ++row) {
            ASSERT_EQ(lower[row].size(), upper[row].size());
            for (std::size_t i = 0; i < lower[row].size(); ++i)
                EXPECT_EQ(lower[row][i].name, upper[row][i].name);
        }
    }
}

TEST(KeyboardLayout, TypesOneLetterAKey) {
    for (const KeyPage page : pages)
        for (const std::string& letter : letters(page))
            EXPECT_EQ(graphemes(letter), 1U);
}

TEST(KeyboardLayout, HasTheAccentsOfCommonNames) {
    const auto lower = letters(KeyPage::accents_lower);
    for (const char* letter : {"á", "é", "í", "ó", "ú", "ü", "ñ",            // Spanish
                               "à", "â", "ç", "è", "ê", "ë", "î", "ï", "ô",  // French
                               "ã", "õ",                                // Portuguese
                               "ä", "ö", "ß",                           // German
                               "ą", "ć", "ę", "ł", "ń", "ś", "ź", "ż",  // Polish
                               "ă", "đ", "ơ", "ư"})                     // Vietnamese
        EXPECT_TRUE(lower.contains(letter)) << letter;
    EXPECT_EQ(letters(KeyPage::accents_upper).size(), lower.size());
}

TEST(KeyboardLayout, BeginsEachPartOfANameWithACapital) {
    KeyPage page = KeyPage::upper;
    std::string name;
    for (const char* pressed : {"key.a", "key.n", "key.a", "key.space", "key.l",
                                "key.accents", "key.ó", "key.hyphen", "key.p"}) {
        const KeyCap cap = key(name_keyboard("en", page), pressed);
        ASSERT_EQ(cap.name, pressed);
        name += cap.text;
        page = page_after(page, cap);
    }
    EXPECT_EQ(name, "Ana Ló-P");
}

TEST(KeyboardLayout, ShiftsBackAndForth) {
    const KeyCap shift = key(name_keyboard("en", KeyPage::lower), "key.shift");
    EXPECT_EQ(page_after(KeyPage::lower, shift), KeyPage::upper);
    EXPECT_EQ(page_after(KeyPage::upper, shift), KeyPage::lower);
    EXPECT_EQ(page_after(KeyPage::accents_lower, shift), KeyPage::accents_upper);
}

TEST(KeyboardLayout, HasADateOfBirthsNumbersOnAPad) {
    const auto pad = number_pad("en");
    EXPECT_EQ(typed_by(pad[0]) + typed_by(pad[1]) + typed_by(pad[2]) + typed_by(pad[3]),
              "1234567890");
    EXPECT_EQ(pad[3].front().action, KeyAction::erase);
    EXPECT_EQ(pad[3].back().action, KeyAction::next);
}

TEST(KeyboardLayout, HasRowsOfOneWidthForSentences) {
    const auto same_width = [](const std::vector<KeyRow>& rows) {
        for (const KeyRow& row : rows) {
            float width = 0;
            for (const KeyCap& cap : row) width += cap.width;
            // Nine letters stand in the middle of ten.
            EXPECT_TRUE(width == 10 || row.size() == 9) << row.front().name;
        }
    };
    same_width(text_keyboard("es", KeyPage::lower));
    same_width(symbols_keyboard("en"));
    same_width(code_keyboard("es"));
}

TEST(KeyboardLayout, HasEveryLetterAndDigitOnceForACode) {
    std::string all;
    for (const KeyRow& row : code_keyboard("en")) all += typed_by(row);
    std::ranges::sort(all);
    EXPECT_EQ(all, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

TEST(KeyboardLayout, HasEveryKeyOnceOnAPageOfSigns) {
    std::set<std::string> names;
    for (const KeyRow& row : symbols_keyboard("en"))
        for (const KeyCap& cap : row) EXPECT_TRUE(names.insert(cap.name).second);
}

TEST(KeyboardLayout, HasAPointAndAMinusOnlyWhereANumberMayHaveThem) {
    const auto typed = [](bool decimal, bool negative) {
        std::string all;
        for (const KeyRow& row : number_keyboard("en", decimal, negative))
            all += typed_by(row);
        return all;
    };
    EXPECT_EQ(typed(false, false), "1234567890");
    EXPECT_EQ(typed(true, false), "123456.7890");
    EXPECT_EQ(typed(false, true), "123456-7890");
    EXPECT_EQ(typed(true, true), "123456.7890-");
}
