#include "seats_fixture.h"

namespace foyer {
namespace {

using std::chrono::minutes;

struct SeatBooking : SeatsTest {
    SeatBooking() {
        for (const char* id : {"ada", "bob", "cy", "dee"}) given_patient(id);
    }
};
INSTANTIATE_TEST_SUITE_P(Servers, SeatBooking,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         manner_name);

TEST_P(SeatBooking, GivesAFreeSeatAndSaysWhich) {
    given_seats(3);
    const SignUp ada = kiosk().signs_up("ada");
    EXPECT_EQ(ada.state, SignUpState::confirmed);
    EXPECT_EQ(status_of("Slot", ada.slot), "busy");
    EXPECT_EQ(status_of("Appointment", ada.appointment), "booked");
    EXPECT_FALSE(ada.told);
    EXPECT_EQ(kiosk().units(), 0u);
    const auto provenance = server.done("Provenance", ada.unit + "/provenance");
    ASSERT_EQ(provenance.size(), 1u);
    const Json who = Json::parse(*server.get("Provenance", provenance[0]));
    EXPECT_EQ(who["activity"]["coding"][0]["code"], "CREATE");
    EXPECT_EQ(who["activity"]["coding"][1]["code"], "sign-up");
    EXPECT_EQ(who["agent"][0]["who"]["identifier"]["value"], "clinic/1");
    EXPECT_EQ(who["agent"][1]["who"]["reference"], "Patient/ada");
    EXPECT_EQ(who["target"].size(), 2u);
}

TEST_P(SeatBooking, WritesAnAppointmentThatSaysWhatItIs) {
    given_seats(1);
    const SignUp ada = kiosk().signs_up("ada");
    const Json written = Json::parse(*server.get("Appointment", ada.appointment));
    EXPECT_EQ(written["slot"][0]["reference"], "Slot/" + ada.slot);
    EXPECT_EQ(written["participant"][0]["actor"]["reference"], "Patient/ada");
    EXPECT_EQ(written["participant"][0]["status"], "accepted");
    EXPECT_EQ(written["participant"][1]["actor"]["reference"], "Location/studio");
    EXPECT_EQ(written["serviceType"][0]["text"], "Morning yoga");
    EXPECT_EQ(written["serviceCategory"][0]["coding"][0]["code"], "wellness");
    EXPECT_EQ(written["supportingInformation"][0]["reference"], "Schedule/yoga");
    EXPECT_EQ(written["created"], "2026-11-23T14:45:00.000Z");
    EXPECT_TRUE(written["extension"].is_array());
    EXPECT_EQ(written["extension"][1]["valueBoolean"], false);
}

TEST_P(SeatBooking, KeepsWhatElseASlotSays) {
    given_seats(1);
    const SignUp ada = kiosk().signs_up("ada");
    EXPECT_EQ(Json::parse(*server.get("Slot", ada.slot))["comment"], "1.10");
}

TEST_P(SeatBooking, OfTheLastSeatIsForOneOfTwo) {
    given_seats(1);
    kiosk(1).asks("ada");
    kiosk(2).asks("bob");
    // Bob's kiosk takes the seat while Ada's is about to.
    kiosk(1).http.before = [&](const HttpRequest& request) {
        if (request.method != "POST") return;
        kiosk(1).http.before = {};
        must(kiosk(2).sends());
    };
    const Settled ada = must(kiosk(1).sends());
    EXPECT_EQ(ada.sign_up->state, SignUpState::waiting);
    EXPECT_EQ(ada.sign_up->place, 1);
    EXPECT_EQ(count("Slot", "busy"), 1);
    EXPECT_EQ(count("Appointment", "booked"), 1);
    EXPECT_EQ(count("Appointment", "waitlist"), 1);
}

TEST_P(SeatBooking, TakesAnotherSeatWhenOneIsLost) {
    given_seats(2);
    kiosk(1).asks("ada");
    kiosk(1).http.before = [&](const HttpRequest& request) {
        if (request.method != "POST") return;
        kiosk(1).http.before = {};
        for (const Json& slot : all("Slot"))
            if (request.body.find(id_of(slot)) != std::string::npos)
                server.set("Slot", id_of(slot), "/status", "\"busy-unavailable\"");
    };
    const Settled ada = must(kiosk(1).sends());
    EXPECT_EQ(ada.sign_up->state, SignUpState::confirmed);
    EXPECT_EQ(count("Slot", "busy"), 1);
    EXPECT_EQ(count("Appointment", "booked"), 1);
}

TEST_P(SeatBooking, IsFoundAgainWhenItsAnswerWasLost) {
    given_seats(3);
    const SignUp ada = kiosk().asks("ada");
    kiosk().http.after = [&](const HttpRequest& request, const HttpResponse&) {
        if (request.method == "POST") kiosk().http.online = false;
    };
    EXPECT_FALSE(kiosk().sends());
    EXPECT_EQ(count("Slot", "busy"), 1);
    kiosk().http.after = {};
    kiosk().http.online = true;
    must(kiosk().sends());
    EXPECT_EQ(kiosk().stands(ada.unit).state, SignUpState::confirmed);
    EXPECT_EQ(count("Slot", "busy"), 1);
    EXPECT_EQ(count("Appointment", "booked"), 1);
}

TEST_P(SeatBooking, CutAtAnyRequestLeaksNoSeat) {
    // Cut after the nth request was answered, or before its answer; started again.
    given_seats(20);
    int booked = 0;
    for (const bool lost : {false, true})
        for (int nth = 1; nth <= 9; ++nth) {
            SCOPED_TRACE(std::to_string(nth) + (lost ? " lost" : " cut"));
            const std::string patient = "p" + std::to_string(++booked);
            given_patient(patient);
            Kiosk fresh(*this, 5);
            const SignUp asked = fresh.asks(patient);
            int requests = 0;
            fresh.http.before = [&](const HttpRequest&) {
                if (++requests != nth) return;
                (lost ? fresh.http.lose_next_answer : fresh.http.online) = lost;
            };
            const auto first = fresh.sends();
            EXPECT_EQ(first.has_value(), nth + (lost ? 0 : 1) > 7);
            fresh.http.before = {};
            fresh.http.online = true;
            fresh.http.lose_next_answer = false;
            fresh.starts();
            if (!first) must(fresh.sends());
            EXPECT_EQ(fresh.stands(asked.unit).state, SignUpState::confirmed);
            EXPECT_EQ(count("Slot", "busy"), booked);
            EXPECT_EQ(count("Appointment", "booked"), booked);
            EXPECT_EQ(fresh.units(), 0u);
        }
}

TEST_P(SeatBooking, OfOneActAtTwoKiosksIsOne) {
    given_seats(4);
    kiosk(1).asks("ada");
    time_passes(minutes(1));
    kiosk(2).asks("ada");
    kiosk(1).http.before = [&](const HttpRequest& request) {
        if (request.method != "POST") return;
        kiosk(1).http.before = {};
        must(kiosk(2).sends());
    };
    const Settled ada = must(kiosk(1).sends());
    EXPECT_EQ(ada.sign_up->state, SignUpState::confirmed);
    EXPECT_EQ(count("Appointment", "booked"), 1);
    EXPECT_EQ(count("Slot", "busy"), 1);
}

TEST_P(SeatBooking, SaysWhatItTakesBackFromARefusedSession) {
    given_seats(2);
    server.set("Schedule", "yoga", "/active", "false");
    const SignUp ada = kiosk().signs_up("ada");
    EXPECT_EQ(ada.state, SignUpState::called_off);
    EXPECT_FALSE(ada.told);
    EXPECT_EQ(count("Appointment", "booked"), 0);
    const auto conflicts = must(kiosk().store().conflicts(false));
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].kind, "session-off");
}

