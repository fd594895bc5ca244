#include <algorithm>

#include "sync/records/attendance_unit.h"
#include "tests/push_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using Kind = AttendanceKind;

/// Ada and Bob are expected in a program's group g1 at ten.
class PushAttendance : public Pushing {
protected:
    PushAttendance() {
        visit("g1", {"ada", "bob"});
        kiosk.expects("g1", {"ada", "bob"}, Service::iop);
    }
    AttendanceEvent taps(const std::string& patient, Kind kind) {
        const auto here = kiosk.store->visit_of("g1", patient).value();
        return kiosk.store->attend({.visit = here.id, .kind = kind, .at = clock.now()})
            .value();
    }
    void signs_out_at_ten_fifty() {
        kiosk.checks_in("g1", "ada");
        clock.set(at("2026-11-23T10:20:00-05:00"));
        taps("ada", Kind::break_out);
        clock.set(at("2026-11-23T10:30:00-05:00"));
        taps("ada", Kind::break_in);
        clock.set(at("2026-11-23T10:50:00-05:00"));
        taps("ada", Kind::sign_out);
    }
    SessionClosing closes() {
        return kiosk.store
            ->close_attendance(
                {.appointment = "g1", .by = "Amara Okafor", .at = clock.now()})
            .value();
    }
    int rounds() {
        int acknowledged = 0;
        for (int i = 0; i < 4; ++i) acknowledged += kiosk.round().acknowledged;
        return acknowledged;
    }
    std::string encounter_id() { return encounter()["id"]; }
    Json encounter() {
        const auto all = server.all("Encounter");
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? Json() : Json::parse(all.front());
    }
    std::vector<std::string> kinds_at_server() {
        std::vector<std::string> kinds;
        for (const auto& text : server.all("Observation"))
            kinds.push_back(
                Json::parse(text)["valueCodeableConcept"]["coding"][0]["code"]);
        std::ranges::sort(kinds);
        return kinds;
    }
};

INSTANTIATE_TEST_SUITE_P(Both, PushAttendance,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         [](const auto& with) {
                             return with.param == FakeFhir::Manner::hapi
                                        ? std::string("Hapi")
                                        : std::string("Medplum");
                         });

TEST_P(PushAttendance, EveryEventIsAtTheServerOnceAndTheGroupsStatusIsLeftAlone) {
    signs_out_at_ten_fifty();
    EXPECT_EQ(rounds(), 4);
    EXPECT_EQ(kinds_at_server(), (std::vector<std::string>{"break-in", "break-out",
                                                           "sign-in", "sign-out"}));
    EXPECT_EQ(status("g1"), "booked");
    EXPECT_EQ(server.history("Appointment", "g1"), 1);
    EXPECT_EQ(encounter()["status"], "arrived");
    EXPECT_EQ(kiosk.waiting(), 0u);
}

TEST_P(PushAttendance, ALostAnswerMakesNoSecondEvent) {
    kiosk.checks_in("g1", "ada");
    rounds();
    taps("ada", Kind::sign_out);
    kiosk.http.lose_next_answer = true;
    kiosk.round();
    clock.advance(1h);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(kinds_at_server(), (std::vector<std::string>{"sign-in", "sign-out"}));
}

TEST_P(PushAttendance, TwoKiosksThatHeardTheSameTapMakeOneObservation) {
    PushKiosk other(server, clock, 1);
    other.expects("g1", {"ada", "bob"}, Service::iop);
    for (auto* each : {&kiosk, &other}) {
        const auto here = each->store->visit_of("g1", "ada").value();
        ASSERT_TRUE(each->store->attend(
            {.visit = here.id, .kind = Kind::break_out, .at = clock.now()}));
    }
    EXPECT_EQ(rounds(), 1);
    EXPECT_EQ(other.round().acknowledged, 1);
    EXPECT_EQ(kinds_at_server(), std::vector<std::string>{"break-out"});
}

TEST_P(PushAttendance, WhatWasAmendedStaysAsItWas) {
    kiosk.checks_in("g1", "ada");
    const auto out = taps("ada", Kind::sign_out);
    rounds();
    const auto before = server.all("Observation");
    FacilitatorAct act;
    act.appointment = "g1";
    act.patient = "ada";
    act.at = clock.now() - 5min;
    act.by = "Amara Okafor";
    act.amends = out.unit;
    act.reason = "The bus came early";
    act.recorded = clock.now();
    ASSERT_TRUE(kiosk.store->attest(act));
    EXPECT_EQ(rounds(), 1);
    auto after = server.all("Observation");
    EXPECT_EQ(after.size(), 3u);
    for (const auto& text : before)
        EXPECT_NE(std::ranges::find(after, text), after.end());
}

TEST_P(PushAttendance, AVisitThatIsGoneTakesNoHoursFromAnybody) {
    taps("ada", Kind::sign_out);
    server.remove("Appointment", "g1");
    rounds();
    clock.advance(1h);
    rounds();
    ASSERT_EQ(kinds_at_server().size(), 1u);
    EXPECT_EQ(kiosk.parked(), 0u);
}

