#include "tests/effects_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using State = Attended::State;
using Kind = AttendanceKind;

/// A program day from 9:30 to 12:00 of two patients, at 9:41; the phone number is
/// right.
class AtAGroup : public AtTheKiosk {
protected:
    AtAGroup() {
        known("pat", "Rivera", born(1988, 4, 17), "212 555 0141");
        known("kim", "Osei", born(1979, 2, 3), "212 555 0142");
        program("day", {"pat", "kim"}, at("09:45"), at("12:00"));
        confirm("pat");
        confirm("kim");
    }

    void program(const std::string& id, std::vector<std::string> patients,
                 Instant starts, Instant ends, Service service = Service::php) {
        Store::Batch::Appointment appointment;
        appointment.id = id;
        appointment.patients = std::move(patients);
        appointment.starts = starts;
        appointment.ends = ends;
        appointment.status = AppointmentStatus::booked;
        appointment.service = service;
        appointment.location = "here";
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(appointment));
        EXPECT_TRUE(batch.commit());
    }
    Visit part(const std::string& appointment, const std::string& patient = "pat") {
        return records().visit_of(appointment, patient).value();
    }
    void confirm(const std::string& patient) {
        EXPECT_TRUE(
            records().confirm_contact(part("day", patient).patient, clock.now()));
    }
    PersonFound scans(const std::string& appointment,
                      const std::string& patient = "pat",
                      Purpose purpose = Purpose::check_in) {
        const auto held = part(appointment, patient);
        orders(
            ReadSlip{sign_token({held.id, held.starts + 24h}, site_keys(data).value()),
                     purpose});
        return came_to<PersonFound>();
    }
    void signs_in(const std::string& appointment, const std::string& patient = "pat") {
        const auto held = part(appointment, patient);
        orders(SaveCheckIn{held.patient, {held.id}, AttendanceMethod::slip, true});
        EXPECT_TRUE(came<CheckInSaved>());
    }
    AttendanceSaved says(const std::string& appointment, Kind kind) {
        orders(SaveAttendance{part(appointment).id, kind, AttendanceMethod::slip});
        return came_to<AttendanceSaved>();
    }
    std::vector<AttendanceEvent> told(const std::string& appointment) {
        return records().attendance_of(part(appointment).id).value();
    }
};

TEST_F(AtAGroup, SigningInIsToldWithWhoseWordItIsAndHowTheyWereKnown) {
    signs_in("day");
    const auto events = told("day");
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, Kind::sign_in);
    EXPECT_EQ(events[0].at, at("09:41"));
    EXPECT_EQ(events[0].method, AttendanceMethod::slip);
    EXPECT_TRUE(events[0].attested);
}

