#include <algorithm>

#include "records_fixture.h"
#include "sync/records/attendance_unit.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Kind = AttendanceKind;

/// A group today from ten to ten to eleven: Appointment/g1 with Ada and Bob.
struct Attendance : Records {
    Attendance() {
        given_patient("ada", "Lovelace", "Ada", "1815-12-10");
        given_patient("bob", "Babbage", "Bob", "1791-12-26");
        given(group("g1", {"ada", "bob"}, "2026-11-23T10:00:00-05:00"));
    }
    static Store::Batch::Appointment group(const std::string& id,
                                           std::vector<std::string> patients,
                                           const std::string& starts) {
        auto wanted = appointment(id, std::move(patients), starts);
        wanted.service = Service::group;
        return wanted;
    }
    void signs_in(const std::string& patient,
                  const std::string& appointment_id = "g1") {
        must(store().check_in({.visits = {visit(appointment_id, patient).id},
                               .late = {},
                               .at = now,
                               .method = AttendanceMethod::slip,
                               .attested = true}));
    }
    Result<AttendanceEvent> taps(Kind kind, const std::string& patient,
                                 ClockQuality clock = ClockQuality::trusted) {
        return store().attend({.visit = visit("g1", patient).id,
                               .kind = kind,
                               .at = now,
                               .clock = clock});
    }
    FacilitatorAct says(const std::string& patient, Kind kind, Instant when) const {
        return {.appointment = "g1",
                .patient = patient,
                .kind = kind,
                .at = when,
                .by = "Amara Okafor",
                .amends = {},
                .reason = {},
                .recorded = now};
    }
    std::vector<AttendanceEvent> events(const std::string& patient) {
        return must(store().attendance_of(visit("g1", patient).id));
    }
    std::vector<Kind> kinds(const std::string& patient) {
        std::vector<Kind> all;
        for (const auto& event : events(patient)) all.push_back(event.kind);
        return all;
    }
    std::vector<Unit> told() {
        auto units = waiting();
        std::erase_if(units,
                      [](const Unit& unit) { return unit.lane != Lane::attendance; });
        return units;
    }
};

TEST_F(Attendance, ASignatureOnTheSheetFollowsTheCheckIn) {
    must(store().check_in({.visits = {visit("g1", "ada").id},
                           .late = {},
                           .at = now,
                           .attested = true,
                           .signature = "iVBORw0KGgo="}));
    EXPECT_TRUE(events("ada").front().by_hand);
    const auto units = waiting();
    ASSERT_EQ(units.size(), 2u);
    EXPECT_EQ(units[0].id, unit_id("check-in|Appointment/g1|Patient/ada"));
    EXPECT_EQ(units[1].lane, Lane::consents);
    EXPECT_EQ(units[1].after, units[0].id);
    EXPECT_NE(units[1].body.find("iVBORw0KGgo="), std::string::npos);
    EXPECT_EQ(units[0].body.find("iVBORw0KGgo="), std::string::npos);
}

TEST_F(Attendance, OnlyWhatHoursCountOfIsSignedFor) {
    given(appointment("a9", {"ada"}, "2026-11-23T10:30:00-05:00"));
    must(store().check_in({.visits = {visit("a9", "ada").id, visit("g1", "ada").id},
                           .late = {},
                           .at = now,
                           .attested = true,
                           .signature = "iVBORw0KGgo="}));
    int signatures = 0;
    for (const auto& unit : waiting()) signatures += unit.lane == Lane::consents;
    EXPECT_EQ(signatures, 1);
}

TEST_F(Attendance, SigningInIsTheCheckInAndNoUnitOfItsOwn) {
    signs_in("ada");
    signs_in("ada");
    const auto all = events("ada");
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].unit, unit_id("check-in|Appointment/g1|Patient/ada"));
    EXPECT_EQ(all[0].at, now);
    EXPECT_TRUE(all[0].attested);
    EXPECT_EQ(all[0].method, AttendanceMethod::slip);
    EXPECT_EQ(all[0].ends, at("2026-11-23T10:50:00-05:00"));
    EXPECT_TRUE(events("bob").empty());
    EXPECT_EQ(waiting().size(), 1u);
    EXPECT_TRUE(told().empty());
}

