#include <algorithm>
#include <set>

#include "records_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

struct Forms : Records {
    Forms() { given_ada(); }

    const std::string form = "https://clinic.example/forms/mood-Zq";
    const Alias ada = patient_alias("ada");

    FormDraft draft(const std::string& response = R"({"value":1.00})") const {
        return {.patient = ada,
                .patient_id = {},
                .form = form,
                .version = "1",
                .language = "es",
                .response = response,
                .place = R"({"page":2})",
                .begun = now,
                .saved = now};
    }
    SafetyNote answer(const std::string& what = "given") const {
        return {form, "mood/9", "", what, R"(["9"])", R"({"valueInteger":1})"};
    }
    FormUnit unit(const std::string& act, Lane lane = Lane::forms) const {
        return {unit_id(act), lane, R"({"resourceType":"Bundle","total":1.00})", ""};
    }
    FormEnd end(FormEnd::Status status = FormEnd::Status::completed) const {
        return {.patient = ada,
                .form = form,
                .version = "1",
                .status = status,
                .begun = now,
                .at = now + 5min,
                .units = {unit("form|1")},
                .safety = {}};
    }
    std::optional<FormDraft> kept() { return must(store().draft_of(ada, form, today)); }
    std::vector<Lane> lanes() {
        std::vector<Lane> all;
        for (const auto& unit : waiting()) all.push_back(unit.lane);
        return all;
    }
};

TEST_F(Forms, ADraftIsThereAgainAfterARestart) {
    must(store().save_draft(draft(), {}));
    reopen();
    const auto again = kept();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->response, R"({"value":1.00})");
    EXPECT_EQ(again->patient_id, "ada");
    EXPECT_EQ(again->language, "es");
    EXPECT_EQ(again->place, R"({"page":2})");
    EXPECT_EQ(again->begun, now);
    EXPECT_TRUE(waiting().empty());
}

TEST_F(Forms, TheLastAnswerReplacesTheDraftBeforeIt) {
    must(store().save_draft(draft("{}"), {}));
    must(store().save_draft(draft(), {}));
    EXPECT_EQ(must(store().drafts_of(ada, today)).size(), 1u);
    EXPECT_EQ(kept()->response, R"({"value":1.00})");
}

TEST_F(Forms, NobodyElseAndNoOtherDayFindsADraft) {
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    must(store().save_draft(draft(), {}));
    EXPECT_FALSE(must(store().draft_of(patient_alias("bob"), form, today)));
    EXPECT_FALSE(must(store().draft_of(ada, form, day("2026-11-24"))));
    EXPECT_FALSE(must(store().draft_of(ada, "another", today)));
    EXPECT_TRUE(must(store().drafts_of(patient_alias("bob"), today)).empty());
}

TEST_F(Forms, ASafetyAnswerIsQueuedBeforeEverythingElseAndStaysWhenItIsChangedBack) {
    must(checks_in({visit("a1").id}));
    must(store().save_draft(draft(), {answer()}));
    auto later = draft();
    later.saved += 10s;
    must(store().save_draft(later, {answer("changed")}));
    EXPECT_EQ(lanes(), (std::vector<Lane>{Lane::safety, Lane::safety, Lane::arrivals}));
    EXPECT_EQ(must(store().counts(now)).safety_events, 2);
    const auto first = waiting().front();
    EXPECT_NE(first.body.find(R"("rule":"mood/9")"), std::string::npos);
    EXPECT_NE(first.body.find(R"("patient":"ada")"), std::string::npos);
}

TEST_F(Forms, ASaveThatFailsLeavesNeitherAnswerNorSafetyEvent) {
    tamper(
        "create trigger no before insert on audit begin select raise(abort, 'no'); "
        "end");
    EXPECT_FALSE(store().save_draft(draft(), {answer()}));
    EXPECT_FALSE(kept());
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(must(store().counts(now)).safety_events, 0);
}

TEST_F(Forms, AFormThatEndedLeavesNoDraftAndIsQueuedWithItsDigits) {
    must(store().save_draft(draft(), {}));
    must(store().end_form(end()));
    EXPECT_FALSE(kept());
    ASSERT_EQ(waiting().size(), 1u);
    EXPECT_EQ(waiting()[0].lane, Lane::forms);
    EXPECT_NE(
        waiting()[0].body.find(R"("bundle":{"resourceType":"Bundle","total":1.00})"),
        std::string::npos);
    EXPECT_NE(waiting()[0].body.find(R"("status":"completed")"), std::string::npos);
    const auto done = must(store().forms_done(ada));
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].form, form);
    EXPECT_EQ(done[0].status, FormEnd::Status::completed);
    EXPECT_EQ(done[0].at, now + 5min);
}

