#include "kiosk/ui/text_edit.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "kiosk/ui/text_breaks.h"

using namespace foyer;

namespace {

/// Types letter by letter, as keys do.
void type(TextEdit& field, const std::vector<std::string>& letters) {
    for (const std::string& letter : letters) field.insert(letter);
}

bool on_boundary(const std::string& text, std::size_t at) {
    return std::ranges::binary_search(grapheme_breaks(text), at);
}

}  // namespace

TEST(TextEdit, ErasesWhatAPersonCallsALetter) {
    TextEdit field;
    field.insert("Nguye\u0302\u0303n\U0001F468\u200D\U0001F469\u200D\U0001F467");
    EXPECT_EQ(graphemes(field.text()), 7U);
    field.erase_back();
    EXPECT_EQ(field.text(), "Nguye\u0302\u0303n");
    field.erase_back();
    field.erase_back();
    EXPECT_EQ(field.text(), "Nguy");
}

TEST(TextEdit, ReplacesTheSelection) {
    TextEdit field;
    field.insert("Ana Lopez");
    field.word_left(true);
    EXPECT_EQ(field.selected(), "Lopez");
    field.insert("García");
    EXPECT_EQ(field.text(), "Ana García");
    EXPECT_EQ(field.caret(), field.anchor());
}

TEST(TextEdit, MovesByWords) {
    TextEdit field;
    field.insert("de la O'Brien-Cruz");
    field.home();
    field.word_right();
    EXPECT_EQ(field.caret(), 2U);
    field.word_right();
    EXPECT_EQ(field.caret(), 5U);
    field.end();
    field.word_left();
    EXPECT_EQ(field.caret(), 14U);
}

TEST(TextEdit, LetsGoOfASelectionAtItsNearEdge) {
    TextEdit field;
    field.insert("abc");
    field.select_all();
    field.left();
    EXPECT_EQ(field.caret(), 0U);
    field.select_all();
    field.right();
    EXPECT_EQ(field.caret(), 3U);
}

TEST(TextEdit, TakesNoControlsAndNothingThatIsNotUtf8) {
    TextEdit field;
    field.insert(std::string_view("A\0d\na\x1b\xff\t!", 9));
    EXPECT_EQ(field.text(), "Ada!");
}

TEST(TextEdit, StopsWhenFull) {
    TextEdit field(5);
    field.insert("Castellano");
    EXPECT_EQ(field.text(), "Caste");
    field.insert("l");
    EXPECT_EQ(field.text(), "Caste");
    field.home();
    field.right(true);
    field.insert("XY");
    EXPECT_EQ(field.text(), "Xaste");
}

