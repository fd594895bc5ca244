#include "seats_fixture.h"

namespace foyer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct SeatLending : SeatsTest {
    SeatLending() {
        for (const char* id : {"ada", "bob", "cy", "dee"}) given_patient(id);
    }
    int leased_by(Kiosk& which) { return int(must(which.store().leases()).size()); }
};
INSTANTIATE_TEST_SUITE_P(Servers, SeatLending,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         manner_name);

TEST_P(SeatLending, IsOfTwoSeatsAKioskAndNoneOfTheLastQuarter) {
    given_seats(8);
    for (int i = 1; i <= 4; ++i) kiosk(i).tends();
    EXPECT_EQ(leased_by(kiosk(1)), 2);
    EXPECT_EQ(leased_by(kiosk(2)), 2);
    EXPECT_EQ(leased_by(kiosk(3)), 2);
    EXPECT_EQ(leased_by(kiosk(4)), 0);
    EXPECT_EQ(count("Slot", "busy-tentative"), 6);
    EXPECT_EQ(count("Slot", "free"), 2);
}

TEST_P(SeatLending, GivesSeatsAwayWithoutANetwork) {
    given_seats(8);
    kiosk().tends();
    kiosk().http.online = false;
    const SignUp ada = kiosk().asks("ada");
    const SignUp bob = kiosk().asks("bob");
    const SignUp cy = kiosk().asks("cy");
    EXPECT_EQ(ada.state, SignUpState::confirmed);
    EXPECT_EQ(bob.state, SignUpState::confirmed);
    EXPECT_EQ(cy.state, SignUpState::asked);
    kiosk().http.online = true;
    must(kiosk().sends());
    for (const SignUp& each : {ada, bob}) {
        const SignUp now = kiosk().stands(each.unit);
        EXPECT_EQ(now.state, SignUpState::confirmed);
        EXPECT_EQ(now.slot, each.slot);
        EXPECT_TRUE(now.told);
    }
    EXPECT_EQ(count("Appointment", "booked"), 3);
    EXPECT_EQ(count("Slot", "busy"), 3);
    EXPECT_EQ(count("Slot", "busy-tentative"), 0);
}

TEST_P(SeatLending, OfASeatGivenAwayIsNotTakenUpAgain) {
    given_seats(8);
    kiosk().tends();
    const SignUp ada = kiosk().asks("ada");
    time_passes(minutes(10));
    kiosk().tends();
    for (const Lease& lease : must(kiosk().store().leases()))
        EXPECT_NE(lease.slot, ada.slot);
}

TEST_P(SeatLending, StopsTenMinutesBeforeItsEnd) {
    given_seats(8);
    kiosk().tends();
    const auto ends = must(kiosk().store().leases()).front().expires;
    kiosk().http.online = false;
    time_passes(ends - minutes(10) - clock.now());
    EXPECT_EQ(kiosk().asks("ada").state, SignUpState::asked);
}

TEST_P(SeatLending, IsGoodUntilTenMinutesBeforeItsEnd) {
    given_seats(8);
    kiosk().tends();
    const auto ends = must(kiosk().store().leases()).front().expires;
    kiosk().http.online = false;
    time_passes(ends - minutes(11) - clock.now());
    EXPECT_EQ(kiosk().asks("ada").state, SignUpState::confirmed);
}

TEST_P(SeatLending, IsRenewedWhileOnline) {
    given_seats(8);
    kiosk().tends();
    const auto before = must(kiosk().store().leases()).front().expires;
    time_passes(hours(4));
    kiosk().tends();
    for (const Lease& lease : must(kiosk().store().leases()))
        EXPECT_GT(lease.expires, before);
    EXPECT_EQ(leased_by(kiosk()), 2);
}

TEST_P(SeatLending, IsNotForAClockThatNobodyTrusts) {
    given_seats(8);
    kiosk(1).tends();
    ASSERT_EQ(leased_by(kiosk(1)), 2);
    // The clock goes back an hour: what was lent goes back, and nothing is given away.
    clock.set(clock.now() - hours(1));
    must(kiosk(1).store().see_clock(clock.now()));
    kiosk(1).clock_quality = ClockQuality::untrusted;
    EXPECT_EQ(kiosk(1).asks("ada").state, SignUpState::asked);
    clock.advance(minutes(15));
    kiosk(1).tends();
    EXPECT_EQ(leased_by(kiosk(1)), 0);
    EXPECT_EQ(count("Slot", "busy-tentative"), 0);
}

TEST_P(SeatLending, IsNotForAClockThatIsWrong) {
    given_seats(8);
    server.now += minutes(2);
    kiosk().tends();
    EXPECT_EQ(count("Slot", "busy-tentative"), 0);
}

