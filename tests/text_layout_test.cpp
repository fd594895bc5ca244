#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "kiosk/ui/text.h"
#include "tests/canvas_of_alpha.h"

using namespace foyer;

namespace {

const TextStyle body{Face::text, 400, 32, 1.3F, Align::start};

class TextLayout : public testing::Test {
protected:
    /// Sum of the coverage of a block's texture.
    long ink(const TextBlock& block) {
        long sum = 0;
        for (const std::uint8_t alpha : canvas.textures.at(block.texture).alpha)
            sum += alpha;
        return sum;
    }

    CanvasOfAlpha canvas;
    TextEngine engine{canvas};
};

}  // namespace

TEST_F(TextLayout, GivesEachLineTheHeightTheStyleAsksFor) {
    const TextBlock& block = engine.layout("one\nمرحبا\nthree", body, 0);
    ASSERT_EQ(block.lines.size(), 3U);
    EXPECT_EQ(block.height, 3 * 42.0F);
    EXPECT_EQ(block.lines[1].top, 42.0F);
    EXPECT_EQ(block.lines[2].top, 84.0F);
}

TEST_F(TextLayout, BreaksBetweenWordsWhereItCan) {
    const std::string text = "Yoga, mindfulness, art, music";
    const TextBlock& block = engine.layout(text, body, 330);
    ASSERT_EQ(block.lines.size(), 2U);
    EXPECT_EQ(text.substr(block.lines[1].begin), "art, music");
    EXPECT_LE(block.width, 330);
}

TEST_F(TextLayout, BreaksInsideAWordOnlyWhenTheWordAloneIsWider) {
    const std::string name(300, 'W');
    const TextBlock& block = engine.layout(name, body, 500);
    EXPECT_GT(block.lines.size(), 10U);
    EXPECT_LE(block.width, 500);
    EXPECT_EQ(block.lines.back().end, 300U);
}

TEST_F(TextLayout, FitsAgainIntoItsOwnWidth) {
    for (const char* text :
         {"Check in", "Nguyễn Thị Ánh", "About **10 minutes** to wait"}) {
        const float width = engine.layout(text, body, 0).width;
        EXPECT_EQ(engine.layout(text, body, width).lines.size(), 1U) << text;
    }
}

TEST_F(TextLayout, ReadsArabicAndHebrewFromTheRight) {
    EXPECT_TRUE(engine.layout("مرحبا", body, 0).right_to_left);
    EXPECT_TRUE(engine.layout("27 שלום", body, 0).right_to_left);
    EXPECT_FALSE(engine.layout("Hello مرحبا", body, 0).right_to_left);
}

TEST_F(TextLayout, TakesTheLanguagesDirectionForATextWithoutLetters) {
    EXPECT_FALSE(engine.layout("10:45", body, 0).right_to_left);
    engine.set_language("ar");
    EXPECT_TRUE(engine.layout("10:45", body, 0).right_to_left);
}

TEST_F(TextLayout, StartsLinesOfArabicAtTheRightEdge) {
    const TextBlock& block = engine.layout("مرحبا بكم في العيادة\nنعم", body, 0);
    EXPECT_EQ(block.lines[0].left, 0);
    EXPECT_NEAR(block.lines[1].left + block.lines[1].width, block.width, 1.0F);
}

TEST_F(TextLayout, CentresLinesInTheWidestOne) {
    TextStyle centred = body;
    centred.align = Align::center;
    const TextBlock& block = engine.layout("A long first line\nshort", centred, 0);
    const TextLine& second = block.lines[1];
    EXPECT_NEAR(second.left, block.width - second.left - second.width, 2.0F);
}

TEST_F(TextLayout, ShowsStrongWordsBolderAndTheirAsterisksNot) {
    const float plain = engine.layout("Hold it now", body, 0).width;
    const float strong = engine.layout("**Hold it now**", body, 0).width;
    EXPECT_GT(strong, plain * 1.01F);
    EXPECT_LT(strong, plain * 1.2F);
}

TEST_F(TextLayout, SaysWhenNoFontHasACharacter) {
    EXPECT_FALSE(
        engine.layout("Հայերեն עברית العربية Tiếng Việt", body, 0).unknown_glyphs);
    EXPECT_TRUE(engine.layout("\U000E1234\U0010FFFD", body, 0).unknown_glyphs);
}

TEST_F(TextLayout, SurvivesWhateverANameHolds) {
    using namespace std::string_literals;
    for (const std::string& name :
         {""s, "\0Ada\0"s, "\xff\xfe\x80"s, "\xE2\x82"s, "Ada\tL\r\n\v\x7f"s,
          "\u202Eevil"s, "**"s, "****"s, "**a"s, "e\u0301\u0302\u0303\u0304"s,
          std::string(300, ' '), "\U0001F468\u200D\U0001F469\u200D\U0001F467"s,
          "\u2028\u2029"s, "한국어 이름"s}) {
        const TextBlock& block = engine.drawn(name, body, 300);
        EXPECT_GE(block.lines.size(), 1U);
        EXPECT_EQ(block.height, 42.0F * static_cast<float>(block.lines.size()));
        for (std::size_t i = 0; i <= name.size() + 3; ++i)
            EXPECT_LE(engine.caret(name, body, 300, i).x, 400.0F);
    }
}

TEST_F(TextLayout, DrawsTheSamePixelsEveryTime) {
    CanvasOfAlpha other_canvas;
    TextEngine other(other_canvas);
    other.drawn("Something before, in another place", body, 333);
    const TextBlock& one = engine.drawn("We're glad you're here.", body, 900);
    const TextBlock& two = other.drawn("We're glad you're here.", body, 900);
    EXPECT_EQ(canvas.textures.at(one.texture), other_canvas.textures.at(two.texture));
}

