#include <gtest/gtest.h>

#include "sync/clinic/due.h"
#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using std::chrono::days;
using When = FormRule::When;

const std::string mood = "https://foyer.health/forms/phq-9";
const std::string worry = "https://foyer.health/forms/gad-7";

FormRule rule(When when, int span = 0, int not_again = 1) {
    return {"phq-9", {}, when, days(span), days(not_again)};
}

Date day(const char* text) {
    return parse_date(text).value();
}

/// Whether the mood form is due on 23 November 2026 when it ended on `last`.
bool is_due(const FormRule& rule, const char* last, bool completed = true) {
    return !due_forms({rule}, {mood, worry}, {Service::medication},
                      {{mood, day(last), completed}}, day("2026-11-23"))
                .empty();
}

TEST(DueForms, WhatWasNeverFilledInIsDue) {
    for (const When when :
         {When::every_visit, When::every_days, When::once, When::expires})
        EXPECT_EQ(due_forms({rule(when, 14)}, {mood, worry}, {Service::other}, {},
                            day("2026-11-23")),
                  std::vector{mood});
}

TEST(DueForms, EveryNDaysIsDueOnTheNthDayAndNotBefore) {
    EXPECT_FALSE(is_due(rule(When::every_days, 14), "2026-11-10"));
    EXPECT_TRUE(is_due(rule(When::every_days, 14), "2026-11-09"));
}

TEST(DueForms, AnExpiredConsentIsDue) {
    EXPECT_FALSE(is_due(rule(When::expires, 365), "2025-11-24"));
    EXPECT_TRUE(is_due(rule(When::expires, 365), "2025-11-23"));
}

TEST(DueForms, OnceIsOnceButNotWhenItWasRefused) {
    EXPECT_FALSE(is_due(rule(When::once), "2016-11-23"));
    EXPECT_TRUE(is_due(rule(When::once), "2026-11-22", false));
}

TEST(DueForms, BeforeEveryVisitIsStillNotTwiceADay) {
    EXPECT_FALSE(is_due(rule(When::every_visit), "2026-11-23"));
    EXPECT_FALSE(is_due(rule(When::every_visit), "2026-11-23", false));
    EXPECT_TRUE(is_due(rule(When::every_visit), "2026-11-22"));
}

TEST(DueForms, NotAgainWithinNDaysHoldsForARefusedOneToo) {
    EXPECT_FALSE(is_due(rule(When::every_visit, 0, 7), "2026-11-17", false));
    EXPECT_TRUE(is_due(rule(When::every_visit, 0, 7), "2026-11-16", false));
}

TEST(DueForms, ADateAheadOfTodayIsTakenForToday) {
    EXPECT_FALSE(is_due(rule(When::every_visit), "2027-01-01"));
    EXPECT_FALSE(is_due(rule(When::every_days, 14), "2027-01-01"));
}

TEST(DueForms, AreAskedAtTheVisitsTheyAreFor) {
    auto only = rule(When::every_visit);
    only.services = {Service::medication, Service::php};
    const auto at = [&](std::vector<Service> visits) {
        return due_forms({only}, {mood}, visits, {}, day("2026-11-23")).size();
    };
    EXPECT_EQ(at({Service::medication}), 1u);
    EXPECT_EQ(at({Service::group, Service::php}), 1u);
    EXPECT_EQ(at({Service::group}), 0u);
    EXPECT_EQ(at({}), 0u);
}

TEST(DueForms, ComeInTheOrderOfTheRulesAndOnce) {
    auto second = rule(When::every_visit);
    second.form = worry;
    EXPECT_EQ(due_forms({second, rule(When::once), second}, {mood, worry},
                        {Service::other}, {}, day("2026-11-23")),
              (std::vector{worry, mood}));
}

TEST(DueForms, WhatIsNotOfferedIsNotDue) {
    EXPECT_TRUE(
        due_forms({rule(When::once)}, {worry}, {Service::other}, {}, day("2026-11-23"))
            .empty());
}

TEST(DueForms, AreNamedByCanonicalOrByItsLastPart) {
    EXPECT_TRUE(names_form("phq-9", mood));
    EXPECT_TRUE(names_form(mood, mood));
    EXPECT_TRUE(names_form("phq-9", "phq-9"));
    EXPECT_FALSE(names_form("9", mood));
    EXPECT_FALSE(names_form("forms/phq-9", mood));
    EXPECT_FALSE(names_form("", "https://foyer.health/forms/"));
}

}  // namespace
}  // namespace foyer
