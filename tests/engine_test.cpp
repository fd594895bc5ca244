#include "sync/engine.h"

#include <nlohmann/json.hpp>

#include "tests/records_fixture.h"
#include "tests/support/fake_http.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using State = SyncHealth::State;

/// A kiosk whose engine does one step at a time, and a server in memory. Monday 23
/// November 2026, 9:45 in New York.
struct Exchanging : Records {
    Exchanging() : http(clinic), clock(now) {
        clinic.now = now;
        clinic.put(R"({"resourceType":"Patient","id":"ada","name":[{"family":"Lovelace",
            "given":["Ada"]}],"birthDate":"1815-12-10"})");
        clinic.put(R"({"resourceType":"Appointment","id":"a1","status":"booked",
            "start":"2026-11-23T10:00:00-05:00","end":"2026-11-23T10:50:00-05:00",
            "participant":[{"actor":{"reference":"Patient/ada"},
            "status":"needs-action"}]})");
    }

    FakeFhir clinic;
    FakeHttp http;
    ManualClock clock;
    FixedToken token{""};
    Site site;
    bool hurried = false;

    Engine& engine() {
        if (!engine_) {
            server_ = std::make_unique<FhirServer>(
                FhirServer::Parts{&http, &token, &clock, std::string(FakeFhir::base)});
            engine_ = std::make_unique<Engine>(Engine::Parts{.store = &store(),
                                                             .server = server_.get(),
                                                             .clock = &clock,
                                                             .site = &site,
                                                             .time = new_york(),
                                                             .seed = 7,
                                                             .hurried = hurried,
                                                             .version = "1.0",
                                                             .elected = {}});
        }
        return *engine_;
    }
    void restarts() {
        engine_.reset();
        server_.reset();
        reopen();
    }
    /// Time passes as the engine asks for it.
    void passes(std::chrono::milliseconds span) {
        const auto end = clock.elapsed() + span;
        while (clock.elapsed() < end) {
            const auto step = must(engine().step());
            const auto wait = std::clamp(step.wait, 0ms, end - clock.elapsed());
            clock.advance(wait);
            clinic.now += wait;
            ASSERT_LT(++steps, 100'000) << "the engine does not rest";
            if (!step.worked && step.wait == 0ms)
                FAIL() << "it neither works nor waits";
        }
        now = clock.now();
    }
    /// Until nothing is left to do just now.
    void rests() {
        for (int i = 0; i < 1000; ++i) {
            const auto step = must(engine().step());
            if (!step.worked || step.wait > 0ms) return;
        }
        FAIL() << "it never rests";
    }
    std::string status() {
        return nlohmann::json::parse(*clinic.get("Appointment", "a1"))["status"];
    }
    State state() { return engine().health().state; }
    std::size_t waits() { return waiting().size(); }

    int steps = 0;

private:
    std::unique_ptr<FhirServer> server_;
    std::unique_ptr<Engine> engine_;
};

TEST_F(Exchanging, BringsTheScheduleAndThenTheArrivalToTheClinic) {
    rests();
    EXPECT_EQ(visit("a1").appointment, "a1");
    EXPECT_EQ(state(), State::online);

    must(checks_in({visit("a1").id}));
    rests();
    EXPECT_EQ(status(), "arrived");
    EXPECT_EQ(
        clinic.done("Provenance", unit_id("check-in|Appointment/a1") + "/provenance")
            .size(),
        1u);
}

TEST_F(Exchanging, CallsTheVisitCheckedInOnceThePaperworkIsDone) {
    rests();
    must(checks_in({visit("a1").id}));
    must(store().paperwork_done({visit("a1").id}, now));
    rests();
    EXPECT_EQ(status(), "checked-in");
}

TEST_F(Exchanging, KeepsWhatWaitsThroughAnOutageAndARestart) {
    rests();
    http.online = false;
    must(checks_in({visit("a1").id}));
    passes(1h);
    EXPECT_EQ(state(), State::offline);
    EXPECT_EQ(status(), "booked");
    restarts();
    http.online = true;
    passes(3min);
    EXPECT_EQ(state(), State::online);
    EXPECT_EQ(status(), "arrived");
}

