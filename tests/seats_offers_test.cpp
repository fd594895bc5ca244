#include "seats_fixture.h"

namespace foyer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// One seat, Ada's; Bob waits, then Cy. Ada leaves.
struct SeatOffers : SeatsTest {
    SeatOffers() {
        for (const char* id : {"ada", "bob", "cy", "dee"}) given_patient(id);
        given_seats(1);
        holder = kiosk(0).signs_up("ada");
        bob = kiosk(1).signs_up("bob");
        time_passes(minutes(1));
        cy = kiosk(2).signs_up("cy");
    }
    void offers_last(minutes so_long) {
        ClassRule rule;
        rule.schedule = "yoga";
        rule.offer_lasts = so_long;
        kiosk(0).site.classes = {rule};
    }
    void holder_leaves() {
        kiosk(0).leaves(holder.unit);
        must(kiosk(0).sends());
    }
    void bob_is_offered() {
        holder_leaves();
        kiosk(0).tends(true);
        time_passes(minutes(3));
        kiosk(1).tends();
        ASSERT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::offered);
        must(kiosk(1).store().mark_told(bob.unit));
    }
    /// Until offers that end then are given up.
    void the_time_is_over() {
        const auto by = *kiosk(1).stands(bob.unit).accept_by;
        time_passes(by + tuning::offer_given_up_after + seconds(2) - clock.now());
    }
    std::string status(const SignUp& sign_up) {
        return status_of("Appointment", appointment_of(sign_up.unit));
    }
    SignUp holder, bob, cy;
};
INSTANTIATE_TEST_SUITE_P(Servers, SeatOffers,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         manner_name);

TEST_P(SeatOffers, HoldASeatForTheFirstInLineUntilAnHourBefore) {
    bob_is_offered();
    const SignUp offered = kiosk(1).stands(bob.unit);
    EXPECT_EQ(offered.accept_by, yoga.starts - hours(1));
    EXPECT_EQ(offered.slot, holder.slot);
    EXPECT_EQ(status(bob), "pending");
    EXPECT_EQ(status(cy), "waitlist");
    EXPECT_EQ(status_of("Slot", holder.slot), "busy");
    EXPECT_EQ(kiosk(2).stands(cy.unit).state, SignUpState::waiting);
}

TEST_P(SeatOffers, AreToldAndAcceptedAtAnyKiosk) {
    kiosk(3).knows("bob");
    bob_is_offered();
    kiosk(3).tends();
    const SignUp there = kiosk(3).stands(bob.unit);
    EXPECT_EQ(there.state, SignUpState::offered);
    EXPECT_FALSE(there.told);
    kiosk(3).accepts(bob.unit);
    must(kiosk(3).sends());
    EXPECT_EQ(status(bob), "booked");
    time_passes(minutes(3));
    kiosk(1).tends();
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::confirmed);
    // Whoever is not in the schedule there is nobody there.
    EXPECT_FALSE(must(kiosk(3).store().sign_up(cy.unit)));
}

TEST_P(SeatOffers, LastAsLongAsTheClassSays) {
    offers_last(minutes(90));
    const auto offered = clock.now();
    bob_is_offered();
    // A server's Date knows no fractions of a second.
    const auto lasts = *kiosk(1).stands(bob.unit).accept_by - offered;
    EXPECT_LE(std::chrono::abs(lasts - minutes(90)), seconds(1));
}

TEST_P(SeatOffers, AcceptedAreBooked) {
    bob_is_offered();
    EXPECT_EQ(kiosk(1).accepts(bob.unit).state, SignUpState::confirmed);
    must(kiosk(1).sends());
    EXPECT_EQ(status(bob), "booked");
    const SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::confirmed);
    EXPECT_TRUE(now.told);
    EXPECT_EQ(kiosk(1).units(), 0u);
    EXPECT_TRUE(must(kiosk(1).store().conflicts(false)).empty());
}