TEST_P(PushAttendance, TheEndOfTheGroupIsInEachPatientsEncounter) {
    signs_out_at_ten_fifty();
    rounds();
    const std::string id = encounter()["id"];
    server.set("Encounter", id, "/extension",
               R"([{"url":"urn:clinic:room","valueDecimal":12.50}])");
    EXPECT_EQ(closes().closed, 1);
    EXPECT_EQ(rounds(), 1);
    const Json closed = encounter();
    EXPECT_EQ(closed["status"], "finished");
    EXPECT_EQ(closed["period"]["start"], "2026-11-23T14:45:00.000Z");
    EXPECT_EQ(closed["period"]["end"], "2026-11-23T15:50:00.000Z");
    ASSERT_EQ(closed["statusHistory"].size(), 3u);
    EXPECT_EQ(closed["statusHistory"][1]["status"], "onleave");
    EXPECT_EQ(closed["statusHistory"][1]["period"]["end"], "2026-11-23T15:30:00.000Z");
    EXPECT_EQ(closed["extension"][0]["url"], "urn:clinic:room");
    EXPECT_EQ(status("g1"), "booked");
}

TEST_P(PushAttendance, TheEndWaitsForItsCheckInAndIsToldOnce) {
    signs_out_at_ten_fifty();
    closes();
    closes();
    EXPECT_EQ(rounds(), 5);
    EXPECT_EQ(encounter()["status"], "finished");
    const int versions = server.history("Encounter", encounter_id());
    closes();
    EXPECT_EQ(rounds(), 1);
    EXPECT_EQ(server.history("Encounter", encounter_id()), versions);
}

TEST_P(PushAttendance, AMissingSignOutClosesNothing) {
    signs_out_at_ten_fifty();
    kiosk.checks_in("g1", "bob");
    const auto closing = closes();
    EXPECT_EQ(closing.closed, 0);
    ASSERT_EQ(closing.open.size(), 1u);
    EXPECT_EQ(closing.open[0].patient.id, "bob");
    rounds();
    for (const auto& text : server.all("Encounter"))
        EXPECT_EQ(Json::parse(text)["status"], "arrived");
}

TEST_P(PushAttendance, AnEditMeanwhileIsNotOverwrittenByTheEnd) {
    signs_out_at_ten_fifty();
    rounds();
    const std::string id = encounter()["id"];
    closes();
    bool edited = false;
    kiosk.http.before = [&](const HttpRequest& request) {
        if (request.method != "POST" || edited) return;
        edited = true;
        server.set("Encounter", id, "/serviceType", R"({"text":"set by the EHR"})");
    };
    EXPECT_EQ(rounds(), 1);
    EXPECT_EQ(encounter()["status"], "finished");
    EXPECT_EQ(encounter()["serviceType"]["text"], "set by the EHR");
}

TEST_P(PushAttendance, AnEncounterCalledOffMeanwhileIsTheStaffsToDecide) {
    signs_out_at_ten_fifty();
    rounds();
    server.set("Encounter", encounter_id(), "/status", R"("entered-in-error")");
    closes();
    rounds();
    EXPECT_EQ(encounter()["status"], "entered-in-error");
    ASSERT_EQ(kiosk.conflicts().size(), 1u);
    EXPECT_EQ(kiosk.conflicts()[0].kind, "encounter-cancelled");
    EXPECT_EQ(task()["reasonCode"]["coding"][0]["code"], "encounter-cancelled");
}

TEST_P(PushAttendance, WhomOnlyTheFacilitatorSawHasAnEncounterToo) {
    clock.set(at("2026-11-23T11:30:00-05:00"));
    for (const auto& [kind, when] :
         {std::pair{Kind::sign_in, "2026-11-23T10:05:00-05:00"},
          std::pair{Kind::sign_out, "2026-11-23T10:50:00-05:00"}}) {
        FacilitatorAct act;
        act.appointment = "g1";
        act.patient = "bob";
        act.kind = kind;
        act.at = at(when);
        act.by = "Amara Okafor";
        act.recorded = clock.now();
        ASSERT_TRUE(kiosk.store->attest(act));
    }
    EXPECT_EQ(closes().closed, 1);
    EXPECT_EQ(rounds(), 3);
    EXPECT_EQ(encounter()["status"], "finished");
    EXPECT_EQ(encounter()["identifier"][0]["value"],
              unit_id("check-in|Appointment/g1|Patient/bob") + "/encounter");
}

TEST_P(PushAttendance, AServerWithoutEncountersStillHasTheEvents) {
    server.broken.refused_types = {"Encounter"};
    kiosk.abilities.refused_types = {"Encounter"};
    signs_out_at_ten_fifty();
    closes();
    EXPECT_EQ(rounds(), 5);
    EXPECT_EQ(kinds_at_server().size(), 4u);
    EXPECT_EQ(kiosk.parked(), 0u);
}

}  // namespace
}  // namespace foyer
