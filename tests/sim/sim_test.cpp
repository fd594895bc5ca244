#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include "platform/log.h"
#include "tests/sim/simulation.h"

/// The simulation itself: that a seed is one run, and that it sees what it is there to
/// see. The thousand seeds are tests of their own (CMakeLists.txt).
namespace foyer::sim {
namespace {

class Simulated : public testing::Test {
protected:
    Simulated() {
        start_log(LogLevel::error, [](std::string_view) {});
    }
    ~Simulated() override { std::filesystem::remove_all(scratch); }

    /// Whether one of some seeds says something that contains `words`, at a server that
    /// is broken so.
    testing::AssertionResult says(const std::string& words,
                                  const FakeFhir::Broken& broken) {
        for (std::uint64_t seed = 1; seed <= 40; ++seed)
            for (const std::string& line : simulate(seed, scratch, false, broken).wrong)
                if (line.find(words) != std::string::npos)
                    return testing::AssertionSuccess() << seed << ": " << line;
        return testing::AssertionFailure() << "nobody noticed";
    }

    std::filesystem::path scratch = scratch_directory();
};

TEST_F(Simulated, OneSeedIsOneRun) {
    const Report once = simulate(3, scratch), again = simulate(3, scratch);
    EXPECT_EQ(once.fingerprint, again.fingerprint);
    EXPECT_EQ(once.counts.requests, again.counts.requests);
    EXPECT_NE(once.fingerprint, simulate(4, scratch).fingerprint);
}

TEST_F(Simulated, AHistoryTellsOfTheSameRun) {
    const Report silent = simulate(5, scratch), told = simulate(5, scratch, true);
    EXPECT_TRUE(silent.history.empty());
    EXPECT_GT(std::ranges::count(told.history, '\n'), 100);
    EXPECT_EQ(silent.counts.requests, told.counts.requests);
    EXPECT_EQ(silent.counts.crashes, told.counts.crashes);
}

TEST_F(Simulated, PowerIsCutAndRequestsAreLost) {
    World::Counts all;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto counts = simulate(seed, scratch).counts;
        all.crashes += counts.crashes;
        all.lost += counts.lost;
        all.conflicts += counts.conflicts;
        all.nested += counts.nested;
    }
    EXPECT_GT(all.crashes, 0);
    EXPECT_GT(all.lost, 0);
    EXPECT_GT(all.conflicts, 0);
    EXPECT_GT(all.nested, 0);
}

TEST_F(Simulated, ASeatSoldTwiceIsSeen) {
    FakeFhir::Broken broken;
    broken.lies = true;
    broken.refuses_stale = false;
    EXPECT_TRUE(says("is oversold", broken));
}

TEST_F(Simulated, AnActDoneTwiceIsSeen) {
    FakeFhir::Broken broken;
    broken.lies = true;
    broken.conditional_create = false;
    EXPECT_TRUE(says("twice", broken));
}

TEST_F(Simulated, AnAttendanceToldTwiceIsSeen) {
    FakeFhir::Broken broken;
    broken.lies = true;
    broken.conditional_create = false;
    EXPECT_TRUE(says("an attendance is there twice", broken));
}

TEST_F(Simulated, HalfATransactionIsSeen) {
    FakeFhir::Broken broken;
    broken.lies = true;
    broken.atomic = false;
    EXPECT_TRUE(says("half of a refused form", broken));
}

}  // namespace
}  // namespace foyer::sim
