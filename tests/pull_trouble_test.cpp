#include <algorithm>
#include <gtest/gtest.h>

#include "platform/log.h"
#include "sync/pull/page.h"
#include "sync/pull/pull_state.h"
#include "tests/pull_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using enum PullOutcome::Server;

class PullTrouble : public Pull {
protected:
    /// The server takes no search with `part` in it.
    void refuses(const std::string& part, int status = 400) {
        http.before = [this, part, status](const HttpRequest& request) {
            if (request.url.find(part) != std::string::npos) http.fail_next(status);
        };
    }
};

TEST_P(PullTrouble, ReadingThatIsCutOffGoesOnWhereItWas) {
    has_many(250);
    step();
    step();
    const auto half = must(store().known("Appointment")).size();
    ASSERT_GE(half, 90u);
    http.online = false;
    EXPECT_EQ(reads().server, unreachable);
    http.online = true;
    restarts();
    reads();
    EXPECT_EQ(visits_held(), 250u);
    const auto from_the_beginning = [](const FakeHttp::Line& line) {
        return line.status == 200 &&
               line.request.url.find("Appointment?date=") != std::string::npos &&
               line.request.url.find("_lastUpdated=ge") == std::string::npos;
    };
    EXPECT_EQ(std::ranges::count_if(http.log, from_the_beginning), 1);
}

TEST_P(PullTrouble, ACrashAtAnyStepLosesNothing) {
    has_many(130);
    for (int i = 0; i < 200; ++i) {
        if (!step().more) break;
        restarts();
    }
    EXPECT_EQ(visits_held(), 130u);
}

TEST_P(PullTrouble, ALostAnswerIsAskedForAgain) {
    has_ada();
    http.lose_next_answer = true;
    EXPECT_EQ(reads().server, unreachable);
    reads();
    EXPECT_TRUE(holds_visit("a1"));
}

TEST_P(PullTrouble, AForgottenPageBeginsTheReadingAgain) {
    has_ada();
    reads();
    clinic.times_differ = false;
    passes(10s);
    for (int i = 0; i < 330; ++i) has_visit(numbered("b", i), "ada");
    passes(70s);
    step();
    clinic.forget_pages();
    reads();
    EXPECT_EQ(visits_held(), 331u);
}

TEST_P(PullTrouble, ABusyServerIsLeftAlone) {
    has_ada();
    http.fail_next(429, 17s);
    const auto outcome = reads();
    EXPECT_EQ(outcome.server, busy);
    EXPECT_EQ(outcome.retry_after, 17s);
    http.fail_next(503);
    EXPECT_EQ(reads().server, busy);
    http.fail_next(401, {}, 2);
    EXPECT_EQ(reads().server, unauthorized);
    reads();
    EXPECT_TRUE(holds_visit("a1"));
}

TEST_P(PullTrouble, OneBadResourceStopsNoOther) {
    has_many(3);
    clinic.set("Appointment", "v1", "/start", R"("tomorrow")");
    site.server.appointments = "status=booked";  // HAPI would not find it by its date
    reads();
    clinic.set("Appointment", "v0", "/status", R"("nonsense")");
    const auto outcome = a_minute_later();
    EXPECT_GE(outcome.refused, 1);
    EXPECT_TRUE(holds_visit("v2"));
    const auto findings = must(pull_findings(store()));
    ASSERT_FALSE(findings.refused.empty());
    EXPECT_TRUE(findings.refused.back().starts_with("Appointment/v"))
        << findings.refused.back();
}

TEST_P(PullTrouble, WithoutIncludePatientsAreReadById) {
    has_many(120);
    refuses("_include");
    reads();
    EXPECT_EQ(visits_held(), 120u);
    EXPECT_EQ(http.asked("GET", "_include"), 1);
    EXPECT_EQ(must(pull_findings(store())).unsupported,
              std::vector<std::string>{"Appointment _include"});
}

TEST_P(PullTrouble, WithoutSortingPagesAreFollowed) {
    has_many(250);
    refuses("_sort");
    reads();
    EXPECT_EQ(visits_held(), 250u);
    has_visit("new", "p1");
    a_minute_later();
    EXPECT_TRUE(holds_visit("new"));
}

TEST_P(PullTrouble, WithoutLastUpdatedTheWindowIsReadMoreOften) {
    has_ada();
    refuses("_lastUpdated=ge");
    reads();
    has_visit("new", "ada");
    a_minute_later();
    EXPECT_FALSE(holds_visit("new"));
    passes(16min);
    reads();
    EXPECT_TRUE(holds_visit("new"));
}

TEST_P(PullTrouble, WithoutSearchByIdEachIsReadAlone) {
    has_ada();
    clinic.put(R"({"resourceType":"Location","id":"main","name":"Suite 2"})");
    clinic.set("Appointment", "a1", "/participant/1",
               R"({"actor":{"reference":"Location/main"},"status":"accepted"})");
    refuses("_id=");
    reads();
    EXPECT_EQ(visit("a1").place, "Suite 2");
    clinic.remove("Appointment", "a1");
    passes(16min);
    reads();
    EXPECT_FALSE(holds_visit("a1"));
}

