#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/fhir/demo_clinic.h"
#include "sync/fhir/json_tree.h"

namespace foyer {
namespace {

const std::string folder = FOYER_SOURCE_DIR "/assets/demo/";

std::string demo_clinic() {
    std::ifstream in(folder + "clinic.json");
    return {std::istreambuf_iterator<char>(in), {}};
}

SiteTime new_york() {
    return *SiteTime::in_zone("America/New_York");
}
Instant at(const char* text) {
    return *parse_instant(text);
}

std::string rendered(const std::string& text,
                     const char* now = "2026-11-23T09:41:00-05:00") {
    const auto done = render_demo(text, at(now), new_york());
    return done ? *done : "refused: " + done.error().what;
}

TEST(DemoClinic, FillsInDaysAndTimes) {
    EXPECT_EQ(rendered("a {{today+0}} b"), "a 2026-11-23 b");
    EXPECT_EQ(rendered("{{today-1}}{{today+14}}"), "2026-11-222026-12-07");
    EXPECT_EQ(rendered("{{today+0 10:00}}"), "2026-11-23T15:00:00.000Z");
    EXPECT_EQ(rendered("{{now+20}}"), "2026-11-23T15:05:00.000Z");
}

TEST(DemoClinic, KeepsTheWallClockOverAChangeOfTheClocks) {
    const char* eve = "2026-10-31T12:00:00-04:00";
    EXPECT_EQ(rendered("{{today+0 10:00}}", eve), "2026-10-31T14:00:00.000Z");
    EXPECT_EQ(rendered("{{today+1 10:00}}", eve), "2026-11-01T15:00:00.000Z");
}

TEST(DemoClinic, TheNextVisitIsStillToday) {
    EXPECT_EQ(rendered("{{now+20}}", "2026-11-23T23:58:00-05:00"),
              "2026-11-24T04:55:00.000Z");
}

TEST(DemoClinic, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(rendered("\n{{tomorrow}}").substr(0, 15), "refused: line 2");
    for (const auto* text : {"{{today}}", "{{today+0 24:00}}", "{{today+1 9}}",
                             "{{now}}", "{{now+99999}}", "{{today+1"})
        EXPECT_EQ(rendered(text).substr(0, 8), "refused:") << text;
}

TEST(DemoClinic, IsValidJsonAndItsSiteFileIsAccepted) {
    EXPECT_TRUE(parse_json(rendered(demo_clinic())));
    const auto site = read_site(folder + "foyer.toml");
    ASSERT_TRUE(site) << site.error().what;
    EXPECT_TRUE(opening(*site, at("2026-11-22T03:00:00-05:00")).open);
}

}  // namespace
}  // namespace foyer
