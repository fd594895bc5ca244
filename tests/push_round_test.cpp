#include <algorithm>

#include "tests/push_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Server = PushOutcome::Server;
using Json = nlohmann::json;

INSTANTIATE_TEST_SUITE_P(Both, Pushing,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         [](const auto& with) {
                             return with.param == FakeFhir::Manner::hapi
                                        ? std::string("Hapi")
                                        : std::string("Medplum");
                         });

std::string help(const std::string& nth = "1") {
    return R"({"act":"desk","reason":"help","at":"2026-11-23T14:45:00.000Z","n":)" +
           nth + "}";
}
std::string safety(const std::string& patient = "ada") {
    return R"({"act":"safety","patient":")" + patient +
           R"(","form":"https://foyer.example/forms/phq-9","rule":"phq-9/item-9",)"
           R"("level":"alert","what":"changed","path":"[{\"id\":\"g\"},{\"id\":\"9\"}]",)"
           R"("answer":"{\"valueInteger\":1}","at":"2026-11-23T14:45:00.000Z"})";
}
std::string paperwork() {
    return R"({"act":"paperwork","appointment":"a1","patient":"ada",)"
           R"("at":"2026-11-23T14:50:00.000Z"})";
}
std::string form(const std::string& id, const std::string& status = "completed") {
    return R"({"act":"form","patient":"ada","form":"https://x/forms/phq-9","bundle":)"
           R"({"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":)"
           R"("urn:uuid:0c3f5d9e-7a1b-4f7e-9a55-6a2b0f1f4c01","resource":)"
           R"({"resourceType":"QuestionnaireResponse","identifier":)"
           R"({"system":"urn:foyer:op","value":")" +
           id + R"(/response"},"status":")" + status +
           R"(","subject":{"reference":"Patient/ada"},"authored":)"
           R"("2026-11-23T14:50:00Z","item":[{"linkId":"1","answer":)"
           R"([{"valueDecimal":1.50}]}]},"request":{"method":"POST",)"
           R"("url":"QuestionnaireResponse","ifNoneExist":)"
           R"("identifier=urn:foyer:op|)" +
           id + R"(/response"}}]}})";
}

TEST_P(Pushing, AnArrivalReachesTheClinicOnceTheNetworkReturns) {
    kiosk.http.online = false;
    kiosk.checks_in("a1", "ada");
    EXPECT_EQ(kiosk.round().server, Server::unreachable);
    EXPECT_EQ(kiosk.waiting(), 1u);

    kiosk.http.online = true;
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(appointment()["participant"][1]["status"], "accepted");
    EXPECT_EQ(server.all("Provenance").size(), 1u);
    EXPECT_EQ(kiosk.waiting(), 0u);
}

TEST_P(Pushing, WhatElseAnAppointmentSaysSurvives) {
    const Json before = appointment();
    kiosk.checks_in("a1", "ada");
    kiosk.round();

    const auto puts = std::ranges::find_if(
        kiosk.http.log, [](const auto& line) { return line.request.method == "POST"; });
    ASSERT_NE(puts, kiosk.http.log.end());
    EXPECT_NE(puts->request.body.find("12.5"), std::string::npos);
    Json after = appointment();
    EXPECT_EQ(after["extension"], before["extension"]);
    EXPECT_EQ(after["comment"], "by the window");
    EXPECT_EQ(after["participant"][0], before["participant"][0]);
}

TEST_P(Pushing, AnAnswerThatIsLostMakesNothingTwice) {
    kiosk.checks_in("a1", "ada");
    kiosk.http.before = [&](const HttpRequest& request) {
        kiosk.http.lose_next_answer = request.method == "POST";
    };
    EXPECT_EQ(kiosk.round().server, Server::unreachable);
    kiosk.http.before = {};
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(kiosk.waiting(), 1u);

    clock.advance(1h);
    const auto writes = server.writes();
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(server.writes(), writes);
    EXPECT_EQ(server.all("Provenance").size(), 1u);
}

TEST_P(Pushing, AnArrivalThatWasToldIsNotDecidedAgain) {
    kiosk.checks_in("a1", "ada");
    kiosk.http.before = [&](const HttpRequest& request) {
        kiosk.http.lose_next_answer = request.method == "POST";
    };
    kiosk.round();
    kiosk.http.before = {};
    // The patient came, was seen to be here, and the visit was called off for today.
    server.set("Appointment", "a1", "/status", R"("cancelled")");

    clock.advance(1h);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_TRUE(kiosk.conflicts().empty());
    EXPECT_EQ(kiosk.waiting(), 0u);
}