TEST_P(SeatBooking, OfASessionThatIsGoneIsCalledOff) {
    const SignUp ada = kiosk().signs_up("ada");
    EXPECT_EQ(ada.state, SignUpState::called_off);
    EXPECT_EQ(must(kiosk().store().conflicts(false)).at(0).kind, "session-gone");
}

TEST_P(SeatBooking, IsOnlyAskedForAtAServerThatCannotPromise) {
    given_seats(2);
    abilities.atomic = false;
    const SignUp ada = kiosk().signs_up("ada");
    EXPECT_EQ(ada.state, SignUpState::asked);
    EXPECT_EQ(status_of("Appointment", ada.appointment), "proposed");
    EXPECT_EQ(count("Slot", "free"), 2);
    EXPECT_EQ(kiosk().units(), 0u);
}

TEST_P(SeatBooking, OfAnUnknownPatientIsParked) {
    if (GetParam() == FakeFhir::Manner::medplum) GTEST_SKIP() << "takes any reference";
    given_seats(1);
    const SignUp eve = kiosk().asks("eve");
    const Settled settled = must(kiosk().sends());
    EXPECT_EQ(settled.how, Settled::How::parked);
    EXPECT_NE(settled.why, "");
    EXPECT_EQ(kiosk().stands(eve.unit).state, SignUpState::asked);
    EXPECT_EQ(count("Slot", "free"), 1);
}

