#include <gtest/gtest.h>

#include "sync/clinic/waiting.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Minutes = std::vector<std::chrono::minutes>;

TEST(WaitedFor, IsWhatACliniciansCallEnds) {
    EXPECT_TRUE(is_waited_for(Service::individual));
    EXPECT_TRUE(is_waited_for(Service::medication));
    EXPECT_TRUE(is_waited_for(Service::other));
    for (const auto service :
         {Service::group, Service::php, Service::iop, Service::family,
          Service::holistic_class, Service::crisis})
        EXPECT_FALSE(is_waited_for(service)) << code(service);
}

TEST(ToldWait, IsNoneBeforeFiveVisitsHaveBegun) {
    EXPECT_EQ(told_wait({}), std::nullopt);
    EXPECT_EQ(told_wait({10min, 10min, 10min, 10min}), std::nullopt);
    EXPECT_EQ(told_wait({10min, 10min, 10min, 10min, 10min}), 10min);
}

TEST(ToldWait, IsWhatFourOfFiveWaitedAtMost) {
    EXPECT_EQ(told_wait({60min, 5min, 15min, 10min, 20min}), 20min);
    EXPECT_EQ(told_wait({60min, 5min, 15min, 10min, 20min, 25min}), 25min);
    EXPECT_EQ(told_wait({1min, 2min, 3min, 4min, 5min, 6min, 7min, 8min, 55min, 60min}),
              10min);
}

TEST(ToldWait, IsRoundedUpToFiveMinutesAndNeverNothing) {
    EXPECT_EQ(told_wait(Minutes(5, 15min)), 15min);
    EXPECT_EQ(told_wait(Minutes(5, 16min)), 20min);
    EXPECT_EQ(told_wait(Minutes(5, 0min)), 5min);
    EXPECT_EQ(told_wait(Minutes(5, -30min)), 5min);
}

}  // namespace
}  // namespace foyer