TEST_P(Pushing, AVisitCancelledMeanwhileStaysSoAndTheDeskHears) {
    kiosk.checks_in("a1", "ada");
    server.set("Appointment", "a1", "/status", R"("cancelled")");

    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "cancelled");
    ASSERT_EQ(kiosk.conflicts().size(), 1u);
    EXPECT_EQ(kiosk.conflicts()[0].kind, "visit-cancelled");
    EXPECT_TRUE(kiosk.conflicts()[0].settled.empty());
    EXPECT_NE(kiosk.conflicts()[0].theirs.find("cancelled"), std::string::npos);

    kiosk.round();
    EXPECT_EQ(task()["priority"], "urgent");
    EXPECT_EQ(task()["for"]["reference"], "Patient/ada");
    EXPECT_EQ(kiosk.waiting(), 0u);
}

TEST_P(Pushing, AVisitMovedToAnotherDayIsNotArrivedAt) {
    kiosk.checks_in("a1", "ada");
    server.set("Appointment", "a1", "/start", R"("2026-11-25T15:00:00Z")");
    kiosk.round();
    kiosk.round();
    EXPECT_EQ(status(), "booked");
    EXPECT_EQ(kiosk.conflicts().at(0).kind, "visit-moved");
    EXPECT_EQ(task()["reasonCode"]["coding"][0]["code"], "visit-moved");
}

TEST_P(Pushing, AVisitMovedByAnHourIsArrivedAt) {
    kiosk.checks_in("a1", "ada");
    server.set("Appointment", "a1", "/start", R"("2026-11-23T19:00:00Z")");
    kiosk.round();
    EXPECT_EQ(status(), "arrived");
    EXPECT_TRUE(kiosk.conflicts().empty());
}

TEST_P(Pushing, AVisitThatIsGoneLeavesATaskThatRefersToNothingGone) {
    kiosk.checks_in("a1", "ada");
    server.remove("Appointment", "a1");
    kiosk.round();
    EXPECT_EQ(kiosk.conflicts().at(0).kind, "visit-gone");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_FALSE(task()["focus"].contains("reference"));
}

TEST_P(Pushing, AVisitOfSomebodyElseMeanwhileIsLeftAlone) {
    kiosk.checks_in("a1", "ada");
    server.set("Appointment", "a1", "/participant/1/actor/reference",
               R"("Patient/bob")");
    kiosk.round();
    EXPECT_EQ(status(), "booked");
    EXPECT_EQ(kiosk.conflicts().at(0).kind, "not-a-participant");
}

TEST_P(Pushing, WhoeverHasArrivedAlreadyIsOnlyToldOf) {
    kiosk.checks_in("a1", "ada");
    server.set("Appointment", "a1", "/status", R"("fulfilled")");
    const int versions = server.history("Appointment", "a1");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(server.history("Appointment", "a1"), versions);
    EXPECT_EQ(server.all("Provenance").size(), 1u);
    EXPECT_TRUE(kiosk.conflicts().empty());
}

TEST_P(Pushing, AnEditBetweenReadingAndWritingIsNotOverwritten) {
    kiosk.checks_in("a1", "ada");
    bool edited = false;
    kiosk.http.before = [&](const HttpRequest& request) {
        if (request.method != "POST" || edited) return;
        edited = true;
        server.set("Appointment", "a1", "/comment", R"("moved to room 3")");
    };
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(appointment()["comment"], "moved to room 3");
}

TEST_P(Pushing, ACancellationBetweenReadingAndWritingIsSeen) {
    kiosk.checks_in("a1", "ada");
    bool edited = false;
    kiosk.http.before = [&](const HttpRequest& request) {
        if (request.method != "POST" || edited) return;
        edited = true;
        server.set("Appointment", "a1", "/status", R"("cancelled")");
    };
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "cancelled");
    EXPECT_EQ(kiosk.conflicts().at(0).kind, "visit-cancelled");
    EXPECT_TRUE(server.all("Provenance").empty());
}