TEST_F(Forms, EndingTwiceIsEndingOnce) {
    must(store().end_form(end()));
    must(store().end_form(end()));
    EXPECT_EQ(waiting().size(), 1u);
    EXPECT_EQ(must(store().forms_done(ada)).size(), 1u);
}

TEST_F(Forms, ARefusedFormIsTheDesksToKnow) {
    must(store().end_form(end(FormEnd::Status::stopped)));
    EXPECT_EQ(lanes(), (std::vector<Lane>{Lane::forms, Lane::desk}));
    EXPECT_NE(waiting()[1].body.find("form-refused"), std::string::npos);
    EXPECT_EQ(must(store().forms_done(ada))[0].status, FormEnd::Status::stopped);
}

TEST_F(Forms, AnEndThatFailsLeavesTheDraft) {
    must(store().save_draft(draft(), {}));
    tamper(
        "create trigger no before insert on audit begin select raise(abort, 'no'); "
        "end");
    EXPECT_FALSE(store().end_form(end()));
    EXPECT_TRUE(kept());
    EXPECT_TRUE(waiting().empty());
    EXPECT_TRUE(must(store().forms_done(ada)).empty());
}

TEST_F(Forms, ADraftOfAnotherDayIsSentBeforeItGoes) {
    must(store().save_draft(draft(), {}));
    const auto tomorrow = day("2026-11-24");
    EXPECT_TRUE(must(store().drafts_before(today)).empty());
    const auto old = must(store().drafts_before(tomorrow));
    ASSERT_EQ(old.size(), 1u);
    must(store().park_draft(old[0], unit("draft|1"), now + 24h));
    EXPECT_TRUE(must(store().drafts_before(tomorrow)).empty());
    ASSERT_EQ(waiting().size(), 1u);
    EXPECT_NE(waiting()[0].body.find("in-progress"), std::string::npos);
    EXPECT_TRUE(must(store().forms_done(ada)).empty());
}

TEST_F(Forms, APurgeLeavesDraftsAndTheirPatientsAndUnsentSafetyEvents) {
    must(store().save_draft(draft(), {answer()}));
    must(store().purge(now + 72h));
    EXPECT_TRUE(kept());
    EXPECT_TRUE(store().patient(ada));
    EXPECT_EQ(must(store().counts(now)).safety_events, 1);
    tamper("delete from outbox");
    must(store().purge(now + 72h));
    EXPECT_EQ(must(store().counts(now)).safety_events, 0);
}

TEST_F(Forms, EveryStepIsInTheAuditLog) {
    must(store().save_draft(draft(), {answer()}));
    must(store().end_form(end()));
    std::ostringstream log;
    must(export_audit_log(directory, log));
    for (const char* action : {"answer-saved", "safety-noted", "form-finished"})
        EXPECT_NE(log.str().find(action), std::string::npos) << action;
    EXPECT_EQ(audit_verdict().why, "");
}

TEST_F(Forms, NoFileSaysWhichFormOrWhatWasAnswered) {
    must(store().save_draft(draft(R"({"secret":"Zanzibar-7"})"), {answer()}));
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        std::ifstream file(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    ASSERT_NE(all.find("form_draft"), all.npos);
    for (const char* secret : {"Zanzibar", "mood-Zq", "mood/9", "valueInteger"})
        EXPECT_EQ(all.find(secret), all.npos) << secret;
}

TEST_F(Forms, ADraftPutInAnothersRowIsNotOpened) {
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    must(store().save_draft(draft(), {}));
    auto bobs = draft("{}");
    bobs.patient = patient_alias("bob");
    must(store().save_draft(bobs, {}));
    tamper(
        "create temp table a as select * from form_draft; update form_draft set sealed "
        "= (select sealed from a where a.id <> form_draft.id)");
    EXPECT_EQ(store().draft_of(ada, form, today).error().code, Error::Code::corrupt);
}

}  // namespace
}  // namespace foyer