TEST_P(SeatOffers, AcceptedTwiceAfterALostAnswerAreBookedOnce) {
    bob_is_offered();
    kiosk(1).accepts(bob.unit);
    kiosk(1).http.before = [&](const HttpRequest& request) {
        if (request.method == "POST") kiosk(1).http.lose_next_answer = true;
    };
    EXPECT_FALSE(kiosk(1).sends());
    kiosk(1).http.before = {};
    must(kiosk(1).sends());
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::confirmed);
    const auto unit = unit_id("accept-offer|" + bob.unit);
    EXPECT_EQ(server.done("Provenance", unit + "/provenance").size(), 1u);
}

TEST_P(SeatOffers, DeclinedGoToTheNext) {
    bob_is_offered();
    kiosk(1).leaves(bob.unit);
    must(kiosk(1).sends());
    time_passes(minutes(10));
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "cancelled");
    EXPECT_EQ(status(cy), "pending");
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::left);
}

TEST_P(SeatOffers, NotAcceptedInTimeGoToTheNextAndThePatientIsTold) {
    offers_last(minutes(90));
    bob_is_offered();
    the_time_is_over();
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "cancelled");
    EXPECT_EQ(status(cy), "pending");
    kiosk(1).tends();
    const SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::missed);
    EXPECT_FALSE(now.told);
    // And may join again, behind who waits.
    const SignUp again = kiosk(1).signs_up("bob");
    EXPECT_EQ(again.nth, 1);
    EXPECT_EQ(again.state, SignUpState::waiting);
}

TEST_P(SeatOffers, AreNotGivenUpBeforeTheirTime) {
    offers_last(minutes(90));
    bob_is_offered();
    the_time_is_over();
    time_passes(-minutes(1));
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "pending");
}

TEST_P(SeatOffers, MissedAtAnotherKioskAreTheNextWishThere) {
    offers_last(minutes(90));
    bob_is_offered();
    the_time_is_over();
    kiosk(0).tends(true);
    time_passes(minutes(1));
    EXPECT_EQ(kiosk(3).signs_up("bob").state, SignUpState::waiting);
    EXPECT_EQ(count("Appointment", "cancelled"), 2);  // Ada's, and Bob's first
}

TEST_P(SeatOffers, AcceptedLateAreTakenWhileTheyStand) {
    bob_is_offered();
    kiosk(1).http.online = false;
    the_time_is_over();
    EXPECT_EQ(kiosk(1).accepts(bob.unit).state, SignUpState::asked);
    kiosk(1).http.online = true;
    must(kiosk(1).sends());
    EXPECT_EQ(status(bob), "booked");
    const SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::confirmed);
    EXPECT_FALSE(now.told);
}

TEST_P(SeatOffers, AcceptedTooLateAreSaidToBeOver) {
    offers_last(minutes(90));
    bob_is_offered();
    the_time_is_over();
    kiosk(1).accepts(bob.unit);
    kiosk(0).tends(true);
    must(kiosk(1).sends());
    const SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::missed);
    EXPECT_FALSE(now.told);
    const auto conflicts = must(kiosk(1).store().conflicts(false));
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].settled, "accepted-too-late");
    EXPECT_EQ(status(cy), "pending");
}

TEST_P(SeatOffers, AcceptedInTimeAndToldTooLateKeepThePlaceInLine) {
    offers_last(minutes(90));
    bob_is_offered();
    kiosk(1).http.online = false;
    EXPECT_EQ(kiosk(1).accepts(bob.unit).state, SignUpState::confirmed);
    the_time_is_over();
    kiosk(0).tends(true);
    ASSERT_EQ(status(cy), "pending");
    kiosk(1).http.online = true;
    must(kiosk(1).sends());
    SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::waiting);
    EXPECT_FALSE(now.told);
    const auto conflicts = must(kiosk(1).store().conflicts(true));
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].kind, "offer-lost");
    EXPECT_EQ(must(kiosk(1).store().waiting_units(10)).at(0).lane, Lane::desk);
    // The next seat is theirs without another question.
    time_passes(minutes(3));
    kiosk(2).tends();
    kiosk(2).leaves(cy.unit);
    must(kiosk(2).sends());
    time_passes(minutes(10));
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "booked");
    kiosk(1).tends();
    now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::confirmed);
    EXPECT_FALSE(now.told);
}