TEST_P(Pushing, TwoKiosksThatDoTheSameMakeItOnce) {
    PushKiosk other(server, clock, 1);
    other.expects("a1", {"ada"});
    kiosk.checks_in("a1", "ada");
    clock.advance(3min);
    other.checks_in("a1", "ada");

    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(other.round().acknowledged, 1);
    EXPECT_EQ(server.all("Provenance").size(), 1u);
    EXPECT_EQ(server.history("Appointment", "a1"), 2);
    ASSERT_EQ(other.conflicts().size(), 1u);
    EXPECT_EQ(other.conflicts()[0].kind, "two-arrivals");
    EXPECT_EQ(other.conflicts()[0].settled, "theirs is the earliest trusted time");
    EXPECT_TRUE(kiosk.conflicts().empty());
}

TEST_P(Pushing, TheEarlierOfTwoArrivalsIsToldEvenWhenItComesLast) {
    PushKiosk other(server, clock, 1);
    other.expects("a1", {"ada"});
    kiosk.checks_in("a1", "ada");
    clock.advance(3min);
    other.checks_in("a1", "ada");

    other.round();
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(kiosk.conflicts().at(0).settled, "ours is the earliest trusted time");
    EXPECT_EQ(server.all("Provenance").size(), 2u);
    EXPECT_EQ(server
                  .done("Provenance",
                        unit_id("check-in|Appointment/a1") + "/provenance-clinic/0")
                  .size(),
              1u);
}

TEST_P(Pushing, AnUntrustedTimeIsNeverTheEarliest) {
    PushKiosk other(server, clock, 1);
    other.expects("a1", {"ada"});
    kiosk.checks_in("a1", "ada", ClockQuality::untrusted);
    clock.advance(3min);
    other.checks_in("a1", "ada");
    other.round();
    kiosk.round();
    EXPECT_EQ(kiosk.conflicts().at(0).settled, "theirs is the earliest trusted time");
    EXPECT_EQ(server.all("Provenance").size(), 1u);
}

TEST_P(Pushing, OneRefusedUnitStopsNoOther) {
    kiosk.http.before = [&](const HttpRequest& request) {
        if (request.body.find("1234") != std::string::npos) kiosk.http.fail_next(422);
    };
    kiosk.queues("bad", Lane::forms, form("1234"));
    kiosk.queues("good", Lane::forms, form("5678"));
    kiosk.checks_in("a1", "ada");
    const auto outcome = kiosk.round();
    EXPECT_EQ(outcome.acknowledged, 2);
    EXPECT_EQ(outcome.parked, 1);
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(server.all("QuestionnaireResponse").size(), 1u);

    // The desk hears of it, in other words than the server's.
    ASSERT_EQ(kiosk.parked(), 1u);
    EXPECT_EQ(kiosk.store->parked_units().value()[0].why, "HTTP 422: a test said so");
    kiosk.http.before = {};
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(task()["reasonCode"]["coding"][0]["code"], "unit-refused");
    EXPECT_EQ(task().dump().find("a test said so"), std::string::npos);
}

TEST_P(Pushing, ARefusedTaskIsNotFollowedByAnother) {
    kiosk.queues("walk-in", Lane::desk,
                 R"({"act":"desk","reason":"walk-in","at":"2026-11-23T14:45:00Z"})");
    kiosk.http.fail_next(422, {}, 2);
    EXPECT_EQ(kiosk.round().parked, 1);
    EXPECT_EQ(kiosk.waiting(), 1u);
}

TEST_P(Pushing, ABodyThatIsNoneIsParkedAndAsksNobody) {
    kiosk.queues("rubbish", Lane::forms, "{");
    kiosk.queues("unknown", Lane::forms, R"({"act":"dance"})");
    kiosk.queues("too-many", Lane::forms,
                 R"({"act":"form","bundle":{"resourceType":"Bundle","entry":[)"
                 R"(1,2,3,4,5,6,7,8,9]}})");
    EXPECT_EQ(kiosk.round().parked, 3);
    EXPECT_TRUE(kiosk.http.log.empty());
}

TEST_P(Pushing, NobodyLetInEndsTheRound) {
    kiosk.checks_in("a1", "ada");
    kiosk.queues("one", Lane::forms, form("1234"));
    server.broken.authorization = "Bearer right";
    const auto outcome = kiosk.round();
    EXPECT_EQ(outcome.server, Server::unauthorized);
    EXPECT_EQ(outcome.acknowledged + outcome.later + outcome.parked, 0);

    server.broken.authorization = "";
    EXPECT_EQ(kiosk.round().acknowledged, 2);
}

