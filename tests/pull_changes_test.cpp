#include <gtest/gtest.h>

#include "sync/pull/pull.h"
#include "tests/pull_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

class PullChanges : public Pull {};

TEST_P(PullChanges, AWalkInIsHereAMinuteLater) {
    has_ada();
    reads();
    has_patient("grace", "Hopper");
    has_visit("a2", "grace", "2026-11-23T10:15:00-05:00");
    a_minute_later();
    EXPECT_TRUE(holds_visit("a2"));
}

TEST_P(PullChanges, WhatIsKnownIsNotTakenAgain) {
    has_many(30);
    EXPECT_GE(reads().taken, 60);
    const auto again = a_minute_later();
    EXPECT_EQ(again.taken, 0);
    EXPECT_EQ(a_minute_later().taken, 0);
}

TEST_P(PullChanges, ABurstIsNotReadAgainEachMinute) {
    has_ada();
    reads();
    for (int i = 0; i < 250; ++i) has_visit(numbered("b", i), "ada");
    EXPECT_EQ(a_minute_later().taken, 250);
    for (int i = 0; i < 5; ++i) a_minute_later();
    const int before = http.asked("GET");
    EXPECT_EQ(a_minute_later().unchanged, 0);
    EXPECT_EQ(http.asked("GET") - before, 3);  // Appointments, arrivals, attendance
}

TEST_P(PullChanges, NothingIsAskedBeforeItsTime) {
    has_ada();
    reads();
    a_minute_later();
    const int before = http.asked("GET");
    passes(20s);
    reads();
    EXPECT_EQ(http.asked("GET"), before);
    EXPECT_GT(must(puller().next_due(now)), now);
    EXPECT_LE(must(puller().next_due(now)), now + 60s);
}

TEST_P(PullChanges, OfManyWithOneTimeNoneIsLost) {
    has_ada();
    reads();
    clinic.times_differ = false;
    passes(10s);
    for (int i = 0; i < 330; ++i) has_visit(numbered("b", i), "ada");
    EXPECT_EQ(a_minute_later().taken, 330);
}

TEST_P(PullChanges, AChangeBetweenTwoPagesHidesNoOther) {
    has_ada();
    reads();
    for (int i = 0; i < 250; ++i) has_visit(numbered("b", i), "ada");
    passes(70s);
    step();
    clinic.set("Appointment", "b3", "/description", R"("changed")");
    clinic.set("Appointment", "b4", "/description", R"("changed")");
    reads();
    for (int i = 0; i < 250; ++i) EXPECT_TRUE(holds_visit(numbered("b", i))) << i;
}

TEST_P(PullChanges, WhatWasCommittedLateBehindTheCursorIsSeen) {
    has_ada();
    reads();
    a_minute_later();
    const Instant real = clinic.now;
    clinic.now = real - 100s;  // written then, seen only now
    has_visit("slow", "ada", "2026-11-23T11:00:00-05:00");
    clinic.now = real;
    a_minute_later();
    EXPECT_TRUE(holds_visit("slow"));
}

TEST_P(PullChanges, ATimeAheadOfTheServersClockHidesNothing) {
    has_ada();
    reads();
    const Instant real = clinic.now;
    clinic.now = real + 24h;
    has_visit("ahead", "ada");
    clinic.now = real;
    a_minute_later();
    passes(1min);
    clinic.times_differ = false;
    has_visit("after", "ada");
    a_minute_later();
    EXPECT_TRUE(holds_visit("ahead"));
    EXPECT_TRUE(holds_visit("after"));
}

TEST_P(PullChanges, AVisitMovedToNextYearIsNoLongerToday) {
    has_ada();
    reads();
    clinic.set("Appointment", "a1", "/start", R"("2027-03-01T10:00:00-05:00")");
    a_minute_later();
    EXPECT_TRUE(must(store().visits_on(today, patient_alias("ada"))).empty());
}

TEST_P(PullChanges, AVisitMovedIntoTheWindowIsHere) {
    has_patient("ada");
    has_visit("far", "ada", "2027-03-01T10:00:00-05:00");
    reads();
    ASSERT_FALSE(holds_visit("far"));
    clinic.set("Appointment", "far", "/start", R"("2026-11-24T10:00:00-05:00")");
    a_minute_later();
    EXPECT_TRUE(holds_visit("far"));
}

TEST_P(PullChanges, ADeletedVisitIsGoneWithinAQuarterOfAnHour) {
    has_ada();
    has_visit("a2", "ada");
    reads();
    clinic.remove("Appointment", "a1");
    passes(16min);
    EXPECT_EQ(reads().gone, 1);
    EXPECT_FALSE(holds_visit("a1"));
    EXPECT_TRUE(holds_visit("a2"));
}