TEST_P(SeatOffers, AcceptedInTimeAndToldTooLateGetAFreeSeatAtOnce) {
    offers_last(minutes(90));
    kiosk(2).leaves(cy.unit);
    must(kiosk(2).sends());
    bob_is_offered();
    kiosk(1).http.online = false;
    kiosk(1).accepts(bob.unit);
    the_time_is_over();
    kiosk(0).tends(true);
    ASSERT_EQ(status(bob), "cancelled");
    kiosk(1).http.online = true;
    must(kiosk(1).sends());
    EXPECT_EQ(status(bob), "booked");
    EXPECT_EQ(member("Appointment", appointment_of(bob.unit), "/cancelationReason"),
              Json());
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::confirmed);
    EXPECT_TRUE(kiosk(1).stands(bob.unit).told);
    EXPECT_EQ(must(kiosk(1).store().conflicts(false)).at(0).settled, "next-free-seat");
}

TEST_P(SeatOffers, AcceptedByAClockThatNobodyTrustsAreAskedFor) {
    bob_is_offered();
    kiosk(1).clock_quality = ClockQuality::untrusted;
    EXPECT_EQ(kiosk(1).accepts(bob.unit).state, SignUpState::asked);
    must(kiosk(1).sends());
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::confirmed);
}

TEST_P(SeatOffers, AreNotMadeInTheLastMinutes) {
    time_passes(yoga.starts - minutes(14) - clock.now());
    holder_leaves();
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "booked");
    kiosk(1).tends();
    const SignUp now = kiosk(1).stands(bob.unit);
    EXPECT_EQ(now.state, SignUpState::confirmed);
    EXPECT_FALSE(now.told);
}

TEST_P(SeatOffers, AreMadeByStaffToo) {
    holder_leaves();
    EXPECT_EQ(must(kiosk(3).seats().offer(yoga, "Grace Hopper")), 1);
    EXPECT_EQ(status(bob), "pending");
    EXPECT_EQ(must(kiosk(3).seats().offer(yoga, "Grace Hopper")), 0);
    bool named = false;
    for (const Json& each : all("Provenance"))
        named = named || each.dump().find("Grace Hopper") != std::string::npos;
    EXPECT_TRUE(named);
    const auto lines = must(kiosk(3).seats().lines(clock.now(), yoga.ends));
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].patient, "bob");
    EXPECT_TRUE(lines[0].accept_by);
    EXPECT_FALSE(lines[1].accept_by);
}

TEST_P(SeatOffers, AreNotMadeForAClassThatIsOff) {
    server.set("Schedule", "yoga", "/active", "false");
    holder_leaves();
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "waitlist");
}

// --- called off, moved
// ----------------------------------------------------------------

TEST_P(SeatOffers, OfAClassThatIsCalledOffAreSaidToBeOff) {
    server.set("Slot", holder.slot, "/status", "\"busy-unavailable\"");
    for (int i = 0; i < 3; ++i) {
        kiosk(i).reads_slots();
        kiosk(i).tends(i == 0);
    }
    EXPECT_EQ(kiosk(0).stands(holder.unit).state, SignUpState::called_off);
    EXPECT_FALSE(kiosk(0).stands(holder.unit).told);
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::called_off);
    // The clinic thinks better of it.
    server.set("Slot", holder.slot, "/status", "\"busy\"");
    time_passes(minutes(10));
    for (int i = 0; i < 3; ++i) {
        kiosk(i).reads_slots();
        kiosk(i).tends(i == 0);
    }
    EXPECT_EQ(kiosk(0).stands(holder.unit).state, SignUpState::confirmed);
    EXPECT_EQ(kiosk(1).stands(bob.unit).state, SignUpState::waiting);
}

TEST_P(SeatOffers, ThatAreMovedTakeEverybodyAlong) {
    const auto later = format_instant(yoga.starts + hours(2));
    server.set("Slot", holder.slot, "/start", "\"" + later + "\"");
    server.set("Slot", holder.slot, "/end",
               "\"" + format_instant(yoga.ends + hours(2)) + "\"");
    kiosk(0).tends(true);
    for (const SignUp& each : {holder, bob, cy})
        EXPECT_EQ(member("Appointment", appointment_of(each.unit), "/start"), later);
    time_passes(minutes(10));
    for (int i = 0; i < 3; ++i) {
        kiosk(i).reads_slots();
        kiosk(i).tends(i == 0);
    }
    for (const SignUp& now :
         {kiosk(0).stands(holder.unit), kiosk(1).stands(bob.unit)}) {
        EXPECT_EQ(now.session.starts, yoga.starts + hours(2));
        EXPECT_EQ(now.moved_from, yoga.starts);
        EXPECT_FALSE(now.told);
    }
    // And goes on as before: the seat is left, and offered.
    holder_leaves();
    time_passes(minutes(10));
    kiosk(0).tends(true);
    EXPECT_EQ(status(bob), "pending");
}

