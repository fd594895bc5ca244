#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sync/server/probe.h"
#include "tests/support/fake_fhir.h"
#include "tests/support/fake_http.h"

namespace foyer {
namespace {

using nlohmann::json;
using Manner = FakeFhir::Manner;

class Probing : public testing::TestWithParam<Manner> {
protected:
    Result<Abilities> probed() { return probe(server, "clinic/3"); }
    Abilities found() {
        auto abilities = probed();
        EXPECT_TRUE(abilities) << abilities.error().what;
        return abilities ? std::move(*abilities) : Abilities();
    }
    /// Which lines of foyer doctor say that something does not hold.
    static int bad_lines(const Abilities& abilities) {
        int bad = 0;
        for (const auto& line : lines_of(abilities)) {
            EXPECT_FALSE(line.what.empty());
            EXPECT_EQ(line.good, line.follows.empty()) << line.what;
            bad += !line.good;
        }
        return bad;
    }
    void leaves_only_its_own_task() {
        const auto tasks = fhir.all("Task");
        ASSERT_EQ(tasks.size(), 1u);
        const json task = json::parse(tasks.front());
        EXPECT_EQ(task["status"], "entered-in-error");
        EXPECT_EQ(task["identifier"][0]["value"], "clinic/3");
    }

    FakeFhir fhir{GetParam()};
    FakeHttp http{fhir};
    FixedToken token{""};
    ManualClock clock{fhir.now};
    FhirServer server{{&http, &token, &clock, std::string(FakeFhir::base)}};
};

TEST_P(Probing, FindsThatAGoodServerDoesAllThatWeNeed) {
    const Abilities abilities = found();
    EXPECT_TRUE(abilities.conditional_create);
    EXPECT_TRUE(abilities.refuses_stale);
    EXPECT_TRUE(abilities.atomic);
    EXPECT_TRUE(abilities.tag_search);
    EXPECT_TRUE(abilities.last_updated);
    EXPECT_EQ(abilities.entries, 8);
    EXPECT_TRUE(abilities.can_confirm_seats());
    EXPECT_EQ(abilities.refused_types, std::vector<std::string>());
    EXPECT_EQ(bad_lines(abilities), 0);
    leaves_only_its_own_task();
}

TEST_P(Probing, LeavesTheSameOneTaskEachTime) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(found().can_confirm_seats());
    leaves_only_its_own_task();
}

TEST_P(Probing, FindsATransactionThatLeavesAPart) {
    fhir.broken.atomic = false;
    const Abilities abilities = found();
    EXPECT_FALSE(abilities.atomic);
    EXPECT_TRUE(abilities.refuses_stale);
    EXPECT_FALSE(abilities.can_confirm_seats());
    EXPECT_GE(bad_lines(abilities), 1);
    leaves_only_its_own_task();
}

TEST_P(Probing, FindsThatOldVersionsAreTaken) {
    fhir.broken.refuses_stale = false;
    const Abilities abilities = found();
    EXPECT_FALSE(abilities.refuses_stale);
    EXPECT_FALSE(abilities.can_confirm_seats());
    leaves_only_its_own_task();
}

TEST_P(Probing, FindsThatTheSameThingIsKeptTwice) {
    fhir.broken.conditional_create = false;
    const Abilities abilities = found();
    EXPECT_FALSE(abilities.conditional_create);
    EXPECT_FALSE(abilities.can_confirm_seats());
    leaves_only_its_own_task();
}

TEST_P(Probing, FindsHowManyEntriesATransactionTakes) {
    fhir.broken.most_entries = 5;
    const Abilities abilities = found();
    EXPECT_EQ(abilities.entries, 4);
    EXPECT_TRUE(abilities.can_confirm_seats());
    EXPECT_EQ(bad_lines(abilities), 1);
    leaves_only_its_own_task();
}

TEST_P(Probing, FindsThatTagsAreNotSearched) {
    fhir.broken.tag_search = false;
    EXPECT_FALSE(found().tag_search);
}

TEST_P(Probing, TellsATaskLessServerFromOneThatIsDown) {
    fhir.broken.refused_types = {"Task"};
    const Abilities abilities = found();
    EXPECT_FALSE(abilities.takes("Task"));
    EXPECT_FALSE(abilities.can_confirm_seats());

    http.fail_next(503, std::nullopt, 1);
    EXPECT_EQ(probed().error().code, Error::Code::busy);
    http.fail_next(403, std::nullopt, 1);
    EXPECT_EQ(probed().error().code, Error::Code::refused);
    http.online = false;
    EXPECT_EQ(probed().error().code, Error::Code::offline);
}

TEST_P(Probing, ClearsAwayWhatAnInterruptedRunLeft) {
    fhir.broken.atomic = false;
    http.after = [&](const HttpRequest& request, const HttpResponse&) {
        if (request.body.find("not to stay") != std::string::npos) http.online = false;
    };
    EXPECT_EQ(probed().error().code, Error::Code::offline);
    EXPECT_EQ(fhir.all("Task").size(), 2u);
    http.after = {};
    http.online = true;
    fhir.broken.atomic = true;
    EXPECT_TRUE(found().atomic);
    leaves_only_its_own_task();
}

TEST_P(Probing, IsRememberedAsText) {
    Abilities abilities = found();
    abilities.refused_types = {"Slot"};
    abilities.software = "Server \"4\"";
    const auto again = abilities_from(to_text(abilities));
    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ(to_text(*again), to_text(abilities));
    EXPECT_FALSE(again->takes("Slot"));
    EXPECT_TRUE(again->can_confirm_seats());
    EXPECT_EQ(again->entries, abilities.entries);
    for (const char* text : {"", "{}", "[]", "{\"atomic\":true}", "nonsense"})
        EXPECT_EQ(abilities_from(text).error().code, Error::Code::corrupt) << text;
}

INSTANTIATE_TEST_SUITE_P(Servers, Probing,
                         testing::Values(Manner::hapi, Manner::medplum),
                         [](const auto& manner) {
                             return manner.param == Manner::hapi ? "Hapi" : "Medplum";
                         });

}  // namespace
}  // namespace foyer