TEST_F(Exchanging, AsksLessAndLessWhileNobodyAnswers) {
    rests();
    http.online = false;
    passes(2min);  // it notices
    const auto before = http.log.size();
    passes(1h);
    const auto asked = http.log.size() - before;
    // Full jitter up to two minutes: once a minute on average.
    EXPECT_GT(asked, 25u);
    EXPECT_LT(asked, 200u);
}

TEST_F(Exchanging, ComesBackAtOnceWhenSomebodySaysSo) {
    rests();
    http.online = false;
    passes(30min);
    http.online = true;
    engine().wake();
    passes(6s);
    EXPECT_EQ(state(), State::online);
}

TEST_F(Exchanging, SafetyGoesFirstAndWaitsForNoPause) {
    rests();
    must(checks_in({visit("a1").id}));
    clinic.broken.authorization = "Bearer somebody";
    rests();
    EXPECT_EQ(state(), State::unauthorized);
    clinic.broken.authorization.clear();

    FormDraft draft;
    draft.patient = patient_alias("ada");
    draft.form = "https://foyer.example/forms/phq-9";
    draft.response = "{}";
    draft.begun = draft.saved = now;
    must(store().save_draft(draft, {{.form = draft.form,
                                     .rule = "phq-9/item-9",
                                     .level = "high",
                                     .what = "given",
                                     .path = "[]",
                                     .answer = "{}"}}));
    rests();
    bool stat = false;
    for (const auto& task : clinic.all("Task"))
        stat = stat || nlohmann::json::parse(task).value("priority", "") == "stat";
    EXPECT_TRUE(stat);
}

TEST_F(Exchanging, SaysThatTheServerLetsNobodyInAndTriesAgainLater) {
    clinic.broken.authorization = "Bearer somebody";
    rests();
    EXPECT_EQ(state(), State::unauthorized);
    const auto before = http.log.size();
    passes(4min);
    EXPECT_EQ(http.log.size(), before);
    clinic.broken.authorization.clear();
    passes(2min);
    EXPECT_EQ(state(), State::online);
}

TEST_F(Exchanging, HonoursWhatTheServerAsks) {
    rests();
    must(checks_in({visit("a1").id}));
    http.fail_next(503, 120s);
    rests();
    EXPECT_EQ(state(), State::busy);
    const auto before = http.log.size();
    passes(119s);
    EXPECT_EQ(http.log.size(), before);
    passes(10s);
    EXPECT_EQ(status(), "arrived");
}

TEST_F(Exchanging, TellsOfItsHealthToOtherPrograms) {
    rests();
    const auto text = must(store().memo("sync-health"));
    ASSERT_TRUE(text.has_value());
    const auto health = must(health_from(*text));
    EXPECT_EQ(health.state, State::online);
    EXPECT_TRUE(health.can_confirm_seats);
    EXPECT_TRUE(health.last_exchange.has_value());
    EXPECT_TRUE(health.schedule_read.has_value());
}

TEST_F(Exchanging, SendsTheAuditLogInSegmentsThatChain) {
    hurried = true;
    rests();
    must(checks_in({visit("a1").id}));
    rests();
    EXPECT_FALSE(clinic.all("AuditEvent").empty());
    EXPECT_EQ(waits(), 0u);
    const auto sent = clinic.all("AuditEvent").size();
    rests();
    EXPECT_EQ(clinic.all("AuditEvent").size(), sent);
}

TEST_F(Exchanging, IntroducesItselfOnceForEachVersion) {
    hurried = true;
    rests();
    EXPECT_EQ(clinic.all("Device").size(), 1u);
    restarts();
    rests();
    EXPECT_EQ(clinic.all("Device").size(), 1u);
}

TEST_F(Exchanging, SpreadsWhatCanWaitAfterALongOutage) {
    rests();
    http.online = false;
    for (int i = 0; i < 60; ++i)
        must(store().tell_desk({DeskReason::walk_in, now + std::chrono::seconds(i),
                                std::nullopt, std::nullopt}));
    must(checks_in({visit("a1").id}));
    passes(1h);
    http.online = true;
    passes(4min);
    EXPECT_EQ(status(), "arrived");
    EXPECT_GT(waits(), 40u);  // the arrival came first, the rest takes its time
    passes(40min);
    EXPECT_EQ(waits(), 0u);
}

TEST_F(Exchanging, RestsWhenThereIsNothingToDo) {
    rests();
    steps = 0;
    passes(10min);
    EXPECT_LT(steps, 400);
}

}  // namespace
}  // namespace foyer
