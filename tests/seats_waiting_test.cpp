#include "seats_fixture.h"

namespace foyer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct SeatWaiting : SeatsTest {
    SeatWaiting() {
        for (const char* id : {"ada", "bob", "cy", "dee"}) given_patient(id);
        given_seats(1);
        holder = kiosk(0).signs_up("ada");
    }
    void holder_leaves() {
        kiosk(0).leaves(holder.unit);
        must(kiosk(0).sends());
    }
    SignUp holder;
};
INSTANTIATE_TEST_SUITE_P(Servers, SeatWaiting,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         manner_name);

TEST_P(SeatWaiting, IsInTheOrderOfAskingNotOfSending) {
    const SignUp bob = kiosk(1).asks("bob");
    time_passes(seconds(1));
    const SignUp cy = kiosk(2).signs_up("cy");
    EXPECT_EQ(cy.place, 1);
    must(kiosk(1).sends());
    EXPECT_EQ(kiosk(1).stands(bob.unit).place, 1);
    time_passes(minutes(5));
    kiosk(2).tends();
    EXPECT_EQ(kiosk(2).stands(cy.unit).place, 2);
}

TEST_P(SeatWaiting, OfTwoWhoAskedAtOneTimeGoesByTheirUnits) {
    const SignUp bob = kiosk(1).asks("bob");
    const SignUp cy = kiosk(2).asks("cy");
    must(kiosk(2).sends());
    must(kiosk(1).sends());
    const auto first = bob.unit < cy.unit ? bob : cy;
    holder_leaves();
    kiosk(3).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(first.unit)), "pending");
    EXPECT_EQ(count("Appointment", "waitlist"), 1);
}

TEST_P(SeatWaiting, PutsATimeThatNobodyTrustsBehind) {
    kiosk(1).clock_quality = ClockQuality::untrusted;
    const SignUp bob = kiosk(1).asks("bob");
    time_passes(minutes(1));
    kiosk(2).signs_up("cy");
    time_passes(minutes(1));
    must(kiosk(1).sends());
    EXPECT_EQ(kiosk(1).stands(bob.unit).place, 2);
}

TEST_P(SeatWaiting, EndsWithAnOfferThatThePatientIsTold) {
    const SignUp bob = kiosk(1).signs_up("bob");
    EXPECT_EQ(bob.state, SignUpState::waiting);
    must(kiosk(1).store().mark_told(bob.unit));
    holder_leaves();
    kiosk(2).tends(true);
    time_passes(minutes(5));
    kiosk(1).tends();
    const SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::offered);
    EXPECT_FALSE(now.told);
    EXPECT_EQ(now.slot, holder.slot);
    EXPECT_EQ(now.place, 0);
}

TEST_P(SeatWaiting, IsMovedUpByTheElectedDeviceOnly) {
    kiosk(1).signs_up("bob");
    holder_leaves();
    kiosk(2).tends(false);
    EXPECT_EQ(count("Appointment", "waitlist"), 1);
}

TEST_P(SeatWaiting, IsNotPassedByWhoComesLater) {
    kiosk(1).signs_up("bob");
    holder_leaves();
    time_passes(seconds(1));
    const SignUp cy = kiosk(2).signs_up("cy");
    EXPECT_EQ(cy.state, SignUpState::waiting);
    kiosk(3).tends(true);
    EXPECT_EQ(kiosk(2).stands(cy.unit).state, SignUpState::waiting);
    EXPECT_EQ(count("Appointment", "pending"), 1);
}

TEST_P(SeatWaiting, NeverDisplacesAnOffer) {
    // Dee asked first of all, at a kiosk that was cut off until an offer was made.
    const SignUp dee = kiosk(3).asks("dee");
    time_passes(minutes(1));
    const SignUp bob = kiosk(1).signs_up("bob");
    holder_leaves();
    kiosk(2).tends(true);
    must(kiosk(3).sends());
    time_passes(minutes(10));
    kiosk(2).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(bob.unit)), "pending");
    EXPECT_EQ(kiosk(3).stands(dee.unit).state, SignUpState::waiting);
    EXPECT_EQ(kiosk(3).stands(dee.unit).place, 1);
}

TEST_P(SeatWaiting, IsPromotedOnceByTwoDevicesThatThinkThemselvesElected) {
    kiosk(1).signs_up("bob");
    time_passes(seconds(1));
    kiosk(1).signs_up("cy");
    holder_leaves();
    kiosk(2).http.before = [&](const HttpRequest& request) {
        if (request.method != "POST") return;
        kiosk(2).http.before = {};
        kiosk(3).tends(true);
    };
    kiosk(2).tends(true);
    EXPECT_EQ(count("Appointment", "pending"), 1);
    EXPECT_EQ(count("Appointment", "waitlist"), 1);
}

TEST_P(SeatWaiting, TakesTheEarlierOfTwoTimesOfOneAct) {
    const SignUp early = kiosk(1).asks("bob");
    time_passes(minutes(1));
    kiosk(2).signs_up("cy");
    time_passes(minutes(1));
    const SignUp late = kiosk(3).signs_up("bob");
    EXPECT_EQ(early.unit, late.unit);
    EXPECT_EQ(late.place, 2);
    must(kiosk(1).sends());
    EXPECT_EQ(kiosk(1).stands(early.unit).place, 1);
    EXPECT_EQ(must(kiosk(1).store().conflicts(false)).at(0).kind, "two-sign-ups");
}

TEST_P(SeatWaiting, IsLeftWithoutTouchingASeat) {
    const SignUp bob = kiosk(1).signs_up("bob");
    kiosk(1).leaves(bob.unit);
    must(kiosk(1).sends());
    EXPECT_EQ(count("Appointment", "waitlist"), 0);
    EXPECT_EQ(count("Slot", "busy"), 1);
}

}  // namespace
}  // namespace foyer