TEST_P(Pushing, AServerThatAsksForPatienceIsLeftAlone) {
    kiosk.queues("one", Lane::forms, form("1234"));
    kiosk.queues("two", Lane::forms, form("5678"));
    kiosk.http.fail_next(429, 90s);
    const auto outcome = kiosk.round();
    EXPECT_EQ(outcome.server, Server::busy);
    EXPECT_EQ(outcome.retry_after, 90s);
    EXPECT_EQ(kiosk.http.log.size(), 1u);

    clock.advance(89s);
    EXPECT_EQ(kiosk.round().acknowledged, 1);  // the one not tried
    EXPECT_EQ(kiosk.round().acknowledged, 0);
    clock.advance(1s);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
}

TEST_P(Pushing, AnErrorOfTheServerIsNoFaultOfTheUnit) {
    kiosk.queues("one", Lane::forms, form("1234"));
    kiosk.http.fail_next(500);
    EXPECT_EQ(kiosk.round().later, 1);
    clock.advance(10min);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(server.all("QuestionnaireResponse").size(), 1u);
}

/// A web server that has never heard of FHIR.
class NotFhir final : public Http {
public:
    explicit NotFhir(int wanted) : status(wanted) {}
    int status;
    Result<HttpResponse> send(const HttpRequest&) override {
        HttpResponse answer;
        answer.status = status;
        answer.body = "<html>no such page</html>";
        return answer;
    }
};

TEST_P(Pushing, AServerThatIsNoneParksNothing) {
    for (const int status : {200, 302, 404, 405, 410, 502}) {
        PushKiosk fresh(server, clock, 1);
        fresh.expects("a1", {"ada"});
        fresh.checks_in("a1", "ada");
        fresh.queues("one", Lane::forms, form("1234"));
        NotFhir http(status);
        FhirServer elsewhere(FhirServer::Parts{&http, &fresh.token, &clock,
                                               std::string(FakeFhir::base)});
        Pusher::Parts parts{&*fresh.store, &elsewhere, &fresh.site, fresh.time, 1};
        parts.clock = &clock;
        Pusher pusher(parts);
        for (int i = 0; i < 3; ++i) {
            const auto outcome = pusher.round(16, Lane::audit, fresh.abilities).value();
            EXPECT_EQ(outcome.acknowledged + outcome.parked, 0) << status;
            clock.advance(1h);
        }
        EXPECT_TRUE(fresh.conflicts().empty()) << status;
        EXPECT_EQ(fresh.waiting(), 2u) << status;
    }
}

TEST_P(Pushing, SomebodyInNeedOvertakesTheDaysArrivals) {
    kiosk.checks_in("a1", "ada");
    kiosk.queues("s", Lane::safety, safety());
    kiosk.queues("h", Lane::safety, help());
    EXPECT_EQ(kiosk.round(16, Lane::safety).acknowledged, 2);
    EXPECT_EQ(status(), "booked");
    EXPECT_EQ(kiosk.http.asked("GET", "Appointment"), 0);
    for (const auto& text : server.all("Task"))
        EXPECT_EQ(Json::parse(text)["priority"], "stat");
    // Read back before they count as told.
    EXPECT_EQ(kiosk.http.asked("GET", "Task?identifier="), 2);
}

TEST_P(Pushing, WhatCannotBeReadBackIsNotTold) {
    kiosk.queues("h", Lane::safety, help());
    kiosk.http.after = [&](const HttpRequest& request, const HttpResponse&) {
        if (request.method != "POST") return;
        server.remove("Task", Json::parse(server.all("Task").at(0)).value("id", ""));
    };
    EXPECT_EQ(kiosk.round().later, 1);
    kiosk.http.after = {};
    clock.advance(5s);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(server.all("Task").size(), 1u);
}

TEST_P(Pushing, ASafetyTaskOfAPatientWhoIsGoneStillArrives) {
    kiosk.queues("s", Lane::safety, safety("nobody"));
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(task()["priority"], "stat");
}

TEST_P(Pushing, AUnitWaitsForTheOneItNeeds) {
    kiosk.queues("first", Lane::forms, form("1234"));
    kiosk.queues("second", Lane::consents, form("5678"), unit_id("first"));
    kiosk.http.fail_next(422);
    EXPECT_EQ(kiosk.round().parked, 1);
    kiosk.round();
    EXPECT_TRUE(server.all("QuestionnaireResponse").empty());

    EXPECT_TRUE(kiosk.store->retry_unit(unit_id("first"), clock.now()));
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(server.all("QuestionnaireResponse").size(), 2u);
}

