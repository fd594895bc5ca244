#include <gtest/gtest.h>

#include "sync/clinic/class_rules.h"
#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
    return parse_instant(text).value();
}

TEST(ClassRules, AScheduleWithoutARuleIsAClassWithTheDefaults) {
    ClassRule yoga;
    yoga.schedule = "yoga";
    yoga.opens_before = 45min;
    EXPECT_EQ(class_rule({yoga}, "yoga"), yoga);

    ClassRule expected;
    expected.schedule = "art";
    EXPECT_EQ(class_rule({yoga}, "art"), expected);
}

TEST(ClassRules, WhoMayNotJoinDoesNotSeeIt) {
    ClassRule rule;
    EXPECT_TRUE(may_join(rule, {}));
    rule.programs = {Service::iop, Service::aftercare};
    EXPECT_TRUE(may_join(rule, {Service::group, Service::iop}));
    EXPECT_FALSE(may_join(rule, {Service::php}));
    EXPECT_FALSE(may_join(rule, {}));
}

TEST(ClassRules, AHiddenClassIsShownToNobody) {
    ClassRule rule;
    rule.hidden = true;
    EXPECT_FALSE(may_join(rule, {Service::iop}));
    rule.programs = {Service::iop};
    EXPECT_FALSE(may_join(rule, {Service::iop}));
}

TEST(Offers, LastAsLongAsTheRuleSays) {
    ClassRule rule;
    rule.offer_lasts = 24h;
    EXPECT_EQ(accept_by(rule, at("2026-11-23T09:00:00Z"), at("2026-11-27T10:00:00Z")),
              at("2026-11-24T09:00:00Z"));
}

TEST(Offers, EndAnHourBeforeTheClassSoThatTheNextOneCanStillCome) {
    EXPECT_EQ(
        accept_by(ClassRule(), at("2026-11-23T07:00:00Z"), at("2026-11-23T10:00:00Z")),
        at("2026-11-23T09:00:00Z"));
}

TEST(Offers, LeaveFifteenMinutesToAnswerButNeverPastTheStart) {
    const Instant starts = at("2026-11-23T10:00:00Z");
    EXPECT_EQ(accept_by(ClassRule(), starts - 70min, starts), starts - 55min);
    EXPECT_EQ(accept_by(ClassRule(), starts - 30min, starts), starts - 15min);
    EXPECT_EQ(accept_by(ClassRule(), starts - 5min, starts), starts);
    EXPECT_EQ(accept_by(ClassRule(), starts + 5min, starts), starts);

    ClassRule hasty;
    hasty.offer_lasts = 1min;
    EXPECT_EQ(accept_by(hasty, starts - 5h, starts), starts - 5h + 15min);
}

TEST(Room, IsFewWhenAQuarterOrThreeAreLeft) {
    EXPECT_EQ(room(20, 6), Room::open);
    EXPECT_EQ(room(20, 5), Room::few_left);
    EXPECT_EQ(room(8, 4), Room::open);
    EXPECT_EQ(room(8, 3), Room::few_left);
    EXPECT_EQ(room(2, 2), Room::few_left);
}

TEST(Room, OfAClassWithoutFreeSeatsIsTheWaitList) {
    EXPECT_EQ(room(20, 0), Room::wait_list);
    EXPECT_EQ(room(0, 0), Room::wait_list);
    EXPECT_EQ(room(3, -1), Room::wait_list);
}

}  // namespace
}  // namespace foyer