TEST_F(Attendance, NobodySignsInOrOutWhereNoneIsTaken) {
    given(appointment("a1", {"ada"}, "2026-11-23T14:00:00-05:00"));
    signs_in("ada", "a1");
    const Alias therapy = visit("a1").id;
    EXPECT_TRUE(must(store().attendance_of(therapy)).empty());
    EXPECT_EQ(store().attend({.visit = therapy, .at = now}).error().code,
              Error::Code::refused);
    EXPECT_EQ(store().attend({.visit = patient_alias("x"), .at = now}).error().code,
              Error::Code::not_found);
}

TEST_F(Attendance, ABreakAndTheWayOutAreEachToldOnce) {
    signs_in("ada");
    for (const Kind kind : {Kind::break_out, Kind::break_in, Kind::break_out,
                            Kind::break_in, Kind::sign_out}) {
        now += 5min;
        const auto first = must(taps(kind, "ada"));
        now += 1s;
        EXPECT_EQ(must(taps(kind, "ada")), first);
    }
    EXPECT_EQ(kinds("ada"),
              (std::vector{Kind::sign_in, Kind::break_out, Kind::break_in,
                           Kind::break_out, Kind::break_in, Kind::sign_out}));
    EXPECT_EQ(told().size(), 5u);
    EXPECT_TRUE(audit_verdict().why.empty());
}