TEST_P(PullChanges, AVisitNoLongerShownToUsGoes) {
    has_ada();
    has_visit("a2", "ada");
    reads();
    clinic.remove("Appointment", "a1");
    http.before = [&](const HttpRequest& request) {
        if (request.url.ends_with("/Appointment/a1")) http.fail_next(403);
    };
    passes(16min);
    reads();
    EXPECT_FALSE(holds_visit("a1"));
    EXPECT_TRUE(holds_visit("a2"));
}

TEST_P(PullChanges, APatientEditedAloneIsSeenWithinAQuarterOfAnHour) {
    has_ada();
    reads();
    clinic.set("Patient", "ada", "/name/0/family", R"("King")");
    a_minute_later();
    passes(16min);
    reads();
    EXPECT_EQ(must(store().patient(patient_alias("ada"))).family, "King");
}

TEST_P(PullChanges, APlaceThatWasRenamedIsSeenTheNextMorning) {
    has_ada();
    clinic.put(R"({"resourceType":"Location","id":"main","name":"Suite 2"})");
    clinic.set("Appointment", "a1", "/participant/1",
               R"({"actor":{"reference":"Location/main"},"status":"accepted"})");
    reads();
    clinic.set("Location", "main", "/name", R"("Suite 3")");
    passes(18h);
    reads();
    EXPECT_EQ(visit("a1").place, "Suite 3");
}

// --- what was done here stands
// --------------------------------------------------------------

TEST_P(PullChanges, ACheckInMadeHereOutlivesEveryPull) {
    has_ada();
    reads();
    must(checks_in({visit("a1").id}));
    clinic.set("Appointment", "a1", "/description", R"("changed")");
    a_minute_later();
    EXPECT_TRUE(visit("a1").check_in);
    EXPECT_TRUE(conflicts().empty());
}

TEST_P(PullChanges, ACancellationOfAVisitCheckedInToIsAConflictOnce) {
    has_ada();
    reads();
    must(checks_in({visit("a1").id}));
    clinic.set("Appointment", "a1", "/status", R"("cancelled")");
    a_minute_later();
    a_minute_later();
    clinic.set("Appointment", "a1", "/description", R"("changed")");
    a_minute_later();
    must(puller().read_all_again());
    reads();
    ASSERT_EQ(conflicts().size(), 1u);
    EXPECT_EQ(conflicts()[0].kind, "visit-cancelled");
    EXPECT_EQ(conflicts()[0].unit, unit_id("check-in|Appointment/a1"));
    EXPECT_TRUE(conflicts()[0].settled.empty());
    EXPECT_TRUE(visit("a1").check_in);
    EXPECT_EQ(visit("a1").status, AppointmentStatus::cancelled);
}

TEST_P(PullChanges, AVisitMovedToAnotherDayWhileCheckedInIsForStaff) {
    has_ada();
    reads();
    must(checks_in({visit("a1").id}));
    clinic.set("Appointment", "a1", "/start", R"("2026-11-25T10:00:00-05:00")");
    a_minute_later();
    ASSERT_EQ(conflicts().size(), 1u);
    EXPECT_EQ(conflicts()[0].kind, "visit-moved");
    EXPECT_TRUE(conflicts()[0].settled.empty());
}

TEST_P(PullChanges, AVisitMovedWithinTheDayKeepsItsArrival) {
    has_ada();
    reads();
    must(checks_in({visit("a1").id}));
    clinic.set("Appointment", "a1", "/start", R"("2026-11-23T10:30:00-05:00")");
    a_minute_later();
    ASSERT_EQ(conflicts().size(), 1u);
    EXPECT_EQ(conflicts()[0].settled, "same-day");
    EXPECT_TRUE(visit("a1").check_in);
}

TEST_P(PullChanges, APatientTakenOutOfAVisitCheckedInToIsForStaff) {
    has_ada();
    has_patient("grace", "Hopper");
    reads();
    must(checks_in({visit("a1").id}));
    clinic.set("Appointment", "a1", "/participant/0/actor/reference",
               R"("Patient/grace")");
    a_minute_later();
    ASSERT_EQ(conflicts().size(), 1u);
    EXPECT_EQ(conflicts()[0].kind, "not-a-participant");
}

TEST_P(PullChanges, ADeletedVisitCheckedInToStaysAsAConflict) {
    has_ada();
    reads();
    must(checks_in({visit("a1").id}));
    clinic.remove("Appointment", "a1");
    passes(16min);
    reads();
    ASSERT_EQ(conflicts().size(), 1u);
    EXPECT_EQ(conflicts()[0].kind, "visit-gone");
    EXPECT_TRUE(visit("a1").check_in);
}

INSTANTIATE_TEST_SUITE_P(, PullChanges,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         name_of_manner);

}  // namespace
}  // namespace foyer
