#include <gtest/gtest.h>

#include "sync/clinic/call_name.h"
#include "sync/pull/pull.h"
#include "tests/pull_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

/// Ada's visit a1 at ten; kiosk 3 of the site writes what kiosks write (push does; see
/// push_resources_test).
class PullArrivals : public Pull {
protected:
    PullArrivals() { site.id = "clinic"; }

    CallName theirs = call_name(3, 0);

    json told(const std::string& appointment, const std::string& patient,
              Instant when) const {
        const std::string unit = unit_id("check-in|Appointment/" + appointment);
        return {{"resourceType", "Provenance"},
                {"meta",
                 {{"tag",
                   {{{"system", "urn:foyer:op"}, {"code", unit + "/provenance"}},
                    {{"system", "urn:foyer:arrival"}, {"code", "clinic"}}}}}},
                {"target", {{{"reference", "Appointment/" + appointment}}}},
                {"occurredDateTime", format_instant(when)},
                {"recorded", format_instant(when)},
                {"activity",
                 {{"coding", {{{"system", "urn:foyer:act"}, {"code", "check-in"}}}}}},
                {"agent",
                 {{{"who", {{"reference", "Patient/" + patient}}}},
                  {{"who", {{"identifier", {{"value", "clinic/3"}}}}}}}},
                {"extension",
                 {{{"url", "urn:foyer:call-name"},
                   {"valueString", spoken(theirs, "en")}}}}};
    }
    void arrives(const std::string& appointment, const std::string& patient) {
        clinic.put(told(appointment, patient, now).dump());
    }
};

TEST_P(PullArrivals, WhoCameToAnotherKioskHasOneCallName) {
    has_ada();
    reads();
    arrives("a1", "ada");
    clinic.set("Appointment", "a1", "/status", R"("arrived")");
    a_minute_later();
    EXPECT_EQ(visit("a1").check_in.value().call_name, theirs);
    EXPECT_EQ(must(checks_in({visit("a1").id}))[0].check_in->call_name, theirs);
    EXPECT_TRUE(waiting().empty());
    EXPECT_TRUE(conflicts().empty());
}

TEST_P(PullArrivals, OfAGroupThoseWhoCameHaveArrived) {
    has_patient("ada");
    has_patient("bob", "Babbage");
    has_visit("g1", "ada");
    clinic.set("Appointment", "g1", "/participant/1",
               R"({"actor":{"reference":"Patient/bob"},"status":"accepted"})");
    reads();
    arrives("g1", "bob");
    a_minute_later();
    EXPECT_EQ(visit("g1", "bob").check_in.value().call_name, theirs);
    EXPECT_FALSE(visit("g1", "ada").check_in);
}

TEST_P(PullArrivals, AKioskStartedInTheAfternoonKnowsWhoCameInTheMorning) {
    has_ada();
    arrives("a1", "ada");
    passes(6h);
    reads();
    EXPECT_TRUE(visit("a1").check_in);
}

TEST_P(PullArrivals, AnArrivalSeenBeforeItsVisitIsNotLost) {
    has_ada();
    reads();
    has_patient("bob", "Babbage");
    clinic.put(R"({"resourceType":"Appointment","id":"late","status":"booked"})");
    arrives("late", "bob");
    a_minute_later();
    passes(30min);
    reads();
    has_visit("late", "bob");
    a_minute_later();
    EXPECT_TRUE(visit("late").check_in);
}

TEST_P(PullArrivals, WhatTheClinicMarkedArrivedItselfIsNoCheckIn) {
    has_ada();
    reads();
    clinic.set("Appointment", "a1", "/status", R"("arrived")");
    a_minute_later();
    EXPECT_FALSE(visit("a1").check_in);
    EXPECT_EQ(visit("a1").status, AppointmentStatus::arrived);
}

TEST_P(PullArrivals, TheEarlierOfTwoStandsAndTheConflictIsRecordedOnce) {
    has_ada();
    reads();
    arrives("a1", "ada");
    passes(1min);
    must(checks_in({visit("a1").id}));
    a_minute_later();
    must(puller().read_all_again());
    reads();
    a_minute_later();
    EXPECT_EQ(visit("a1").check_in.value().call_name, theirs);
    ASSERT_EQ(conflicts().size(), 1u);
    EXPECT_EQ(conflicts()[0].kind, "two-arrivals");
    EXPECT_FALSE(conflicts()[0].settled.empty());
}

TEST_P(PullArrivals, OtherSitesAndWhatLacksSomethingCheckNobodyIn) {
    has_ada();
    auto other = told("a1", "ada", now);
    other["meta"]["tag"][1]["code"] = "elsewhere";
    clinic.put(other.dump());
    auto paperwork = told("a1", "ada", now);
    paperwork["activity"]["coding"][0]["code"] = "paperwork";
    clinic.put(paperwork.dump());
    auto nameless = told("a1", "ada", now);
    nameless.erase("extension");
    clinic.put(nameless.dump());
    reads();
    EXPECT_FALSE(visit("a1").check_in);
    EXPECT_EQ(must(pull_findings(store())).refused.size(), 1u);
}

TEST_P(PullArrivals, AClockInDoubtAndLatenessAreTaken) {
    has_ada();
    auto doubted = told("a1", "ada", now);
    doubted["_occurredDateTime"]["extension"] =
        json::array({{{"url", "urn:foyer:clock-quality"}, {"valueCode", "untrusted"}}});
    doubted["extension"].push_back({{"url", "urn:foyer:late"}, {"valueBoolean", true}});
    clinic.put(doubted.dump());
    reads();
    EXPECT_EQ(visit("a1").check_in.value().clock, ClockQuality::untrusted);
    EXPECT_TRUE(visit("a1").check_in->late);
}

TEST_P(PullArrivals, AServerThatDoesNotSearchByTagIsNotAskedAgain) {
    has_ada();
    clinic.broken.tag_search = false;
    reads();
    a_minute_later();
    const int before = http.asked("GET");
    a_minute_later();
    EXPECT_EQ(http.asked("GET") - before, 1);
    EXPECT_TRUE(holds_visit("a1"));
}

INSTANTIATE_TEST_SUITE_P(, PullArrivals,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         name_of_manner);

}  // namespace
}  // namespace foyer