TEST_F(Attendance, OneTapAfterAPowerCutIsStillOne) {
    signs_in("ada");
    must(taps(Kind::sign_out, "ada"));
    reopen();
    must(taps(Kind::sign_out, "ada"));
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(Attendance, SigningOutBeforeSigningInIsKeptAsItWasSaid) {
    must(taps(Kind::sign_out, "ada"));
    EXPECT_EQ(kinds("ada"), std::vector{Kind::sign_out});
    EXPECT_EQ(told().size(), 1u);
    EXPECT_EQ(taps(Kind::sign_in, "ada").error().code, Error::Code::bad_input);
}

TEST_F(Attendance, WhoComesBackAfterSigningOutSignsInAgain) {
    signs_in("ada");
    now += 1h;
    must(taps(Kind::sign_out, "ada"));
    now += 1h;
    const auto again = must(taps(Kind::sign_in, "ada"));
    EXPECT_NE(again.unit, events("ada").front().unit);
    EXPECT_EQ(told().size(), 2u);
}

TEST_F(Attendance, ATapTwiceIsOneAlsoWhileTheClockIsSetBack) {
    signs_in("ada");
    now -= 2h;
    const auto first = must(taps(Kind::sign_out, "ada", ClockQuality::untrusted));
    now += 1s;
    EXPECT_EQ(must(taps(Kind::sign_out, "ada", ClockQuality::untrusted)), first);
    EXPECT_EQ(told().size(), 1u);
    EXPECT_EQ(first.clock, ClockQuality::untrusted);
}

TEST_F(Attendance, TheUnitSaysAllThatTheEventIs) {
    signs_in("ada");
    must(taps(Kind::sign_out, "ada"));
    must(store().attest(says("bob", Kind::sign_in, now - 10min)));
    auto known = events("ada");
    known.push_back(events("bob").front());
    for (const Unit& unit : told()) {
        const auto said = attendance_in(unit);
        ASSERT_TRUE(said);
        EXPECT_NE(std::ranges::find(known, *said), known.end());
        EXPECT_TRUE(unit.visit && unit.patient);
    }
    EXPECT_EQ(told().size(), 2u);
}

// --- the facilitator ---------------------------------------------------------------

TEST_F(Attendance, AFacilitatorSaysByNameWhenAPatientLeft) {
    signs_in("ada");
    now += 2h;
    const auto act = says("ada", Kind::sign_out, now - 75min);
    const auto said = must(store().attest(act));
    EXPECT_EQ(said.by, "Amara Okafor");
    EXPECT_EQ(said.method, AttendanceMethod::facilitator);
    EXPECT_FALSE(said.attested);
    now += 1min;
    EXPECT_EQ(must(store().attest(act)), said);
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(Attendance, WhatAFacilitatorSaysNeedsANameAndAnAmendmentAReason) {
    signs_in("ada");
    auto nameless = says("ada", Kind::sign_out, now);
    nameless.by.clear();
    EXPECT_EQ(store().attest(nameless).error().code, Error::Code::bad_input);
    auto unreasoned = says("ada", Kind::sign_in, now);
    unreasoned.amends = events("ada").front().unit;
    EXPECT_EQ(store().attest(unreasoned).error().code, Error::Code::bad_input);
    auto unknown = says("ada", Kind::sign_in, now);
    unknown.amends = unit_id("no such thing");
    unknown.reason = "typing";
    EXPECT_EQ(store().attest(unknown).error().code, Error::Code::not_found);
    auto nobody = says("eve", Kind::sign_out, now);
    EXPECT_EQ(store().attest(nobody).error().code, Error::Code::not_found);
    EXPECT_TRUE(told().empty());
}

TEST_F(Attendance, AnAmendmentStandsBesideWhatItAmends) {
    signs_in("ada");
    const auto original = events("ada").front();
    auto act = says("ada", Kind::sign_out, now - 5min);
    act.amends = original.unit;
    act.reason = "Came with the bus of 9:40";
    const auto first = must(store().attest(act));
    EXPECT_EQ(first.kind, Kind::sign_in);  // what it amends says what it is

    now += 1min;
    act.recorded = now;
    EXPECT_EQ(must(store().attest(act)), first);

    act.amends = first.unit;  // an amendment of the amendment
    act.at -= 5min;
    const auto second = must(store().attest(act));
    EXPECT_EQ(second.amends, original.unit);

    const auto all = events("ada");
    EXPECT_EQ(all.size(), 3u);
    EXPECT_NE(std::ranges::find(all, original), all.end());
    const auto stands = standing(all);
    ASSERT_EQ(stands.size(), 1u);
    EXPECT_EQ(stands[0], second);
    EXPECT_EQ(must(store().attendance_event(first.unit)).value(), first);
}

TEST_F(Attendance, AnAmendmentOfAnAmendmentThatIsHeardStandsInTheFirstsPlace) {
    signs_in("ada");
    const auto original = events("ada").front();
    const auto heard = [&](const AttendanceEvent& amended, Instant when) {
        AttendanceEvent event = amended;
        event.amends = amended.unit;
        event.at = when;
        event.by = "Ravi Desai";
        event.reason = "Came with the bus of 9:40";
        event.recorded = now += 1min;
        event.unit = unit_id(act_of(event));
        auto batch = must(store().begin());
        must(batch.put(event));
        must(batch.commit());
        return event;
    };
    const auto first = heard(original, original.at - 5min);
    const auto second = heard(first, original.at - 10min);
    const auto third = heard(second, original.at - 15min);

    // Saying what stands already adds nothing.
    auto act = says("ada", Kind::sign_in, third.at);
    act.amends = original.unit;
    act.reason = third.reason;
    EXPECT_EQ(must(store().attest(act)), third);
    EXPECT_EQ(events("ada").size(), 4u);

    act.amends = third.unit;
    act.at -= 5min;
    act.recorded = now += 1min;
    const auto mine = must(store().attest(act));
    EXPECT_EQ(mine.amends, original.unit);
    EXPECT_EQ(standing(events("ada")), std::vector{mine});
}

TEST_F(Attendance, WhatNeverHappenedIsVoidAndStaysInTheRecords) {
    signs_in("ada");
    auto act = says("ada", Kind::sign_in, now);
    act.amends = events("ada").front().unit;
    act.reason = "Wrong person tapped";
    act.voided = true;
    must(store().attest(act));
    act.recorded = now += 1min;
    must(store().attest(act));
    EXPECT_EQ(events("ada").size(), 2u);
    EXPECT_TRUE(standing(events("ada")).empty());
}

TEST_F(Attendance, AVisitThatLeftTheScheduleCanStillBeAmended) {
    given(group("g9", {"ada", "bob"}, "2026-11-26T10:00:00-05:00"));
    signs_in("ada");
    const auto unit = events("ada").front().unit;
    tamper("delete from outbox");
    now += 24h * 3;
    must(store().see_clock(now));
    must(store().purge(now));
    EXPECT_EQ(store().visit_of("g1", "ada").error().code, Error::Code::not_found);
    auto act = says("ada", Kind::sign_in, now - 72h + 5min);
    act.amends = unit;
    act.reason = "Came later";
    must(store().attest(act));
    must(store().attest(says("ada", Kind::sign_out, now - 71h)));
    EXPECT_EQ(must(store().attendance_between(today, today)).size(), 3u);
}

// --- the roster --------------------------------------------------------------------

TEST_F(Attendance, TheRosterHasEverybodyByName) {
    signs_in("ada");
    const auto lines = must(store().roster("g1"));
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].patient.family, "Babbage");
    EXPECT_TRUE(lines[0].events.empty());
    EXPECT_EQ(lines[1].patient.family, "Lovelace");
    EXPECT_EQ(lines[1].events.size(), 1u);
    EXPECT_TRUE(lines[1].visit.check_in);
    EXPECT_EQ(store().roster("nothing").error().code, Error::Code::not_found);
}