TEST(TextEdit, StopsAtAPileOfAccentsToo) {
    TextEdit field(10);
    for (int i = 0; i < 2000; ++i) field.insert("e\u0301\u0302\u0303");
    EXPECT_LE(field.text().size(), 160U);
    std::string pile = "e";
    for (int i = 0; i < 100'000; ++i) pile += "\u0301";
    field.select_all();
    field.insert(pile);
    EXPECT_LE(field.text().size(), 160U);
}

TEST(TextEdit, UndoesAWordTypedInOneStep) {
    TextEdit field;
    type(field, {"A", "n", "a", " ", "L", "ó"});
    field.undo();
    EXPECT_EQ(field.text(), "Ana ");
    field.undo();
    EXPECT_EQ(field.text(), "");
    EXPECT_FALSE(field.undo());
    field.redo();
    field.redo();
    EXPECT_EQ(field.text(), "Ana Ló");
    EXPECT_FALSE(field.redo());
}

TEST(TextEdit, UndoesARunOfErasingInOneStep) {
    TextEdit field;
    type(field, {"A", "n", "a"});
    field.erase_back();
    field.erase_back();
    EXPECT_TRUE(field.undo());
    EXPECT_EQ(field.text(), "Ana");
    EXPECT_EQ(field.caret(), 3U);
}

TEST(TextEdit, StartsANewStepAfterTheCaretMoved) {
    TextEdit field;
    type(field, {"b", "c"});
    field.home();
    field.insert("a");
    field.undo();
    EXPECT_EQ(field.text(), "bc");
}

TEST(TextEdit, ForgetsRedoOnceSomethingIsTyped) {
    TextEdit field;
    type(field, {"a"});
    field.undo();
    type(field, {"b"});
    EXPECT_FALSE(field.redo());
    EXPECT_EQ(field.text(), "b");
}

TEST(TextEdit, KeepsWhatAnInputMethodComposesApart) {
    TextEdit field;
    field.insert("김");
    field.compose("처");
    EXPECT_EQ(field.text(), "김");
    EXPECT_EQ(field.composing(), "처");
    field.erase_back();  // takes the composition back first
    EXPECT_EQ(field.composing(), "");
    EXPECT_EQ(field.text(), "김");
    field.compose("철");
    field.insert("철");
    EXPECT_EQ(field.text(), "김철");
    EXPECT_EQ(field.composing(), "");
}

TEST(TextEdit, StartsAfreshWithANewText) {
    TextEdit field;
    field.insert("before");
    field.set_text("Castellano");
    EXPECT_EQ(field.caret(), 10U);
    EXPECT_FALSE(field.undo());
    field.set_text(field.text());
    EXPECT_EQ(field.text(), "Castellano");
}

TEST(TextEdit, OverwritesItsTextWhenWiped) {
    TextEdit field;
    field.insert("Castellano");
    const char* memory = field.text().data();
    field.wipe();
    EXPECT_EQ(field.text().data(),
              memory);  // the buffer stays: looking at it is allowed
    EXPECT_TRUE(std::all_of(memory, memory + field.text().capacity(),
                            [](char byte) { return byte == 0; }));
    EXPECT_FALSE(field.undo());
}

TEST(TextEdit, NeverMovesItsBufferWhileTyping) {
    TextEdit field(300);
    const char* memory = field.text().data();
    for (int i = 0; i < 1000; ++i) field.insert("ễ");
    for (int i = 0; i < 100; ++i) field.undo(), field.redo(), field.erase_back();
    EXPECT_EQ(field.text().data(), memory);
}

TEST(TextEdit, HoldsItsPromisesWhateverIsDone) {
    const std::vector<std::string> typed = {
        "a",  "é", "e\u0301", "\u0301",     " ",      "-",     "\u200D", "🇺",  "🇸",
        "한", "م", "ễ",       "\U0001F468", "\xff\n", "a b c", "",       "ᄀ", "ᅡ"};
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937 random(seed);
        TextEdit field(12);
        for (int step = 0; step < 300; ++step) {
            const std::string before = field.text();
            const bool select = random() % 3 == 0;
            const unsigned act = random() % 16;
            switch (act) {
                case 0:
                    field.erase_back();
                    break;
                case 1:
                    field.erase_forward();
                    break;
                case 2:
                    field.left(select);
                    break;
                case 3:
                    field.right(select);
                    break;
                case 4:
                    field.word_left(select);
                    break;
                case 5:
                    field.word_right(select);
                    break;
                case 6:
                    field.home(select);
                    break;
                case 7:
                    field.end(select);
                    break;
                case 8:
                    field.move_to(random() % 40, select);
                    break;
                case 9:
                    field.undo();
                    break;
                case 10:
                    field.redo();
                    break;
                case 11:
                    field.compose(typed[random() % typed.size()]);
                    break;
                default:
                    field.insert(typed[random() % typed.size()]);
            }
            ASSERT_TRUE(on_boundary(field.text(), field.caret()))
                << seed << " " << step;
            ASSERT_TRUE(on_boundary(field.text(), field.anchor()))
                << seed << " " << step;
            ASSERT_LE(graphemes(field.text()), 12U) << seed << " " << step;
            if (act != 9 && act != 10 && field.text() != before) {
                const std::string after = field.text();
                TextEdit& same = field;
                ASSERT_TRUE(same.undo());
                ASSERT_TRUE(same.redo());
                ASSERT_EQ(same.text(), after) << seed << " " << step;
            }
        }
        while (field.undo()) {
        }
        while (field.redo()) {
        }
    }
}

TEST(TextEdit, UndoesBackToNothing) {
    std::mt19937 random(7);
    TextEdit field(40);
    for (int step = 0; step < 50; ++step) {
        field.move_to(random() % 60, random() % 2 == 0);
        if (random() % 4 == 0)
            field.erase_back();
        else
            field.insert(step % 2 ? "x" : "ñ");
    }
    const std::string last = field.text();
    while (field.undo()) {
    }
    EXPECT_EQ(field.text(), "");
    while (field.redo()) {
    }
    EXPECT_EQ(field.text(), last);
}