TEST_P(SeatBooking, WaitsWhileTheServerAsksIt) {
    given_seats(1);
    kiosk().asks("ada");
    kiosk().http.fail_next(429, std::chrono::seconds(7));
    EXPECT_EQ(kiosk().sends().error().code, Error::Code::busy);
    kiosk().http.fail_next(401, {}, 2);
    EXPECT_EQ(kiosk().sends().error().code, Error::Code::refused);
    must(kiosk().sends());
    EXPECT_EQ(count("Appointment", "booked"), 1);
}

TEST_P(SeatBooking, AgainAfterLeavingIsAnotherAct) {
    given_seats(1);
    const SignUp first = kiosk().signs_up("ada");
    time_passes(minutes(1));
    kiosk().leaves(first.unit);
    must(kiosk().sends());
    time_passes(minutes(1));
    const SignUp second = kiosk().signs_up("ada");
    EXPECT_NE(second.unit, first.unit);
    EXPECT_EQ(second.state, SignUpState::confirmed);
    EXPECT_EQ(count("Appointment", "cancelled"), 1);
    EXPECT_EQ(count("Appointment", "booked"), 1);
}

TEST_P(SeatBooking, AgainAtAKioskThatDoesNotKnowOfTheLeavingIsAnotherActToo) {
    given_seats(2);
    const SignUp first = kiosk(1).signs_up("ada");
    time_passes(minutes(1));
    kiosk(1).leaves(first.unit);
    must(kiosk(1).sends());
    time_passes(minutes(1));
    const SignUp second = kiosk(2).signs_up("ada");
    EXPECT_EQ(second.unit, first.unit);
    EXPECT_EQ(second.state, SignUpState::confirmed);
    EXPECT_EQ(count("Appointment", "booked"), 1);
}

TEST_P(SeatBooking, ThatTheClinicCalledOffIsRefusedAndOnRecord) {
    given_seats(1);
    const SignUp ada = kiosk().signs_up("ada");
    server.set("Appointment", ada.appointment, "/status", "\"cancelled\"");
    time_passes(minutes(10));
    kiosk().tends();
    EXPECT_EQ(kiosk().stands(ada.unit).state, SignUpState::refused);
    EXPECT_FALSE(kiosk().stands(ada.unit).told);
    EXPECT_EQ(must(kiosk().store().conflicts(false)).at(0).kind, "sign-up-cancelled");
}

struct SeatLeaving : SeatBooking {};
INSTANTIATE_TEST_SUITE_P(Servers, SeatLeaving,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         manner_name);

TEST_P(SeatLeaving, FreesTheSeatOnce) {
    given_seats(1);
    const SignUp ada = kiosk(1).signs_up("ada");
    kiosk(1).leaves(ada.unit);
    kiosk(1).http.before = [&](const HttpRequest& request) {
        kiosk(1).http.lose_next_answer = request.method == "POST";
    };
    EXPECT_FALSE(kiosk(1).sends());
    EXPECT_EQ(status_of("Slot", ada.slot), "free");
    // Somebody else has the seat by the time the kiosk tries again.
    EXPECT_EQ(kiosk(2).signs_up("bob").state, SignUpState::confirmed);
    kiosk(1).http.before = {};
    must(kiosk(1).sends());
    EXPECT_EQ(status_of("Slot", ada.slot), "busy");
    EXPECT_EQ(count("Appointment", "booked"), 1);
    EXPECT_EQ(kiosk(1).stands(ada.unit).state, SignUpState::left);
}

TEST_P(SeatLeaving, BeforeTheSignUpWasSentLeavesNothing) {
    given_seats(1);
    const SignUp ada = kiosk().asks("ada");
    kiosk().leaves(ada.unit);
    must(kiosk().sends());
    must(kiosk().sends());
    EXPECT_EQ(kiosk().units(), 0u);
    EXPECT_EQ(kiosk().stands(ada.unit).state, SignUpState::left);
    EXPECT_EQ(count("Slot", "free"), 1);
    EXPECT_EQ(count("Appointment", "booked"), 0);
}

TEST_P(SeatLeaving, OfSomebodyWhoHasArrivedIsForStaff) {
    given_seats(1);
    const SignUp ada = kiosk().signs_up("ada");
    server.set("Appointment", ada.appointment, "/status", "\"arrived\"");
    kiosk().leaves(ada.unit);
    must(kiosk().sends());
    EXPECT_EQ(status_of("Appointment", ada.appointment), "arrived");
    EXPECT_EQ(must(kiosk().store().conflicts(true)).size(), 1u);
}

}  // namespace
}  // namespace foyer