TEST_P(SeatLending, IsOverTenMinutesAfterItsEnd) {
    given_seats(4);
    kiosk(1).tends();
    ASSERT_EQ(count("Slot", "busy-tentative"), 2);
    const auto ends = must(kiosk(1).store().leases()).front().expires;
    time_passes(ends + minutes(9) - clock.now());
    kiosk(2).tends();
    const auto held_by = [&](Kiosk& which) {
        int held = 0;
        for (const Json& each : all("Slot"))
            if (seat_from(each.dump())->lent_to(which.device())) ++held;
        return held;
    };
    EXPECT_EQ(held_by(kiosk(1)), 2);
    time_passes(minutes(8));
    kiosk(2).tends();
    EXPECT_EQ(held_by(kiosk(1)), 0);
    EXPECT_EQ(held_by(kiosk(2)), 2);
    // The first one hears of it, and keeps only what is lent to it now.
    kiosk(1).tends();
    for (const Lease& lease : must(kiosk(1).store().leases()))
        EXPECT_TRUE(
            seat_from(*server.get("Slot", lease.slot))->lent_to(kiosk(1).device()));
    EXPECT_EQ(held_by(kiosk(2)), 2);
}

TEST_P(SeatLending, ThatWasLostIsSaidToThePatientAndToStaff) {
    given_seats(2);
    kiosk(1).tends();
    ASSERT_EQ(leased_by(kiosk(1)), 1);
    const SignUp ada = kiosk(1).asks("ada");
    ASSERT_EQ(ada.state, SignUpState::confirmed);
    // It is back only when others have had the seats for long.
    time_passes(hours(13));
    kiosk(2).tends();
    EXPECT_EQ(kiosk(2).signs_up("bob").state, SignUpState::confirmed);
    EXPECT_EQ(kiosk(2).signs_up("cy").state, SignUpState::confirmed);
    must(kiosk(1).sends());
    const SignUp now = kiosk(1).stands(ada.unit);
    EXPECT_EQ(now.state, SignUpState::waiting);
    EXPECT_FALSE(now.told);
    const auto conflicts = must(kiosk(1).store().conflicts(true));
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].kind, "lease-lost");
    const auto units = must(kiosk(1).store().waiting_units(10));
    ASSERT_EQ(units.size(), 1u);
    EXPECT_EQ(units[0].lane, Lane::desk);
    EXPECT_EQ(count("Slot", "busy"), 2);
}

TEST_P(SeatLending, GoesBackWhenNoSeatIsLeftForOthers) {
    given_seats(4);
    kiosk(1).tends();
    for (const char* id : {"ada", "bob"}) kiosk(2).signs_up(id);
    ASSERT_EQ(count("Slot", "free"), 0);
    EXPECT_EQ(kiosk(2).signs_up("cy").state, SignUpState::waiting);
    time_passes(minutes(10));
    kiosk(1).tends();
    kiosk(2).tends(true);
    EXPECT_EQ(count("Appointment", "booked"), 2);
    EXPECT_EQ(count("Appointment", "pending"), 1);
    EXPECT_EQ(count("Appointment", "waitlist"), 0);
}

TEST_P(SeatLending, ThatACrashKeptFromTheRecordsIsFoundAgain) {
    given_seats(4);
    // The PUT went through, and its answer was lost with the power.
    kiosk().http.before = [&](const HttpRequest& request) {
        if (request.method == "PUT") kiosk().http.lose_next_answer = true;
    };
    while (kiosk().tends_once()) ASSERT_EQ(leased_by(kiosk()), 0);
    kiosk().http.before = {};
    kiosk().starts();
    kiosk().tends();
    EXPECT_EQ(leased_by(kiosk()), 2);
    EXPECT_EQ(count("Slot", "busy-tentative"), 2);
}

TEST_P(SeatLending, LeavesABusySeatThatAnAppointmentNames) {
    given_seats(2);
    const SignUp ada = kiosk().signs_up("ada");
    time_passes(minutes(30));
    kiosk().tends(true);
    EXPECT_EQ(status_of("Slot", ada.slot), "busy");
}

TEST_P(SeatLending, FreesABusySeatThatNobodyNamesForTenMinutes) {
    given_seats(2);
    server.set("Slot", "seat-10", "/status", "\"busy\"");
    time_passes(minutes(9));
    kiosk().tends(true);
    EXPECT_EQ(status_of("Slot", "seat-10"), "busy");
    time_passes(minutes(12));
    kiosk().tends(true);
    EXPECT_NE(status_of("Slot", "seat-10"), "busy");
}

TEST_P(SeatLending, LeavesOrphansToTheElectedDevice) {
    given_seats(1);
    server.set("Slot", "seat-10", "/status", "\"busy\"");
    time_passes(minutes(30));
    kiosk().tends(false);
    EXPECT_EQ(status_of("Slot", "seat-10"), "busy");
}

}  // namespace
}  // namespace foyer