TEST_P(Pushing, PaperworkMakesAnArrivalCheckedIn) {
    kiosk.checks_in("a1", "ada");
    kiosk.queues("p", Lane::arrivals, paperwork(), unit_id("check-in|Appointment/a1"));
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "checked-in");
}

TEST_P(Pushing, PaperworkOfACancelledVisitChangesNothingAndTellsTheDeskNothingNew) {
    server.set("Appointment", "a1", "/status", R"("cancelled")");
    kiosk.queues("p", Lane::arrivals, paperwork());
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "cancelled");
    EXPECT_EQ(kiosk.waiting(), 0u);
    EXPECT_EQ(kiosk.conflicts().size(), 1u);
}

TEST_P(Pushing, AGroupsSharedStatusIsNotTouched) {
    visit("g1", {"ada", "bob"});
    kiosk.expects("g1", {"ada", "bob"});
    kiosk.checks_in("g1", "ada");
    kiosk.checks_in("g1", "bob");
    EXPECT_EQ(kiosk.round().acknowledged, 2);
    EXPECT_EQ(status("g1"), "booked");
    EXPECT_EQ(server.history("Appointment", "g1"), 1);
    EXPECT_EQ(server.all("Encounter").size(), 2u);
    EXPECT_EQ(server.all("Observation").size(), 2u);
}

TEST_P(Pushing, AVisitThatBecameAGroupsMeanwhileIsTreatedAsOne) {
    server.remove("Appointment", "a1");
    visit("a1", {"ada", "bob"});
    kiosk.checks_in("a1", "ada");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(status(), "booked");
    EXPECT_EQ(server.all("Encounter").size(), 1u);
}

TEST_P(Pushing, APart2ServiceLabelsWhatIsWritten) {
    kiosk.site.part2.services = {Service::iop};
    visit("p1", {"bob"});
    kiosk.expects("p1", {"bob"}, Service::iop);
    kiosk.checks_in("p1", "bob");
    kiosk.checks_in("a1", "ada");
    kiosk.round();
    int labelled = 0;
    for (const auto& text : server.all("Provenance")) {
        const Json json = Json::parse(text);
        const bool marked = json["meta"].contains("security");
        EXPECT_EQ(marked, json["target"][0]["reference"] == "Appointment/p1");
        labelled += marked ? 1 : 0;
        if (marked) {
            EXPECT_EQ(json["meta"]["security"][0]["code"], "42CFRPart2");
            EXPECT_EQ(json["meta"]["security"][1]["code"], "R");
        }
    }
    EXPECT_EQ(labelled, 1);
}

TEST_P(Pushing, SeveralArrivalsAreReadInOneRequest) {
    for (const char* id : {"v1", "v2", "v3", "v4"}) {
        visit(id, {"ada"});
        kiosk.expects(id, {"ada"});
        kiosk.checks_in(id, "ada");
    }
    EXPECT_EQ(kiosk.round().acknowledged, 4);
    EXPECT_EQ(kiosk.http.asked("GET"), 1);
    EXPECT_EQ(kiosk.http.asked("POST"), 4);
}

TEST_P(Pushing, UnitsTriedBeforeAreLookedForInOneRequest) {
    for (const char* id : {"1", "2", "3"}) kiosk.queues(id, Lane::forms, form(id));
    kiosk.http.online = false;
    kiosk.round();
    kiosk.http.online = true;
    kiosk.http.log.clear();
    EXPECT_EQ(kiosk.round().acknowledged, 3);
    EXPECT_EQ(kiosk.http.asked("GET"), 1);
}

TEST_P(Pushing, ARoundIsTwoCommits) {
    for (const char* id : {"1", "2", "3"}) kiosk.queues(id, Lane::forms, form(id));
    int commits = 0;
    kiosk.store->on_commit([&] { ++commits; });
    EXPECT_EQ(kiosk.round().acknowledged, 3);
    EXPECT_EQ(commits, 2);
}

TEST_P(Pushing, AnswersBecomeADocumentWhereTheServerTakesNoResponses) {
    server.broken.refused_types = {"QuestionnaireResponse"};
    kiosk.abilities.refused_types = {"QuestionnaireResponse"};
    kiosk.queues("one", Lane::forms, form("1234"));
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    const auto all = server.all("DocumentReference");
    ASSERT_EQ(all.size(), 1u);
    const Json json = Json::parse(all[0]);
    EXPECT_EQ(json["identifier"][0]["value"], "1234/response");
    EXPECT_EQ(json["subject"]["reference"], "Patient/ada");
}

