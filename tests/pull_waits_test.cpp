#include <gtest/gtest.h>

#include "sync/fhir/begun_reader.h"
#include "sync/pull/pull.h"
#include "tests/pull_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using Minutes = std::vector<std::chrono::minutes>;

/// How long people wait, from the Encounters that the clinic writes.
class PullWaits : public Pull {
protected:
    static json period(const std::string& start) {
        return {{"start", "2026-11-23T" + start + ":00-05:00"}};
    }
    /// Arrived and seen, as an EHR with a history writes it.
    static json encounter(const std::string& appointment, const std::string& patient,
                          const std::string& arrived, const std::string& begun) {
        return {{"resourceType", "Encounter"},
                {"id", "e-" + appointment},
                {"status", "finished"},
                {"class", {{"code", "AMB"}}},
                {"subject", {{"reference", "Patient/" + patient}}},
                {"appointment", {{{"reference", "Appointment/" + appointment}}}},
                {"period", period(arrived)},
                {"statusHistory",
                 {{{"status", "arrived"}, {"period", period(arrived)}},
                  {{"status", "in-progress"}, {"period", period(begun)}}}}};
    }
    void arrives(const std::string& appointment) {
        clinic.set("Appointment", appointment, "/status", R"("arrived")");
    }
    /// The visits are asked for every five minutes.
    void some_minutes_later() {
        for (int i = 0; i < 6; ++i) a_minute_later();
    }
    Minutes waits() { return must(store().waits_today(now)); }
    int asked() const { return http.asked("GET", "Encounter"); }
};

TEST_P(PullWaits, ComeFromTheEncountersOfWhoHasArrived) {
    has_many(3);
    reads();
    arrives("v0");
    arrives("v1");
    clinic.put(encounter("v0", "p0", "09:10", "09:22").dump());
    clinic.put(encounter("v2", "p2", "09:00", "09:30").dump());
    some_minutes_later();
    EXPECT_EQ(waits(), Minutes{12min});
    clinic.put(encounter("v1", "p1", "09:15", "09:35").dump());
    some_minutes_later();
    EXPECT_EQ(waits().size(), 2u);
    EXPECT_TRUE(must(pull_findings(store())).refused.empty());
}

TEST_P(PullWaits, AKiosksOwnCheckInIsTheArrival) {
    has_ada();
    reads();
    must(store().check_in({.visits = {visit("a1").id}, .late = {}, .at = now}));
    auto seen = encounter("a1", "ada", "09:00", "10:05");
    seen["status"] = "in-progress";
    clinic.put(seen.dump());
    some_minutes_later();
    EXPECT_EQ(waits(), Minutes{20min});
}

TEST_P(PullWaits, NobodyIsAskedForWhileNobodyHasArrived) {
    has_many(3);
    reads();
    some_minutes_later();
    EXPECT_EQ(asked(), 0);
    arrives("v0");
    some_minutes_later();
    some_minutes_later();
    EXPECT_GE(asked(), 1);
    EXPECT_LE(asked(), 3);
    clinic.put(encounter("v0", "p0", "09:10", "09:22").dump());
    some_minutes_later();
    const int before = asked();
    some_minutes_later();
    EXPECT_EQ(asked(), before);
}

TEST_P(PullWaits, AGroupIsNotAskedFor) {
    has_ada();
    clinic.set("Appointment", "a1", "/serviceType/0/coding/0/code", R"("iop")");
    clinic.put(encounter("a1", "ada", "09:10", "09:22").dump());
    arrives("a1");
    reads();
    some_minutes_later();
    EXPECT_EQ(asked(), 0);
    EXPECT_TRUE(waits().empty());
}

TEST(ReadBegun, NeedsAVisitAPatientATimeAndABegin) {
    const auto good = json::parse(R"({"status": "in-progress",
        "subject": {"reference": "Patient/p"},
        "appointment": [{"reference": "Appointment/a"}],
        "period": {"start": "2026-11-23T09:30:00-05:00"}})");
    const auto read = read_begun(good);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->appointment.id, "a");
    EXPECT_EQ(read->patient.id, "p");
    EXPECT_EQ(read->begun, foyer::at("2026-11-23T09:30:00-05:00"));
    EXPECT_FALSE(read->arrived);
    EXPECT_FALSE(read->from_history);
    for (const char* lost : {"status", "subject", "appointment", "period"}) {
        auto bad = good;
        bad.erase(lost);
        EXPECT_FALSE(read_begun(bad)) << lost;
        bad[lost] = 7;
        EXPECT_FALSE(read_begun(bad)) << lost;
    }
    for (const char* status : {"planned", "arrived", "triaged", "cancelled",
                               "entered-in-error", "unknown", "x"}) {
        auto other = good;
        other["status"] = status;
        EXPECT_FALSE(read_begun(other)) << status;
    }
    auto two = good;
    two["appointment"].push_back({{"reference", "Appointment/b"}});
    EXPECT_FALSE(read_begun(two));
    EXPECT_FALSE(read_begun(json(3)));
}

INSTANTIATE_TEST_SUITE_P(, PullWaits,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         name_of_manner);

}  // namespace
}  // namespace foyer
