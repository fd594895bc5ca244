#include "records_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

struct Exchange : Records {
    Unit unit(const std::string& act, Lane lane, const std::string& after = {}) {
        return {.id = unit_id(act),
                .lane = lane,
                .at = now,
                .visit = std::nullopt,
                .patient = std::nullopt,
                .body = R"({"act":")" + act + "\"}",
                .after = after.empty() ? std::string() : unit_id(after)};
    }
    void queued(const std::string& act, Lane lane, const std::string& after = {}) {
        must(store().queue_unit(unit(act, lane, after)));
    }
    std::vector<std::string> ready() {
        std::vector<std::string> acts;
        for (const auto& each : must(store().ready_units(now, 100)))
            acts.push_back(each.body.substr(8, each.body.size() - 10));
        return acts;
    }
    void settled(const std::string& act, Settled::How how, Instant next = {}) {
        must(store().settle({{.unit = unit_id(act), .how = how, .next_at = next}}));
    }
    Conflict conflict(const std::string& id) {
        return {.id = id,
                .kind = "visit-moved",
                .at = now,
                .unit = "u",
                .ours = "{}",
                .theirs = "{}",
                .settled = {},
                .visit = std::nullopt,
                .patient = std::nullopt};
    }
};

using Acts = std::vector<std::string>;

TEST_F(Exchange, GivesUnitsByLaneThenByAge) {
    queued("form", Lane::forms);
    queued("first", Lane::arrivals);
    queued("second", Lane::arrivals);
    queued("safety", Lane::safety);
    EXPECT_EQ(ready(), (Acts{"safety", "first", "second", "form"}));
}

TEST_F(Exchange, KeepsAUnitBehindTheOneItNeedsAndNoOther) {
    queued("arrival", Lane::arrivals);
    queued("paperwork", Lane::arrivals, "arrival");
    queued("other", Lane::forms);
    EXPECT_EQ(ready(), (Acts{"arrival", "other"}));
    settled("arrival", Settled::How::acknowledged);
    EXPECT_EQ(ready(), (Acts{"paperwork", "other"}));
}

TEST_F(Exchange, WaitsUntilTheNextTryAndThroughARestart) {
    queued("arrival", Lane::arrivals);
    settled("arrival", Settled::How::later, now + 5min);
    reopen();
    EXPECT_EQ(ready(), Acts{});
    EXPECT_EQ(must(store().next_ready()), now + 5min);
    now += 5min;
    EXPECT_EQ(ready(), Acts{"arrival"});
}

TEST_F(Exchange, AClockSetBackKeepsNoUnitWaiting) {
    queued("arrival", Lane::arrivals);
    settled("arrival", Settled::How::later, now + 5min);
    now -= 24h;
    EXPECT_EQ(ready(), Acts{"arrival"});
}

TEST_F(Exchange, RemembersThatATryWasBegun) {
    queued("arrival", Lane::arrivals);
    EXPECT_EQ(must(store().ready_units(now, 1)).front().attempts, 0);
    must(store().begin_tries(must(store().ready_units(now, 1))));
    reopen();
    EXPECT_EQ(must(store().ready_units(now, 1)).front().attempts, 1);
}

TEST_F(Exchange, AParkedUnitBlocksOnlyWhatNeedsIt) {
    queued("bad", Lane::forms);
    queued("needs-it", Lane::forms, "bad");
    queued("good", Lane::forms);
    must(store().settle({{.unit = unit_id("bad"),
                          .how = Settled::How::parked,
                          .next_at = now,
                          .why = "status: no such code"}}));
    EXPECT_EQ(ready(), Acts{"good"});
    const auto parked = must(store().parked_units());
    ASSERT_EQ(parked.size(), 1u);
    EXPECT_EQ(parked[0].why, "status: no such code");
    EXPECT_EQ(must(store().counts(now)).parked_units, 1);

    must(store().retry_unit(unit_id("bad"), now));
    EXPECT_EQ(ready(), (Acts{"bad", "good"}));
}

TEST_F(Exchange, GivesUpOnlyWhatIsParked) {
    queued("good", Lane::forms);
    EXPECT_EQ(store().give_up_unit(unit_id("good"), now).error().code,
              Error::Code::not_found);
    settled("good", Settled::How::parked, now);
    must(store().give_up_unit(unit_id("good"), now));
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(must(store().parked_units()).size(), 0u);
}

