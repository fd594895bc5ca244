#include "kiosk/ui/text_shown.h"

#include <gtest/gtest.h>

using namespace foyer;

TEST(TextShown, HidesTheAsterisksOfAStrongSpan) {
    const Shown text = shown("About **10 minutes** to wait");
    EXPECT_EQ(text.text, "About 10 minutes to wait");
    ASSERT_EQ(text.strong.size(), 1U);
    EXPECT_EQ(text.text.substr(text.strong[0].begin,
                               text.strong[0].end - text.strong[0].begin),
              "10 minutes");
}

TEST(TextShown, KeepsAsterisksThatCloseNothing) {
    for (const char* text : {"2 * 3", "**", "****", "a ** b", "***"})
        EXPECT_EQ(shown(text).text, text);
}

TEST(TextShown, PutsAReplacementForEachByteThatIsNotUtf8) {
    EXPECT_EQ(shown("a\xff\xc3z").text, "a\uFFFD\uFFFDz");
    EXPECT_EQ(shown("\xed\xa0\x80").text, "\uFFFD\uFFFD\uFFFD");  // a surrogate
    EXPECT_EQ(shown("\xc0\xaf").text, "\uFFFD\uFFFD");            // overlong
    EXPECT_EQ(shown("\xf4\x90\x80\x80").text, "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(TextShown, LeavesOutControlsButKeepsLines) {
    EXPECT_EQ(shown(std::string_view("a\0b\tc\r\nd\x1b[31m\u0085", 16)).text,
              "ab c\nd[31m");
}

TEST(TextShown, KnowsWhereEachByteCameFrom) {
    const Shown text = shown("a**b**\xffz");
    EXPECT_EQ(text.text, "ab\uFFFDz");
    EXPECT_EQ(text.to_source(1), 3U);
    EXPECT_EQ(text.to_source(2), 6U);
    EXPECT_EQ(text.to_source(5), 7U);
    EXPECT_EQ(text.to_source(6), 8U);
    EXPECT_EQ(text.from_source(3), 1U);
    EXPECT_EQ(text.from_source(7), 5U);
    EXPECT_EQ(text.from_source(8), 6U);
}
