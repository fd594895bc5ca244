#include "kiosk/ui/words.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "kiosk/assets.h"
#include "kiosk/ui/date_words.h"

using namespace foyer;
using namespace std::chrono;

namespace {

/// Texts of its own (tests/locale), so that no screen's wording can break it.
class WordsTest : public testing::Test {
protected:
    void SetUp() override {
        const auto opened = open_translations(FOYER_BINARY_DIR "/tests/locale");
        ASSERT_TRUE(opened) << opened.error().what;
    }
};

/// Speaks with the product's texts.
class DateWords : public testing::Test {
protected:
    void SetUp() override {
        const auto opened = open_translations(asset("locale"));
        ASSERT_TRUE(opened) << opened.error().what;
    }
};

/// The texts of a po file by key; plural forms in order.
using Texts = std::map<std::string, std::vector<std::string>>;

struct Po {
    Texts texts;
    std::set<std::string> flags;  ///< "#," lines
    bool key_twice = false;
};

std::string unquoted(const std::string& line) {
    const auto begin = line.find('"') + 1;
    std::string text;
    for (auto i = begin; i < line.rfind('"'); ++i) {
        if (line[i] == '\\') ++i;
        text += line[i] == 'n' && line[i - 1] == '\\' ? '\n' : line[i];
    }
    return text;
}

Po read_po(const std::string& language) {
    Po po;
    std::ifstream file(std::string(FOYER_SOURCE_DIR) + "/assets/locale/" + language +
                       ".po");
    std::string key;
    std::string* text = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("#,")) po.flags.insert(line);
        if (line.starts_with("msgid \"")) {
            key = unquoted(line);
            po.key_twice |= po.texts.contains(key);
            po.texts[key];
            text = nullptr;
        } else if (line.starts_with("msgstr")) {
            po.texts[key].push_back(unquoted(line));
            text = &po.texts[key].back();
        } else if (line.starts_with("\"") && text) {
            *text += unquoted(line);
        }
    }
    po.texts.erase("");  // the header
    return po;
}

std::set<std::string> names_in_braces(const std::string& text) {
    std::set<std::string> names;
    for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1))
        names.insert(text.substr(open, text.find('}', open) + 1 - open));
    return names;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

}  // namespace

TEST_F(WordsTest, SpeaksTheLanguageAsked) {
    EXPECT_EQ(translate("en", "help"), "I need help");
    EXPECT_EQ(translate("es", "help"), "Necesito ayuda");
    EXPECT_EQ(translate("en", "help"), "I need help");
}

TEST_F(WordsTest, IgnoresTheLanguageOfTheMachine) {
    setenv("LANGUAGE", "fr:en", 1);
    setenv("LC_ALL", "C", 1);
    ASSERT_TRUE(open_translations(FOYER_BINARY_DIR "/tests/locale"));
    EXPECT_EQ(translate("es", "help"), "Necesito ayuda");
}

TEST_F(WordsTest, FallsBackToEnglishAndThenToTheKey) {
    EXPECT_EQ(translate("hy", "help"), "I need help");
    EXPECT_EQ(translate("../es", "help"), "I need help");
    EXPECT_EQ(translate("", "help"), "I need help");
    EXPECT_EQ(translate("es", "nobody.wrote_this"), "nobody.wrote_this");
    EXPECT_EQ(translate("es", ""), "");
    EXPECT_FALSE(has_translation("hy", "help"));
    EXPECT_FALSE(has_translation("es", "nobody.wrote_this"));
    EXPECT_TRUE(has_translation("es", "help"));
}

TEST_F(WordsTest, PutsValuesInOnceAndAsTheyAre) {
    EXPECT_EQ(translate("en", "visit", {{"name", "{name} \\n %s"}}),
              "Visit with {name} \\n %s");
    EXPECT_EQ(translate("x", "{a}{b}{", {{"a", "{b}"}, {"b", "2"}}), "{b}2{");
}

TEST_F(WordsTest, LeavesANameNobodyFilledVisible) {
    EXPECT_EQ(translate("en", "visit"), "Visit with {name}");
    EXPECT_EQ(translate("x", "{{a}} {c}", {{"a", "1"}}), "{1} {c}");
}