TEST_F(TextLayout, MakesATextureOnlyAsLargeAsTheInk) {
    const TextBlock& block = engine.drawn(".", body, 0);
    EXPECT_LT(block.ink_width, 12);
    EXPECT_LT(block.ink_height, 12);
    EXPECT_GT(block.ink_y, 20);  // a full stop stands on the baseline
    EXPECT_GT(ink(block), 255 * 4);
}

TEST_F(TextLayout, MakesNoTextureWithoutInk) {
    EXPECT_EQ(engine.drawn("   ", body, 0).texture, 0U);
    EXPECT_TRUE(canvas.textures.empty());
}

TEST_F(TextLayout, GoesOnWithoutTextureMemory) {
    canvas.has_memory = false;
    EXPECT_EQ(engine.drawn("Check in", body, 0).texture, 0U);
}

TEST_F(TextLayout, SetsCapitalsAsHighAsTheAuditIsTold) {
    const TextBlock& block = engine.drawn("H", {Face::text, 400, 200, 1.3F}, 0);
    EXPECT_NEAR(block.cap_height, static_cast<float>(block.ink_height - 2), 1.5F);
    EXPECT_EQ(engine.layout("\uf131", {Face::icon, 400, 72, 1.0F}, 0).cap_height, 0);
}

TEST_F(TextLayout, HasTheFontsOfTheDesign) {
    const auto width = [&](Face face, int weight) {
        return engine.layout("Hamburgefonstiv", {face, weight, 100, 1.3F}, 0).width;
    };
    EXPECT_GT(width(Face::text, 500), width(Face::text, 400));
    EXPECT_GT(width(Face::text, 600), width(Face::text, 500));
    EXPECT_GT(width(Face::text, 700), width(Face::text, 600));
    EXPECT_LT(width(Face::display, 600), width(Face::text, 600));
    EXPECT_FALSE(
        engine.layout("\uf131", {Face::icon, 400, 72, 1.0F}, 0).unknown_glyphs);
}

TEST_F(TextLayout, MovesTheCaretWithTheText) {
    const float start = engine.caret("Castellano", body, 0, 0).x;
    const float middle = engine.caret("Castellano", body, 0, 5).x;
    const Caret end = engine.caret("Castellano", body, 0, 10);
    EXPECT_EQ(start, 0);
    EXPECT_GT(middle, start);
    EXPECT_NEAR(end.x, engine.layout("Castellano", body, 0).width, 1.5F);
    EXPECT_GT(end.height, 32);
    EXPECT_LE(end.top + end.height, 43);
}

TEST_F(TextLayout, KeepsTheCaretOutOfAGrapheme) {
    const std::string name = "e\u0301a";  // e, combining acute, a
    EXPECT_EQ(engine.caret(name, body, 0, 1).x, engine.caret(name, body, 0, 0).x);
    EXPECT_EQ(engine.caret(name, body, 0, 2).x, engine.caret(name, body, 0, 0).x);
    EXPECT_GT(engine.caret(name, body, 0, 3).x, engine.caret(name, body, 0, 0).x);

    const std::string flag = "\U0001F1FA\U0001F1F8";  // two letters, one flag
    EXPECT_EQ(engine.caret(flag, body, 0, 4).x, 0);
    EXPECT_GT(engine.caret(flag, body, 0, 8).x, 0);
}

TEST_F(TextLayout, StartsTheCaretOfHebrewAtTheRight) {
    const float width = engine.layout("שלום", body, 0).width;
    EXPECT_NEAR(engine.caret("שלום", body, 0, 0).x, width, 1.5F);
    EXPECT_NEAR(engine.caret("שלום", body, 0, 8).x, 0, 1.5F);
}

TEST_F(TextLayout, FindsTheLetterThatWasTouched) {
    const std::string text = "Ana **María**\nLópez";
    for (const std::size_t at : {0U, 1U, 3U, 8U, 14U, 16U, 18U, 21U}) {
        const Caret caret = engine.caret(text, body, 0, at);
        EXPECT_EQ(engine.index_at(text, body, 0, caret.x, caret.top + 5), at);
    }
    EXPECT_EQ(engine.index_at(text, body, 0, -50, -50), 0U);
    EXPECT_EQ(engine.index_at(text, body, 0, 5000, 5000), text.size());
}

TEST_F(TextLayout, DropsEveryTextureAtTheEndOfASession) {
    engine.drawn("Castellano", body, 0);
    engine.drawn("Visit with Amara", body, 0);
    EXPECT_EQ(canvas.textures.size(), 2U);
    engine.wipe();
    EXPECT_TRUE(canvas.textures.empty());
    EXPECT_NE(engine.drawn("Castellano", body, 0).texture, 0U);
}

TEST_F(TextLayout, LetsGoOfWhatIsNotShownAnyMore) {
    engine.drawn("left", body, 0);
    for (int frame = 0; frame < 300; ++frame) {
        engine.next_frame();
        engine.drawn("stays", body, 0);
    }
    EXPECT_EQ(canvas.textures.size(), 1U);
}

TEST_F(TextLayout, StaysWithinItsTexturesBudget) {
    const TextStyle large{Face::display, 700, 300, 1.1F};
    for (int frame = 0; frame < 100; ++frame) {
        engine.next_frame();
        engine.drawn("Clock " + std::to_string(frame), large, 0);
    }
    long pixels = 0;
    for (const auto& [id, texture] : canvas.textures)
        pixels += texture.width * texture.height;
    EXPECT_LT(pixels * 4, 24L << 20);
}