// --- at the door, and who does not come ---------------------------------------------

struct SeatDoor : SeatsTest {
    SeatDoor() {
        for (const char* id : {"ada", "bob", "cy"}) given_patient(id);
        ClassRule rule;
        rule.schedule = "yoga";
        rule.release_after = minutes(10);
        for (int i = 0; i < 2; ++i) kiosk(i).site.classes = {rule};
    }
    void the_class_begins(std::chrono::milliseconds ago = minutes(1)) {
        time_passes(yoga.starts + ago - clock.now());
    }
};
INSTANTIATE_TEST_SUITE_P(Servers, SeatDoor,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         manner_name);

TEST_P(SeatDoor, IsOpenWhileTheClassRunsAndHasRoom) {
    given_seats(1);
    the_class_begins();
    EXPECT_EQ(kiosk(0).signs_up("ada", true).state, SignUpState::confirmed);
    const SignUp bob = kiosk(0).signs_up("bob", true);
    EXPECT_EQ(bob.state, SignUpState::waiting);
    kiosk(0).leaves(must(kiosk(0).store().sign_ups_of(kiosk(0).alias("ada")))[0].unit);
    must(kiosk(0).sends());
    time_passes(minutes(3));
    kiosk(0).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(bob.unit)), "booked");
}

TEST_P(SeatDoor, IsNotHeldUpByWhoWaitsAtHome) {
    given_seats(1);
    const SignUp ada = kiosk(0).signs_up("ada");
    kiosk(1).signs_up("bob");
    the_class_begins();
    kiosk(0).leaves(ada.unit);
    must(kiosk(0).sends());
    EXPECT_EQ(kiosk(0).signs_up("cy", true).state, SignUpState::confirmed);
}

TEST_P(SeatDoor, IsShutAfterTheClass) {
    given_seats(1);
    time_passes(yoga.ends + minutes(1) - clock.now());
    const SignUp ada = kiosk(0).signs_up("ada", true);
    EXPECT_EQ(ada.state, SignUpState::refused);
    EXPECT_FALSE(ada.told);
}

TEST_P(SeatDoor, FreesTheSeatOfWhoDoesNotCome) {
    given_seats(1);
    const SignUp ada = kiosk(0).signs_up("ada");
    the_class_begins(minutes(9));
    kiosk(0).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(ada.unit)), "booked");
    time_passes(minutes(7));
    kiosk(0).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(ada.unit)), "noshow");
    EXPECT_EQ(status_of("Slot", ada.slot), "free");
    time_passes(minutes(3));
    kiosk(0).tends(true);
    const SignUp now = kiosk(0).stands(ada.unit);
    EXPECT_EQ(now.state, SignUpState::released);
    EXPECT_FALSE(now.told);
    // Who comes after all is a walk-in.
    EXPECT_EQ(kiosk(1).signs_up("ada", true).state, SignUpState::confirmed);
}

TEST_P(SeatDoor, LeavesSeatsAloneWhereTheClinicDoesNotWantIt) {
    given_seats(1);
    kiosk(0).site.classes = {};
    const SignUp ada = kiosk(0).signs_up("ada");
    the_class_begins(minutes(40));
    kiosk(0).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(ada.unit)), "booked");
}