TEST_F(Exchange, RecordsAConflictOnceWithBothSides) {
    must(store().settle({{.unit = "x",
                          .how = Settled::How::acknowledged,
                          .conflicts = {conflict("c1"), conflict("c1")}}}));
    must(store().settle({{.unit = "x",
                          .how = Settled::How::acknowledged,
                          .conflicts = {conflict("c1"), conflict("c2")}}}));
    EXPECT_EQ(must(store().conflicts(true)).size(), 2u);

    must(store().settle_conflict("c1", "the desk called the patient", now));
    EXPECT_EQ(must(store().conflicts(true)).size(), 1u);
    const auto all = must(store().conflicts(false));
    ASSERT_EQ(all.size(), 2u);
    EXPECT_TRUE(audit_verdict().why.empty());
}

TEST_F(Exchange, SettlesAllOrNothing) {
    queued("one", Lane::arrivals);
    auto other = must(open());
    auto batch = must(other.begin());  // another program writes
    EXPECT_EQ(store()
                  .settle({{.unit = unit_id("one"), .how = Settled::How::acknowledged}})
                  .error()
                  .code,
              Error::Code::busy);
    must(batch.commit());
    EXPECT_EQ(ready(), Acts{"one"});
}

TEST_F(Exchange, QueuesPaperworkBehindItsArrival) {
    given_ada();
    must(store().paperwork_done({visit("a1").id}, now));
    EXPECT_TRUE(waiting().empty());  // nobody has arrived

    must(checks_in({visit("a1").id}));
    must(store().paperwork_done({visit("a1").id}, now));
    must(store().paperwork_done({visit("a1").id}, now));
    ASSERT_EQ(waiting().size(), 2u);
    EXPECT_EQ(waiting()[1].after, waiting()[0].id);
    EXPECT_EQ(must(store().ready_units(now, 9)).size(), 1u);
}

TEST_F(Exchange, AVisitGoneFromTheServerGoesUnlessItsPatientIsHere) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-23T15:00:00-05:00"));
    must(checks_in({visit("a1").id}));
    auto batch = must(store().begin(now));
    must(batch.gone("Appointment", "a1"));
    must(batch.gone("Appointment", "a2"));
    must(batch.commit());

    EXPECT_EQ(visit("a1").status, AppointmentStatus::cancelled);
    EXPECT_TRUE(visit("a1").check_in.has_value());
    EXPECT_EQ(store().visit_of("a2", "").error().code, Error::Code::not_found);
    const auto conflicts = must(store().conflicts(true));
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].kind, "visit-gone");
}

TEST_F(Exchange, KnowsWhichVersionsItHasSeenAndWhatIsUnreadLongest) {
    given_ada();
    auto batch = must(store().begin(now));
    must(batch.saw({"Appointment", "a1", "7", now}));
    must(batch.saw({"Appointment", "a2", "W/x", now - 1h}));
    must(batch.set_memo("cursor", "2026"));
    must(batch.commit());
    reopen();
    EXPECT_EQ(must(store().known_of("Appointment", "a1"))->version, "7");
    EXPECT_EQ(must(store().known("Appointment")).front().id, "a2");
    EXPECT_EQ(must(store().known("Appointment", now)).size(), 1u);
    // The clock was a day ahead when all this was read.
    EXPECT_EQ(must(store().known("Appointment", now - 24h)).size(), 2u);
    EXPECT_EQ(must(store().memo("cursor")), "2026");
    EXPECT_EQ(must(store().memo("other")), std::nullopt);
}

TEST_F(Exchange, OfTwoEndsOfAFormTheLaterCounts) {
    given_ada();
    const auto done = [&](Instant at) {
        auto batch = must(store().begin(now));
        must(batch.put_form_done("ada", {"f", FormEnd::Status::completed, at}));
        must(batch.put_form_done("nobody", {"f", FormEnd::Status::completed, at}));
        must(batch.commit());
    };
    done(now);
    done(now - 24h);
    const auto held = must(store().forms_done(patient_alias("ada")));
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held[0].at, now);
}

TEST_F(Exchange, TellsOfACommitAfterIt) {
    given_ada();
    int told = 0;
    store().on_commit([&] { ++told; });
    must(checks_in({visit("a1").id}));
    EXPECT_EQ(told, 1);
}

TEST_F(Exchange, HandsOutTheLogInOrder) {
    given_ada();
    must(checks_in({visit("a1").id}));
    const auto all = must(store().audit_after(0, 100));
    ASSERT_GE(all.size(), 2u);
    EXPECT_EQ(all.back().action, "checked-in");
    EXPECT_EQ(all.back().mac.size(), 64u);
    EXPECT_EQ(must(store().audit_after(all.front().seq, 100)).size(), all.size() - 1);
}

}  // namespace
}  // namespace foyer