TEST_F(Attendance, AppointmentsOfOnePatientEachAreOneSession) {
    for (const std::string id : {"ada", "bob"}) {
        auto own = group("yoga-" + id, {id}, "2026-11-23T16:00:00-05:00");
        own.service = Service::holistic_class;
        given(own);
    }
    auto off = group("yoga-x", {"ada"}, "2026-11-23T16:00:00-05:00");
    off.service = Service::holistic_class;
    off.status = AppointmentStatus::cancelled;
    given(off);
    given(appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00"));

    const auto sessions = must(store().roster_sessions(today));
    ASSERT_EQ(sessions.size(), 2u);
    EXPECT_EQ(sessions[0].appointment, "g1");
    EXPECT_EQ(sessions[0].expected, 2);
    EXPECT_EQ(sessions[1].appointment, "yoga-ada");
    EXPECT_EQ(sessions[1].expected, 2);
    EXPECT_EQ(must(store().roster("yoga-bob")).size(), 2u);
}

TEST_F(Attendance, AnEveningsGroupBelongsToTheDayItBegan) {
    given(group("late", {"ada", "bob"}, "2026-11-23T23:30:00-05:00"));
    now = at("2026-11-23T23:25:00-05:00");
    signs_in("ada", "late");
    now += 1h;  // it is Tuesday
    must(store().attend({.visit = visit("late", "ada").id, .at = now}));
    EXPECT_EQ(must(store().attendance_between(today, today)).size(), 2u);
    EXPECT_TRUE(
        must(store().attendance_between(day("2026-11-24"), day("2026-11-24"))).empty());
    EXPECT_EQ(must(store().roster("late"))[1].events.size(), 2u);
}

// --- keeping house -----------------------------------------------------------------

TEST_F(Attendance, StaysWhileThePatientHasVisitsAndItIsNotOld) {
    given(group("g9", {"ada", "bob"}, "2026-11-30T10:00:00-05:00"));
    given(group("far", {"ada"}, "2027-03-04T10:00:00-05:00"));
    signs_in("ada");
    const auto kept = [&] {
        return must(store().attendance_between(today, today)).size();
    };
    now += 24h * 7;
    must(store().see_clock(now));
    must(store().purge(now));
    EXPECT_EQ(kept(), 1u);  // nobody has told the clinic
    tamper("delete from outbox");
    must(store().purge(now));
    EXPECT_EQ(kept(), 1u);  // there is a visit today
    now += 24h * 2;
    must(store().see_clock(now));
    must(store().purge(now));
    EXPECT_EQ(kept(), 0u);
}

TEST_F(Attendance, GoesAfterAHundredDays) {
    signs_in("ada");
    tamper("delete from outbox");
    now += 24h * 101;
    given(group("g9", {"ada"}, format_instant(now)));
    must(store().see_clock(now));
    must(store().purge(now));
    EXPECT_TRUE(must(store().attendance_between(today, today)).empty());
}

}  // namespace
}  // namespace foyer