TEST_P(Pushing, AServerThatIsNotAtomicIsAskedForWhatIsMissing) {
    server.broken.atomic = false;
    kiosk.abilities.atomic = false;
    kiosk.checks_in("a1", "ada");
    bool edited = false;
    kiosk.http.before = [&](const HttpRequest& request) {
        if (request.method != "POST" || edited) return;
        edited = true;
        server.set("Appointment", "a1", "/comment", R"("changed meanwhile")");
    };
    for (int i = 0; i < 3 && kiosk.waiting() > 0; ++i) {
        kiosk.round();
        clock.advance(1h);
    }
    EXPECT_EQ(kiosk.waiting(), 0u);
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(server.all("Provenance").size(), 1u);
}

TEST_P(Pushing, ContactDataBecomeAProposal) {
    kiosk.queues("c", Lane::contact,
                 R"({"act":"contact","patient":"ada","phone":"555-0100",)"
                 R"("at":"2026-11-23T14:45:00Z"})");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    EXPECT_EQ(task()["intent"], "proposal");
    EXPECT_EQ(task()["input"][0]["valueContactPoint"]["value"], "555-0100");
    EXPECT_EQ(server.history("Patient", "ada"), 1);
}

TEST_P(Pushing, ContactDataAreChangedInPlaceWhereTheSiteWantsIt) {
    kiosk.site.server.direct_contact = true;
    server.put(R"({"resourceType":"Patient","id":"ada","multipleBirthInteger":2,)"
               R"("telecom":[{"system":"phone","use":"work","value":"1"},)"
               R"({"system":"phone","use":"mobile","value":"2","rank":1}]})");
    kiosk.queues("c", Lane::contact,
                 R"({"act":"contact","patient":"ada","phone":"555-0100",)"
                 R"("email":"a@b.example","at":"2026-11-23T14:45:00Z"})");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    const Json ada = Json::parse(server.get("Patient", "ada").value());
    EXPECT_EQ(ada["telecom"][0]["value"], "1");
    EXPECT_EQ(ada["telecom"][1]["value"], "555-0100");
    EXPECT_EQ(ada["telecom"][1]["rank"], 1);
    EXPECT_EQ(ada["telecom"][2]["system"], "email");
    EXPECT_EQ(ada["multipleBirthInteger"], 2);
}

TEST_P(Pushing, AKioskIsOneDeviceWhateverItsVersion) {
    kiosk.queues("d1", Lane::audit,
                 R"({"act":"device","version":"1","state":"active"})");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    const std::string id = Json::parse(server.all("Device").at(0))["id"];
    server.set("Device", id, "/location", R"({"display":"lobby"})");
    kiosk.queues("d2", Lane::audit,
                 R"({"act":"device","version":"2","state":"active"})");
    EXPECT_EQ(kiosk.round().acknowledged, 1);
    ASSERT_EQ(server.all("Device").size(), 1u);
    const Json device = Json::parse(server.all("Device")[0]);
    EXPECT_EQ(device["version"][0]["value"], "2");
    EXPECT_EQ(device["location"]["display"], "lobby");
}

TEST_P(Pushing, SignUpsGoWhereSeatsAreKept) {
    kiosk.queues("s", Lane::sign_ups, R"({"act":"sign-up"})");
    EXPECT_EQ(kiosk.round().acknowledged, 0);
    EXPECT_EQ(kiosk.waiting(), 1u);
    Pusher::Parts parts{&*kiosk.store, &*kiosk.fhir, &kiosk.site, kiosk.time, 1};
    parts.clock = &clock;
    parts.sign_ups = [](const Unit& unit, const Abilities&) -> Result<Settled> {
        return Settled{.unit = unit.id, .how = Settled::How::acknowledged};
    };
    kiosk.pusher.emplace(parts);
    EXPECT_EQ(kiosk.round().acknowledged, 1);
}

TEST(BackOff, IsJitterThatGrowsAndEnds) {
    std::mt19937_64 dice(1);
    for (const auto& [attempts, most] :
         {std::pair{0, 2s}, {1, 4s}, {3, 16s}, {60, 600s}}) {
        std::chrono::milliseconds highest{0};
        for (int i = 0; i < 2000; ++i)
            highest = std::max(highest, back_off(attempts, 2s, 600s, dice));
        EXPECT_LE(highest, most);
        EXPECT_GT(highest, most * 9 / 10);
    }
}

}  // namespace
}  // namespace foyer