TEST_P(SeatDoor, LeavesTheSeatOfWhoCameAnywhere) {
    given_seats(2);
    const SignUp ada = kiosk(0).signs_up("ada"), bob = kiosk(0).signs_up("bob");
    // Ada arrived by what the server says, Bob by a kiosk's word alone.
    server.set("Appointment", appointment_of(ada.unit), "/status", "\"arrived\"");
    server.put(R"({"resourceType":"Provenance","target":[{"reference":"Appointment/)" +
               appointment_of(bob.unit) +
               R"("}],"recorded":"2026-11-24T13:31:00Z","activity":{"coding":[)"
               R"({"system":"urn:foyer:act","code":"check-in"}]},)"
               R"("agent":[{"who":{"display":"kiosk"}}]})");
    the_class_begins(minutes(15));
    kiosk(0).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(ada.unit)), "arrived");
    EXPECT_EQ(status_of("Appointment", appointment_of(bob.unit)), "booked");
    EXPECT_EQ(must(kiosk(0).seats().release(yoga, "bob", "Grace Hopper")), 0);
}

TEST_P(SeatDoor, FreesNothingBeforeEveryKioskHasSynced) {
    given_seats(1);
    std::optional<Instant> synced;
    kiosk(0).site.lan.peers = {{.name = "other", .address = "", .public_key = "k"}};
    kiosk(0).peers_synced = [&] { return synced; };
    kiosk(0).starts();
    const SignUp ada = kiosk(0).signs_up("ada");
    the_class_begins(minutes(15));
    const auto tended = [&] {
        time_passes(minutes(7));
        kiosk(0).tends(true);
        return status_of("Appointment", appointment_of(ada.unit));
    };
    EXPECT_EQ(tended(), "booked");  // the other one is not there
    synced = yoga.starts + minutes(9);
    EXPECT_EQ(tended(), "booked");  // it may know of an arrival
    synced = clock.now();
    EXPECT_EQ(tended(), "noshow");
}

TEST_P(SeatDoor, FreesNothingWhileOurOwnArrivalsWait) {
    given_seats(1);
    const SignUp ada = kiosk(0).signs_up("ada");
    kiosk(0).asks("cy");
    the_class_begins(minutes(15));
    kiosk(0).tends(true);
    EXPECT_EQ(status_of("Appointment", appointment_of(ada.unit)), "booked");
}

TEST_P(SeatDoor, IsOpenedByStaffWhoeverHasSynced) {
    given_seats(2);
    const SignUp ada = kiosk(0).signs_up("ada");
    const SignUp bob = kiosk(0).signs_up("bob");
    the_class_begins();
    EXPECT_EQ(must(kiosk(1).seats().release(yoga, "ada", "Grace Hopper")), 1);
    EXPECT_EQ(status_of("Appointment", appointment_of(ada.unit)), "noshow");
    EXPECT_EQ(status_of("Appointment", appointment_of(bob.unit)), "booked");
    EXPECT_EQ(must(kiosk(1).seats().release(yoga, "", "Grace Hopper")), 1);
}

// --- odd classes
// ------------------------------------------------------------------------

TEST_P(SeatDoor, OfAClassWithoutSeatsIsShut) {
    const SignUp ada = kiosk(0).signs_up("ada");
    EXPECT_EQ(ada.state, SignUpState::called_off);
    EXPECT_FALSE(ada.told);
    kiosk(0).tends(true);
    EXPECT_TRUE(must(kiosk(0).store().sessions(clock.now())).empty());
}

TEST_P(SeatDoor, OfAClassCancelledWhileSomebodyJoinsIsShutAndSaid) {
    given_seats(4);
    kiosk(0).tends();
    kiosk(0).http.online = false;
    const SignUp ada = kiosk(0).asks("ada"), bob = kiosk(0).asks("bob"),
                 cy = kiosk(0).asks("cy");
    EXPECT_EQ(ada.state, SignUpState::confirmed);
    EXPECT_EQ(cy.state, SignUpState::asked);
    for (const Json& slot : all("Slot"))
        server.set("Slot", id_of(slot), "/status", "\"busy-unavailable\"");
    kiosk(0).http.online = true;
    must(kiosk(0).sends());
    for (const SignUp& each : {ada, bob, cy}) {
        EXPECT_EQ(kiosk(0).stands(each.unit).state, SignUpState::called_off);
        EXPECT_FALSE(kiosk(0).stands(each.unit).told);
    }
    EXPECT_EQ(must(kiosk(0).store().conflicts(true)).size(), 2u);
}

}  // namespace
}  // namespace foyer