TEST_F(AtAGroup, ASignatureIsKeptAsAPicture) {
    const auto held = part("day");
    SaveCheckIn order{held.patient, {held.id}, AttendanceMethod::slip, true};
    order.strokes = {{{{0.1F, 0.5F}, {0.9F, 0.4F}}}};
    orders(order);
    EXPECT_TRUE(came<CheckInSaved>());
    EXPECT_TRUE(told("day").front().by_hand);
    std::string kept;
    const auto waiting = records().waiting_units(10).value();
    for (const auto& unit : waiting)
        if (unit.lane == Lane::consents) kept = unit.body;
    // The first bytes of every PNG, in base64.
    EXPECT_NE(kept.find(R"("png":"iVBORw0KGgo)"), std::string::npos);
}

TEST_F(AtAGroup, WhoIsThereIsFoundWithSinceWhen) {
    EXPECT_TRUE(scans("day").sessions.empty());
    signs_in("day");
    clock.advance(1h);
    const auto found = scans("day");
    ASSERT_EQ(found.sessions.size(), 1U);
    EXPECT_EQ(found.sessions[0].state, State::present);
    EXPECT_EQ(found.sessions[0].in->minutes, 9h + 41min);
    EXPECT_TRUE(scans("day", "kim").sessions.front().state == State::expected);
}

TEST_F(AtAGroup, ABreakAndTheWayBackAreTold) {
    signs_in("day");
    clock.advance(1h);
    EXPECT_EQ(says("day", Kind::break_out).session.state, State::on_break);
    clock.advance(10min);
    EXPECT_EQ(says("day", Kind::break_in).session.state, State::present);
    EXPECT_EQ(told("day").size(), 3U);
}

TEST_F(AtAGroup, SigningOutTwiceChangesNothingAndSaysWhenTheFirstWas) {
    signs_in("day");
    clock.advance(2h);
    const auto first = says("day", Kind::sign_out);
    EXPECT_FALSE(first.again);
    EXPECT_EQ(first.session.state, State::gone);
    EXPECT_EQ(first.session.out->minutes, 11h + 41min);
    clock.advance(5min);
    const auto second = says("day", Kind::sign_out);
    EXPECT_TRUE(second.again);
    EXPECT_EQ(second.session.out->minutes, 11h + 41min);
    EXPECT_EQ(told("day").size(), 2U);
}

TEST_F(AtAGroup, ASignOutThatIsDurableOutlivesAPowerCut) {
    signs_in("day");
    says("day", Kind::sign_out);
    restart();
    EXPECT_EQ(scans("day").sessions[0].state, State::gone);
}

TEST_F(AtAGroup, OfASignInAtAKioskThatIsCutOffTheSignOutIsKept) {
    clock.advance(2h);
    const auto out = says("day", Kind::sign_out);
    EXPECT_EQ(out.session.out->minutes, 11h + 41min);
    EXPECT_EQ(told("day").size(), 1U);
}

TEST_F(AtAGroup, LongAfterTheEndAPersonWritesDownWhenTheyLeft) {
    signs_in("day");
    clock.set(at("12:59"));
    EXPECT_FALSE(scans("day").sessions[0].over);
    clock.set(at("13:01"));
    EXPECT_TRUE(scans("day").sessions[0].over);
}

TEST_F(AtAGroup, OneThatLastsPastMidnightIsLeftOnTheNextDay) {
    program("night", {"pat"}, at("23:00"), at("01:00", "2026-11-24"));
    clock.set(at("22:50"));
    signs_in("night");
    clock.set(at("00:30", "2026-11-24"));
    const auto found = scans("night");
    EXPECT_FALSE(found.trouble);
    ASSERT_EQ(found.sessions.size(), 1U);
    EXPECT_EQ(found.sessions[0].state, State::present);
    // By name as well: there is no visit that day, and still they are there.
    EXPECT_EQ(finds("Rivera", born(1988, 4, 17)).sessions.size(), 1U);
}

TEST_F(AtAGroup, SomethingThatNobodySignsAtIsRefused) {
    orders(SaveAttendance{visit("a-open").id, Kind::sign_out, AttendanceMethod::name});
    EXPECT_TRUE(came<AttendanceFailed>());
}

TEST_F(AtAGroup, TheDayOfACourseIsCounted) {
    site.programs[Service::php].days = 24;
    restart();
    EXPECT_EQ(scans("day").visits[0].program_day, 1);
    signs_in("day");
    clock.advance(2h);
    says("day", Kind::sign_out);
    program("next", {"pat"}, at("09:45", "2026-11-24"), at("12:00", "2026-11-24"));
    clock.set(at("09:41", "2026-11-24"));
    const auto next = scans("next").visits[0];
    EXPECT_EQ(next.program_day, 2);
    EXPECT_EQ(next.program_days, 24);
}

// --- rush ----------------------------------------------------------------------------

TEST_F(AtAGroup, ASlipWithNothingLeftToAskLeadsStraightOn) {
    EXPECT_FALSE(scans("day").rush.empty());
    signs_in("day");
    EXPECT_FALSE(scans("day").rush.empty());
}

TEST_F(AtAGroup, WhoseNumberIsToBeAskedAboutIsAsked) {
    known("new", "Marsh", born(1991, 7, 21), "212 555 0143");
    program("other", {"new"}, at("09:45"), at("12:00"));
    EXPECT_TRUE(scans("other", "new").rush.empty());
}

TEST_F(AtAGroup, WhoHasAnotherVisitIsShownTheirDay) {
    program("second", {"pat"}, at("09:50"), at("10:40"), Service::individual);
    EXPECT_TRUE(scans("day").rush.empty());
}

TEST_F(AtAGroup, WhoIsStillSignedInElsewhereIsAskedAboutThatFirst) {
    signs_in("day");
    program("noon", {"pat"}, at("12:00"), at("13:00"), Service::group);
    clock.set(at("11:50"));
    EXPECT_TRUE(scans("noon").rush.empty());
}

TEST_F(AtAGroup, WhoIsLateOrEarlyIsToldSo) {
    clock.set(at("10:10"));
    EXPECT_TRUE(scans("day").rush.empty());
    clock.set(at("09:20"));
    EXPECT_TRUE(scans("day").rush.empty());
}

TEST_F(AtAGroup, TheClinicMayWantASignature) {
    EXPECT_FALSE(scans("day").visits.front().by_hand);
    site.sign_by_hand = true;
    restart();
    const auto found = scans("day");
    EXPECT_TRUE(found.rush.empty());
    EXPECT_TRUE(found.visits.front().by_hand);
}

TEST_F(AtAGroup, TheClinicMayWantAYes) {
    site.fast_sign_in = false;
    restart();
    EXPECT_TRUE(scans("day").rush.empty());
}

}  // namespace
}  // namespace foyer
