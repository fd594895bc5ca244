#include "kiosk/attempts.h"

#include <gtest/gtest.h>

namespace foyer {
namespace {

using namespace std::chrono_literals;

Attempts after(int misses, Attempts::Time at = 0s) {
    Attempts attempts;
    for (int i = 0; i < misses; ++i) attempts.missed(at);
    return attempts;
}

TEST(Tries, AreFreeThreeTimes) {
    EXPECT_EQ(after(0).wait(0s), 0s);
    EXPECT_EQ(after(2).wait(0s), 0s);
    EXPECT_EQ(after(3).wait(0s), 10s);
}

TEST(Tries, WaitTwiceAsLongEachTimeAndNeverPastTwoMinutes) {
    EXPECT_EQ(after(4).wait(0s), 20s);
    EXPECT_EQ(after(5).wait(0s), 40s);
    EXPECT_EQ(after(6).wait(0s), 80s);
    EXPECT_EQ(after(7).wait(0s), 120s);
    EXPECT_EQ(after(5000).wait(0s), 120s);
}

TEST(Tries, GoOnWhenTheWaitIsOver) {
    const auto attempts = after(3, 60s);
    EXPECT_EQ(attempts.wait(69s), 1s);
    EXPECT_EQ(attempts.wait(70s), 0s);
}

TEST(Tries, AreForgottenAfterTenMinutes) {
    const auto attempts = after(6);
    EXPECT_EQ(attempts.misses(10min - 1ms), 6);
    EXPECT_EQ(attempts.misses(10min), 0);
    EXPECT_EQ(attempts.wait(10min), 0s);
}

}  // namespace
}  // namespace foyer
