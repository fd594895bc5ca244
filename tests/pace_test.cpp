#include "kiosk/pace.h"

#include "tests/flow_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// A kiosk that nobody touches.
class LeftAlone : public testing::Test {
protected:
    Site site;
    Comfort usual, comfort;

    std::optional<Pace::Due> due(const Screen& screen, Pace::Time shown = 0s) const {
        Pace pace(site);
        pace.shows(screen, shown);
        return pace.due(screen, comfort, usual);
    }

    /// What becomes of a screen that nobody comes back to.
    Screen after_all(Screen screen) const {
        Pace pace(site);
        Pace::Time now{0};
        for (int turn = 0; turn < 8 && !is<Welcome>(screen); ++turn) {
            pace.shows(screen, now);
            const auto next = pace.due(screen, comfort, usual);
            if (!next) return screen;
            now = next->at;
            screen = react(screen, next->event).next;
        }
        return screen;
    }
};

/// What the kiosk or its staff end, not a patient.
bool ends_otherwise(const Screen& screen) {
    return is<StartingUp>(screen) || is<Closed>(screen) || is<Paused>(screen) ||
           is<KioskTrouble>(screen);
}

TEST_F(LeftAlone, EveryPatientsScreenGoesBackToWelcome) {
    for (const auto& sample : samples()) {
        if (ends_otherwise(sample.screen)) continue;
        EXPECT_TRUE(is<Welcome>(after_all(sample.screen))) << sample.name;
    }
}

TEST_F(LeftAlone, NoCountdownIsShorterThanTwentySeconds) {
    for (const auto& sample : samples()) {
        // A break after many tries ends sooner or later as the tries say.
        if (is<SlowDown>(sample.screen)) continue;
        const auto next = due(sample.screen);
        if (!next || !next->counts_down) continue;
        EXPECT_GE(next->at, 20s) << sample.name;
    }
}

TEST_F(LeftAlone, TheCoverComesAfterTheSitesIdleTime) {
    const auto next = due(FindMe{}, 5s);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->at, 65s);
    EXPECT_TRUE(is<WentIdle>(next->event));
}

TEST_F(LeftAlone, ATouchPutsTheCoverOff) {
    Pace pace(site);
    pace.shows(FindMe{}, 0s);
    pace.touched(30s);
    EXPECT_EQ(pace.due(FindMe{}, comfort, usual)->at, 90s);
}

TEST_F(LeftAlone, MoreTimeIsMoreTimeEverywhere) {
    comfort.more_time = true;
    EXPECT_EQ(due(FindMe{})->at, 600s);
    EXPECT_EQ(due(SeeDesk{})->at, 120s);
}

TEST_F(LeftAlone, TheCoversCountdownIsNotPutOffByATouchOutsideItsButtons) {
    Pace pace(site);
    pace.shows(StillThere{}, 60s);
    pace.touched(70s);
    EXPECT_EQ(pace.due(StillThere{}, comfort, usual)->at, 90s);
}

TEST_F(LeftAlone, WelcomeWaitsForNothingUnlessSomebodyChangedIt) {
    EXPECT_FALSE(due(Welcome{}));
    comfort.high_contrast = true;
    EXPECT_TRUE(due(Welcome{}));
}

TEST_F(LeftAlone, TypingKeepsTheSameScreensTime) {
    Pace pace(site);
    pace.shows(FindMe{}, 0s);
    FindMe typed;
    typed.family = "L";
    pace.shows(typed, 20s);
    EXPECT_EQ(pace.due(FindMe{}, comfort, usual)->at, 60s);
}

TEST(SecondsLeft, AreRoundedUpAndNeverBelowZero) {
    const Pace::Due due{10s, TimeUp{}, true};
    EXPECT_EQ(Pace::seconds_left(due, 0s), 10);
    EXPECT_EQ(Pace::seconds_left(due, 9001ms), 1);
    EXPECT_EQ(Pace::seconds_left(due, 12s), 0);
    EXPECT_EQ(Pace::seconds_left(Pace::Due{10s, TimeUp{}, false}, 0s), 0);
}

}  // namespace
}  // namespace foyer