TEST_P(PullTrouble, ATypeThatIsRefusedStopsNothingElse) {
    has_ada();
    refuses("Consent?", 403);
    EXPECT_EQ(reads().server, well);
    EXPECT_TRUE(holds_visit("a1"));
    EXPECT_EQ(must(pull_findings(store())).unsupported.front(), "Consent search");
    a_minute_later();
    EXPECT_EQ(http.asked("GET", "Consent?"), 1);
    passes(16min);
    EXPECT_EQ(reads().server, well);
    EXPECT_EQ(http.asked("GET", "Consent?"), 2);
}

TEST_P(PullTrouble, ASearchThatBreaksTheServerIsSetAside) {
    has_ada();
    refuses("Consent?", 500);
    for (int i = 0; i < 6; ++i) reads();
    EXPECT_EQ(http.asked("GET", "Consent?"), 3);
    EXPECT_EQ(reads().server, well);
}

TEST_P(PullTrouble, AStrangersAnswersDoNotEmptyTheSchedule) {
    has_ada();
    reads();
    passes(16min);
    http.before = [&](const HttpRequest&) { http.fail_next(404); };
    EXPECT_EQ(reads().server, unreachable);
    EXPECT_TRUE(holds_visit("a1"));
}

TEST_P(PullTrouble, AVisitWhosePatientIsNotShownWaitsForThem) {
    has_visit("a1", "ada");
    reads();
    EXPECT_FALSE(holds_visit("a1"));
    EXPECT_EQ(must(pull_findings(store())).missing,
              std::vector<std::string>{"Patient/ada"});
    has_patient("ada");
    passes(16min);
    reads();
    EXPECT_TRUE(holds_visit("a1"));
}

TEST_P(PullTrouble, AnotherServerIsReadFromTheBeginning) {
    has_ada();
    reads();
    has_visit("a2", "ada");
    site.server.appointments = "patient=Patient/ada";
    restarts();
    reads();
    EXPECT_TRUE(holds_visit("a2"));
}

TEST_P(PullTrouble, NothingOfAPatientIsLogged) {
    std::string lines;
    start_log(LogLevel::debug, [&](std::string_view line) {
        lines += line;
        lines += '\n';
    });
    has_ada();
    clinic.set("Patient", "ada", "/birthDate", R"("Lovelace")");
    has_visit("bad", "ada");
    clinic.set("Appointment", "bad", "/status", R"("Lovelace")");
    refuses("Consent?");
    reads();
    start_log(LogLevel::info);
    EXPECT_NE(lines.find("schedule_pulled taken="), std::string::npos) << lines;
    for (const char* word : {"Lovelace", "ada", "Ada", "1815", "a1", "http"})
        EXPECT_EQ(lines.find(word), std::string::npos) << lines;
    for (const auto& each : must(pull_findings(store())).refused)
        EXPECT_EQ(each.find("1815"), std::string::npos) << each;
}

INSTANTIATE_TEST_SUITE_P(, PullTrouble,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         name_of_manner);

TEST(PullPage, AProxysPageAndACutOffBundleAreNoPages) {
    EXPECT_FALSE(read_page("<html>sign in</html>"));
    EXPECT_FALSE(read_page(""));
    EXPECT_FALSE(read_page(R"({"resourceType":"OperationOutcome"})"));
    EXPECT_FALSE(read_page(
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Pat)"));
    EXPECT_TRUE(read_page(R"({"resourceType":"Bundle","type":"searchset"})"));
    EXPECT_TRUE(read_page(R"({"resourceType":"Patient","id":"a"})", true));
}

TEST(PullPage, ItsNextLinkIsReadWhereverItStands) {
    const auto before = read_page(
        R"({"resourceType":"Bundle","link":[{"relation":"self","url":"http://x"},)"
        R"({"relation":"next","url":"http:\/\/x?a=1\u0026b=2"}],"entry":[]})");
    EXPECT_EQ(before.value().next, "http://x?a=1&b=2");
    const auto after = read_page(
        R"({"entry":[{"resource":{"resourceType":"Patient","id":"p","link":[{"other":)"
        R"({}}]}}],"link":[{"url":"http://x","relation":"next"}],"resourceType":)"
        R"("Bundle"})");
    EXPECT_EQ(after.value().next, "http://x");
}

TEST(PullNote, WhatIsWrittenIsReadBack) {
    PullState state;
    state.source = "s";
    state.cursors["Slot"] = at("2026-11-23T10:00:00Z");
    state.through = day("2026-12-07");
    state.window = {{.type = "Appointment", .query = "q", .from = Instant{}}};
    state.missing = {"Patient/x"};
    state.unsupported["Slot search"] = at("2026-11-23T10:00:00Z");
    EXPECT_EQ(pull_state_from(to_text(state)), state);
    EXPECT_EQ(pull_state_from("{}"), PullState{});
}

}  // namespace
}  // namespace foyer