TEST_F(WordsTest, CountsInBothLanguages) {
    const Args args = {{"who", "Ana"}};
    EXPECT_EQ(translate_count("en", "clears", 1, args), "Clears in 1 second, Ana");
    EXPECT_EQ(translate_count("en", "clears", 28, args), "Clears in 28 seconds, Ana");
    EXPECT_EQ(translate_count("es", "clears", 1, args), "Se borra en 1 segundo, Ana");
    EXPECT_EQ(translate_count("hy", "clears", 2, args), "Clears in 2 seconds, Ana");
    EXPECT_EQ(translate_count("es", "none.{n}", 3), "none.3");
}

TEST_F(WordsTest, SaysWhenThereAreNoTranslations) {
    const auto opened = open_translations("/nowhere");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Error::Code::not_found);
    EXPECT_EQ(translate("en", "help"), "help");
}

TEST_F(DateWords, SaysTheTimeOfDay) {
    EXPECT_EQ(time_words("en", 9h + 41min), "9:41\u00a0AM");
    EXPECT_EQ(time_words("en", 0min), "12:00\u00a0AM");
    EXPECT_EQ(time_words("en", 12h + 5min), "12:05\u00a0PM");
    EXPECT_EQ(time_words("en", 23h + 59min), "11:59\u00a0PM");
    EXPECT_EQ(time_words("es", 9h + 41min), "9:41\u00a0a.\u00a0m.");
    EXPECT_EQ(clock_words("en", 13h), "1:00");
    EXPECT_EQ(day_half_words("en", 13h), "PM");
}

TEST_F(DateWords, SaysADate) {
    EXPECT_EQ(short_date_words("en", 2026y / November / 23), "Mon, Nov 23");
    EXPECT_EQ(short_date_words("es", 2026y / November / 23), "lun, 23 nov");
    EXPECT_EQ(long_date_words("en", 2026y / December / 1), "Tuesday, December 1");
    EXPECT_EQ(long_date_words("es", 2026y / December / 1), "martes, 1 de diciembre");
    EXPECT_EQ(full_date_words("en", 1985y / December / 1), "December 1, 1985");
    EXPECT_EQ(full_date_words("es", 1985y / December / 1), "1 de diciembre de 1985");
    EXPECT_EQ(short_date_words("en", 2026y / February / 30), "");
}

TEST(Catalogs, HaveTheSameKeysInEveryLanguage) {
    const Texts english = read_po("en").texts;
    const Texts spanish = read_po("es").texts;
    EXPECT_GT(english.size(), 100U);
    for (const auto& [key, texts] : english) EXPECT_TRUE(spanish.contains(key)) << key;
    for (const auto& [key, texts] : spanish) EXPECT_TRUE(english.contains(key)) << key;
}

TEST(Catalogs, HaveTheSameNamesInBraces) {
    // The order of a date is each language's own, and so are the parts it needs.
    const Texts english = read_po("en").texts;
    Texts spanish = read_po("es").texts;
    for (const auto& [key, texts] : english)
        for (const std::string& text : spanish[key])
            EXPECT_EQ(names_in_braces(text), names_in_braces(texts.back())) << key;
}

TEST(Catalogs, AreCompleteAndReviewed) {
    for (const char* language : {"en", "es"}) {
        const Po po = read_po(language);
        EXPECT_FALSE(po.key_twice) << language;
        for (const std::string& flag : po.flags)
            EXPECT_EQ(flag.find("fuzzy"), flag.npos) << language << " " << flag;
        for (const auto& [key, texts] : po.texts)
            for (const std::string& text : texts)
                EXPECT_NE(text, "") << language << " " << key;
    }
}

TEST(Catalogs, SpeakPlainly) {
    for (const char* language : {"en", "es"})
        for (const auto& [key, texts] : read_po(language).texts)
            for (const std::string& text : texts) {
                const std::string where =
                    std::string(language) + " " + key + ": " + text;
                EXPECT_EQ(count(text, "!"), 0U) << where;
                EXPECT_LE(count(text, "lease") + count(text, "or favor"), 1U) << where;
                EXPECT_EQ(count(text, "  "), 0U) << where;
                EXPECT_EQ(count(text, "**") % 2, 0U) << where;
                EXPECT_FALSE(text.starts_with(' ') || text.ends_with(' ')) << where;
            }
}
