#include <gtest/gtest.h>

#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;
using std::chrono::November;

SiteTime zone(const char* name) {
    return SiteTime::in_zone(name).value();
}
Instant at(const char* text) {
    return parse_instant(text).value();
}
Date day(const char* text) {
    return parse_date(text).value();
}

TEST(SiteTime, KnowsTodayByTheSitesClockAndNotByUtc) {
    const Instant evening = at("2026-11-24T03:30:00Z");
    EXPECT_EQ(zone("America/New_York").day_of(evening), day("2026-11-23"));
    EXPECT_EQ(zone("Asia/Seoul").day_of(evening), day("2026-11-24"));
    EXPECT_EQ(zone("America/New_York").local(evening).minutes, 22h + 30min);
}

TEST(SiteTime, RefusesAZoneThatDoesNotExist) {
    const auto nowhere = SiteTime::in_zone("America/Nowhere");
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, Error::Code::bad_input);
}

TEST(SiteTime, TakesTheFirstInstantAfterASkippedHour) {
    // 2:00 to 3:00 does not exist on this night.
    EXPECT_EQ(zone("America/New_York").at(day("2026-03-08"), 2h + 30min),
              at("2026-03-08T03:00:00-04:00"));
}

TEST(SiteTime, TakesTheFirstOfARepeatedHour) {
    EXPECT_EQ(zone("America/New_York").at(day("2026-11-01"), 1h + 30min),
              at("2026-11-01T01:30:00-04:00"));
}

TEST(SiteTime, CountsTheHoursOfADstDay) {
    const SiteTime time = zone("America/New_York");
    EXPECT_EQ(time.start_of(day("2026-03-09")) - time.start_of(day("2026-03-08")), 23h);
    EXPECT_EQ(time.start_of(day("2026-11-02")) - time.start_of(day("2026-11-01")), 25h);
}

TEST(SiteTime, BeginsADayLateWhereMidnightIsSkipped) {
    // Cairo's clocks went from 0:00 to 1:00 on the last Friday of April 2024.
    const SiteTime time = zone("Africa/Cairo");
    EXPECT_EQ(time.start_of(day("2024-04-26")), at("2024-04-26T01:00:00+03:00"));
    EXPECT_EQ(time.day_of(time.start_of(day("2024-04-26"))), day("2024-04-26"));
}

TEST(FhirTime, ReadsOffsetsAndFractions) {
    EXPECT_EQ(at("2026-11-23T10:00:00-05:00"), at("2026-11-23T15:00:00Z"));
    EXPECT_EQ(at("2026-11-23T10:00:00.25Z") - at("2026-11-23T10:00:00Z"), 250ms);
    EXPECT_EQ(at("2026-11-23T10:00:00.1239999Z") - at("2026-11-23T10:00:00Z"), 123ms);
    EXPECT_EQ(at("2026-11-23T23:59:60Z"), at("2026-11-24T00:00:00Z"));
}

TEST(FhirTime, WritesWhatItReads) {
    for (const char* text : {"2026-11-23T15:00:00.000Z", "1815-12-10T01:02:03.004Z"})
        EXPECT_EQ(format_instant(at(text)), text);
    EXPECT_EQ(format_date(day("1815-12-10")), "1815-12-10");
}

TEST(FhirTime, RefusesWhatIsNotAWholeInstant) {
    for (const char* text :
         {"", "2026", "2026-11-23", "2026-11-23T10:00:00", "2026-11-23T10:00Z",
          "2026-11-23 10:00:00Z", "2026-11-23T10:00:00+0500", "2026-11-23T24:00:00Z",
          "2026-11-23T10:60:00Z", "2026-11-23T10:00:00.Z", "2026-11-23T10:00:00+15:00",
          "2026-02-30T10:00:00Z", "2026-11-23T10:00:00Zjunk", " 2026-11-23T10:00:00Z",
          "-026-11-23T10:00:00Z", "2026-11-23T1\xC3\xA9:00:00Z"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(FhirTime, RefusesDatesThatAreNotWholeOrNotDays) {
    for (const char* text : {"", "1815", "1815-12", "1815-13-01", "1815-02-29",
                             "1815-12-10T", "15-12-10", "1815/12/10"})
        EXPECT_FALSE(parse_date(text)) << text;
    EXPECT_TRUE(parse_date("2024-02-29"));
}

}  // namespace
}  // namespace foyer
