#include "records_fixture.h"
#include "sync/clinic/call_name.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// What another kiosk of the site, number 3, says of patients who came there.
struct HeardArrivals : Records {
    CallName theirs = call_name(3, 0);

    ArrivalSeen arrival(const std::string& appointment_id, const std::string& patient,
                        Instant when, const std::string& act = {}) const {
        return {.unit = unit_id(act.empty() ? "check-in|Appointment/" + appointment_id
                                            : act),
                .appointment = appointment_id,
                .patient = patient,
                .check_in = {.at = when,
                             .clock = ClockQuality::trusted,
                             .call_name = theirs,
                             .late = false}};
    }
    Taken hears(const ArrivalSeen& arrival) {
        auto batch = must(store().begin(now));
        const Taken taken = must(batch.put(arrival));
        must(batch.commit());
        return taken;
    }
    CallName name_of(const std::string& appointment_id,
                     const std::string& patient = "") {
        return visit(appointment_id, patient).check_in.value().call_name;
    }
    CallName given_here(const std::string& appointment_id,
                        const std::string& patient = "") {
        return must(checks_in({visit(appointment_id, patient).id}))
            .front()
            .check_in.value()
            .call_name;
    }
};

TEST_F(HeardArrivals, CheckTheVisitInUnderTheirNameAndQueueNothing) {
    given_ada();
    ArrivalSeen seen = arrival("a1", "ada", now - 3min);
    seen.check_in.late = true;
    EXPECT_EQ(hears(seen), Taken::added);
    EXPECT_EQ(hears(seen), Taken::unchanged);
    const auto here = visit("a1").check_in.value();
    EXPECT_EQ(here.at, now - 3min);
    EXPECT_EQ(here.call_name, theirs);
    EXPECT_TRUE(here.late);
    EXPECT_EQ(given_here("a1"), theirs);
    EXPECT_TRUE(waiting().empty());
    EXPECT_TRUE(must(store().conflicts(false)).empty());
    EXPECT_TRUE(audit_verdict().why.empty());
}

TEST_F(HeardArrivals, TheNameHeardIsTheirNameForLaterVisitsOfTheDay) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00"));
    hears(arrival("a1", "ada", now));
    EXPECT_EQ(given_here("a2"), theirs);
    EXPECT_EQ(waiting().size(), 1u);
}

TEST_F(HeardArrivals, NamesHeardTakeNoNameFromThoseGivenHere) {
    given_ada();
    for (const std::string id : {"bob", "eve", "max"}) {
        given_patient(id, "Babbage", id, "1791-12-26");
        given(appointment("of-" + id, {id}, "2026-11-23T10:00:00-05:00"));
    }
    hears(arrival("a1", "ada", now));
    theirs = call_name(3, 1);
    hears(arrival("of-bob", "bob", now));
    EXPECT_EQ(given_here("of-eve"), call_name(0, 0));
    EXPECT_EQ(given_here("of-max"), call_name(0, 1));
}

TEST_F(HeardArrivals, ANameGivenBeforeTheRecordsWereLostIsNotGivenAgain) {
    given_ada();
    given_patient("bob", "Babbage", "Bob", "1791-12-26");
    given(appointment("of-bob", {"bob"}, "2026-11-23T10:00:00-05:00"));
    theirs = call_name(device_index, 0);
    hears(arrival("a1", "ada", now));
    EXPECT_EQ(given_here("of-bob"), call_name(device_index, 1));
}

TEST_F(HeardArrivals, TheEarlierOfTwoStandsAndTheConflictIsRecordedOnce) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00"));
    ASSERT_NE(given_here("a1"), theirs);
    EXPECT_EQ(hears(arrival("a1", "ada", now - 3min)), Taken::changed);
    EXPECT_EQ(hears(arrival("a1", "ada", now - 3min)), Taken::unchanged);
    EXPECT_EQ(name_of("a1"), theirs);
    EXPECT_EQ(given_here("a2"), theirs);
    const auto conflicts = must(store().conflicts(false));
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].kind, "two-arrivals");
    EXPECT_EQ(conflicts[0].settled, "earliest-trusted");
}

TEST_F(HeardArrivals, ALaterOneChangesNothingButIsAConflict) {
    given_ada();
    const CallName ours = given_here("a1");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(hears(arrival("a1", "ada", now + 3min)), Taken::unchanged);
    EXPECT_EQ(name_of("a1"), ours);
    EXPECT_EQ(must(store().conflicts(false)).size(), 1u);
}

TEST_F(HeardArrivals, OnesOwnComesBackWithoutFractionsOfASecond) {
    given_ada();
    now += 700ms;
    theirs = given_here("a1");
    EXPECT_EQ(hears(arrival("a1", "ada", now - 700ms)), Taken::unchanged);
    EXPECT_EQ(visit("a1").check_in->at, now);
    EXPECT_TRUE(must(store().conflicts(false)).empty());
}

TEST_F(HeardArrivals, OfAGroupOnlyWhoCameHasArrived) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    given_patient("bob", "Babbage", "Bob", "1791-12-26");
    given(appointment("g1", {"ada", "bob"}, "2026-11-23T10:00:00-05:00"));
    hears(arrival("g1", "ada", now, "check-in|Appointment/g1|Patient/ada"));
    EXPECT_EQ(name_of("g1", "ada"), theirs);
    EXPECT_FALSE(visit("g1", "bob").check_in);
}

TEST_F(HeardArrivals, OneThatIsHereBeforeItsVisitWaitsForIt) {
    EXPECT_EQ(hears(arrival("a1", "ada", now)), Taken::unchanged);
    reopen();
    given_ada();
    EXPECT_EQ(name_of("a1"), theirs);
}

TEST_F(HeardArrivals, OneWhoseVisitNeverComesIsForgotten) {
    hears(arrival("a1", "ada", now));
    now += 49h;
    auto batch = must(store().begin(now));
    must(batch.put(appointment("a2", {"ada"}, "2026-11-25T14:00:00-05:00")));
    must(batch.commit());
    given_ada();
    EXPECT_FALSE(visit("a1").check_in);
}

}  // namespace
}  // namespace foyer
