#include <poll.h>

#include <gtest/gtest.h>
#include <thread>

#include "platform/scan_assembler.h"
#include "platform/simulated/scanner.h"
#include "platform/wedge.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

class Assembler : public testing::Test {
protected:
    void types(std::string_view text, milliseconds gap = 5ms) {
        for (const char c : text) {
            now += gap;
            assembler.character(c, now);
        }
    }
    std::vector<std::string> taken() {
        std::vector<std::string> all;
        while (auto scan = assembler.take()) all.push_back(*scan);
        return all;
    }
    using Scans = std::vector<std::string>;

    ScanAssembler assembler;
    milliseconds now{1000};
};

TEST_F(Assembler, HandsOnAScanWhenItEnds) {
    types("FOYER:abc");
    EXPECT_EQ(taken(), Scans{});
    assembler.end(now += 5ms);
    EXPECT_EQ(taken(), Scans{"FOYER:abc"});
}

TEST_F(Assembler, KeepsScansInOrder) {
    types("one");
    assembler.end(now);
    types("two");
    assembler.end(now);
    EXPECT_EQ(taken(), (Scans{"one", "two"}));
}

TEST_F(Assembler, IgnoresAnEndWithoutCharacters) {
    assembler.end(now);
    EXPECT_EQ(taken(), Scans{});
}

TEST_F(Assembler, HandsOnHalfACodeAfterAPause) {
    types("FOYER:ab");
    assembler.passed(now + 99ms);
    EXPECT_EQ(taken(), Scans{});
    assembler.passed(now + 100ms);
    EXPECT_EQ(taken(), Scans{"FOYER:ab"});
    EXPECT_FALSE(assembler.due());
}

TEST_F(Assembler, StartsCleanAfterHalfACode) {
    types("half");
    now += 500ms;
    types("whole");
    assembler.end(now);
    EXPECT_EQ(taken(), (Scans{"half", "whole"}));
}

TEST_F(Assembler, AnEndThatComesLateEndsOnlyWhatCameBefore) {
    types("half");
    assembler.end(now + 500ms);
    EXPECT_EQ(taken(), Scans{"half"});
}

TEST_F(Assembler, SaysWhenItsPauseEnds) {
    EXPECT_FALSE(assembler.due());
    types("a");
    EXPECT_EQ(assembler.due(), now + 100ms);
}

TEST_F(Assembler, KeepsEnoughOfAnEndlessScanToSeeThatItIsTooLong) {
    types(std::string(100'000, 'x'), 0ms);
    assembler.end(now);
    ASSERT_EQ(assembler.take()->size(), ScanAssembler::kLongest + 1);
}

class WedgeTest : public testing::Test {
protected:
    void types(std::string_view text, milliseconds gap) {
        for (const char c : text) wedge.text({&c, 1}, now += gap);
    }
    /// Everything out, typed texts joined: "typed:ab|enter|scan:FOYER".
    std::string out() {
        std::string all;
        while (auto next = wedge.take()) {
            if (!all.empty()) all += '|';
            switch (next->kind) {
                case Wedge::Output::Kind::typed:
                    all += "typed:" + next->text;
                    break;
                case Wedge::Output::Kind::enter:
                    all += "enter";
                    break;
                case Wedge::Output::Kind::scan:
                    all += "scan:" + next->text;
                    break;
            }
        }
        return all;
    }
    Wedge wedge;
    milliseconds now{1000};
};

TEST_F(WedgeTest, ABurstThatEndsWithEnterIsAScan) {
    types("FOYER:abcdef", 10ms);
    wedge.enter(now += 10ms);
    EXPECT_EQ(out(), "scan:FOYER:abcdef");
}

TEST_F(WedgeTest, APersonsTypingComesOutAsTyped) {
    types("Lovelace", 120ms);
    wedge.enter(now += 200ms);
    EXPECT_EQ(out(),
              "typed:L|typed:o|typed:v|typed:e|typed:l|typed:a|typed:c|typed:e|enter");
}

TEST_F(WedgeTest, AKeystrokeComesOutAfterTheScannersGap) {
    types("a", 0ms);
    wedge.passed(now + 35ms);
    EXPECT_EQ(out(), "");
    EXPECT_EQ(wedge.due(), now + 35ms);
    wedge.passed(now + 36ms);
    EXPECT_EQ(out(), "typed:a");
}

TEST_F(WedgeTest, AShortFlurryOfKeysIsTyping) {
    types("Smith", 20ms);
    wedge.enter(now += 20ms);
    EXPECT_EQ(out(), "typed:Smith|enter");
}

TEST_F(WedgeTest, ABurstThatBreaksOffIsHalfACode) {
    types("FOYER:abcdef", 10ms);
    wedge.passed(now + 101ms);
    EXPECT_EQ(out(), "scan:FOYER:abcdef");
}

TEST_F(WedgeTest, AnInputMethodsTextIsTypedAtOnce) {
    wedge.text("\xED\x95\x9C", now);
    EXPECT_EQ(out(), "typed:\xED\x95\x9C");
}

TEST_F(WedgeTest, KeepsTheOrderOfTypingAndText) {
    types("a", 0ms);
    wedge.text("\xC3\xA9", now + 5ms);
    EXPECT_EQ(out(), "typed:a|typed:\xC3\xA9");
}

TEST_F(WedgeTest, AnEndlessBurstIsCut) {
    types(std::string(10'000, 'x'), 1ms);
    wedge.enter(now);
    const auto scan = wedge.take();
    ASSERT_TRUE(scan);
    EXPECT_EQ(scan->text.size(), Wedge::kLongest + 1);
}

bool readable(int fd) {
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 0) == 1;
}

TEST(ASimulatedScanner, IsReadableUntilItsScansAreTaken) {
    SimulatedScanner scanner;
    EXPECT_FALSE(readable(scanner.fd()));
    std::thread([&] { scanner.scan("one"); }).join();
    scanner.scan("two");
    EXPECT_TRUE(readable(scanner.fd()));
    EXPECT_EQ(scanner.take(), "one");
    EXPECT_EQ(scanner.take(), "two");
    EXPECT_EQ(scanner.take(), std::nullopt);
    EXPECT_FALSE(readable(scanner.fd()));
}

TEST(ASimulatedScanner, SeesNothingWhileUnplugged) {
    SimulatedScanner scanner;
    scanner.set_plugged_in(false);
    scanner.scan("lost");
    EXPECT_FALSE(scanner.is_there());
    EXPECT_EQ(scanner.take(), std::nullopt);
}

}  // namespace
}  // namespace foyer
