#include "records_fixture.h"
#include "sync/seats/seat_resources.h"
#include "sync/seats/sending.h"
#include "sync/tuning.h"

namespace foyer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Classes : Records {
    Classes() {
        given_ada();
        given_resource(
            "Schedule", "yoga",
            R"({"resourceType":"Schedule","serviceType":[{"text":"Yoga"}]})");
    }
    void given_slot(const std::string& id, const std::string& status,
                    const std::string& start = "2026-11-24T08:30:00-05:00",
                    const std::string& schedule = "yoga") {
        const auto ends = foyer::at(start) + minutes(50);
        given_resource("Slot", id,
                       R"({"resourceType":"Slot","schedule":{"reference":)"
                       R"("Schedule/)" +
                           schedule + R"("},"status":")" + status + R"(","start":")" +
                           start + R"(","end":")" + format_instant(ends) + R"("})");
    }
    /// As the exchange would note it.
    SignUp now_stands(SignUp sign_up, SignUpState state) {
        sign_up.state = state;
        sign_up.told = false;
        must(store().update_sign_up(sign_up));
        return must(store().sign_up(sign_up.unit)).value();
    }
    SignUp asks(ClockQuality clock = ClockQuality::trusted) {
        return must(store().ask_sign_up({.patient = patient_alias("ada"),
                                         .session = yoga,
                                         .at = now,
                                         .clock = clock}));
    }
    void given_lease(std::chrono::milliseconds lasts) {
        must(store().keep_lease({"s1", yoga, "1", now + lasts}));
    }
    ClassSession yoga{"yoga", foyer::at("2026-11-24T08:30:00-05:00"),
                      foyer::at("2026-11-24T09:20:00-05:00")};
};

TEST_F(Classes, AreKnownFromTheirSlots) {
    given_slot("s1", "free");
    given_slot("s2", "busy");
    given_slot("s3", "busy-unavailable");
    given_slot("s4", "busy-tentative");
    given_slot("s5", "free", "2026-11-23T08:30:00-05:00");
    given_lease(hours(2));
    const auto sessions = must(store().sessions(now));
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_EQ(sessions[0].session.key(), "yoga@2026-11-24T13:30:00.000Z");
    EXPECT_EQ(sessions[0].title, "Yoga");
    EXPECT_EQ(sessions[0].seats, 3);
    EXPECT_EQ(sessions[0].free, 1);
    EXPECT_EQ(sessions[0].leased, 1);
}

TEST_F(Classes, SayWhereTheyAreAndHowManyWait) {
    given_resource("Location", "studio",
                   R"({"resourceType":"Location","name":"Garden room"})");
    given_resource("Schedule", "yoga",
                   R"({"resourceType":"Schedule","serviceType":[{"text":"Yoga"}],)"
                   R"("actor":[{"reference":"Practitioner/joy"},)"
                   R"({"reference":"Location/studio"}]})");
    given_slot("s1", "busy");
    must(store().set_class_lines({{yoga.key(), 4}}));
    const auto sessions = must(store().sessions(now));
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_EQ(sessions[0].place, "Garden room");
    EXPECT_EQ(sessions[0].waiting, 4);
    EXPECT_FALSE(sessions[0].cancelled);
}

TEST_F(Classes, AreShownWhileTheyRun) {
    given_slot("s1", "free");
    EXPECT_EQ(must(store().sessions(yoga.starts + minutes(20))).size(), 1u);
    EXPECT_TRUE(must(store().sessions(yoga.ends)).empty());
}

TEST_F(Classes, OfWhichEverySeatIsBlockedAreCalledOff) {
    given_slot("s1", "busy-unavailable");
    given_slot("s2", "busy-unavailable");
    const auto sessions = must(store().sessions(now));
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_TRUE(sessions[0].cancelled);
    EXPECT_EQ(sessions[0].seats, 0);
}

TEST_F(Classes, OfAScheduleThatIsNotActiveAreCalledOff) {
    given_slot("s1", "free");
    given_resource("Schedule", "yoga", R"({"resourceType":"Schedule","active":false})");
    const auto sessions = must(store().sessions(now));
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_TRUE(sessions[0].cancelled);
    EXPECT_EQ(sessions[0].free, 0);
}

TEST_F(Classes, AreReadAnewWhenASeatChanges) {
    given_slot("s1", "free");
    given_slot("s2", "free");
    EXPECT_EQ(must(store().sessions(now))[0].free, 2);
    given_slot("s2", "busy");
    EXPECT_EQ(must(store().sessions(now))[0].free, 1);
    given_slot("s2", "free", "2026-11-25T08:30:00-05:00");
    EXPECT_EQ(must(store().sessions(now)).size(), 2u);
}

TEST_F(Classes, AreListedFastThoughTheyAreFiveHundred) {
    constexpr int sessions = 500, seats = 12;
    auto batch = must(store().begin());
    for (int i = 0; i < sessions; ++i) {
        const auto starts = yoga.starts + hours(i % 300) + minutes(i / 300);
        for (int seat = 0; seat < seats; ++seat) {
            const std::string id = std::to_string(i) + "-" + std::to_string(seat);
            must(batch.put("Slot", id,
                           R"({"resourceType":"Slot","id":")" + id +
                               R"(","schedule":{"reference":"Schedule/yoga"},)"
                               R"("status":"free","start":")" +
                               format_instant(starts) + R"(","end":")" +
                               format_instant(starts + hours(1)) + R"("})"));
        }
    }
    must(batch.commit());
    const auto timed = [&] {
        const auto begun = std::chrono::steady_clock::now();
        EXPECT_EQ(must(store().sessions(now)).size(), std::size_t(sessions));
        return std::chrono::duration<double, std::milli>(
                   std::chrono::steady_clock::now() - begun)
            .count();
    };
    const double first = timed(), again = timed();
    RecordProperty("first_ms", std::to_string(first));
    RecordProperty("again_ms", std::to_string(again));
    std::cout << "500 sessions of 12 seats: first " << first << " ms, again " << again
              << " ms\n";
    EXPECT_LT(again, first);
}

TEST_F(Classes, TellTheServerThatThePatientIsAtTheDoor) {
    const SignUp ada = must(store().ask_sign_up({.patient = patient_alias("ada"),
                                                 .session = yoga,
                                                 .at = yoga.starts + minutes(5),
                                                 .clock = ClockQuality::trusted,
                                                 .here = true}));
    EXPECT_TRUE(must(store().sign_up(ada.unit))->here);
    EXPECT_TRUE(must(class_act_from(waiting().at(0).body)).here);
    EXPECT_EQ(must(store().open_sign_ups(yoga.starts + minutes(5))).size(), 1u);
    EXPECT_TRUE(must(store().open_sign_ups(yoga.ends)).empty());
}

TEST_F(Classes, TakeAYesInItsTimeForASeat) {
    SignUp ada = asks();
    ada.accept_by = now + hours(3);
    now_stands(ada, SignUpState::offered);
    const SignUp yes = must(store().accept_offer(ada.unit, now, ClockQuality::trusted));
    EXPECT_EQ(yes.state, SignUpState::confirmed);
    EXPECT_TRUE(yes.told);
    const auto units = waiting();
    ASSERT_EQ(units.size(), 2u);
    EXPECT_EQ(units[1].id, unit_id("accept-offer|" + ada.unit));
    EXPECT_EQ(must(class_act_from(units[1].body)).accept_by, now + hours(3));
    must(store().accept_offer(ada.unit, now, ClockQuality::trusted));
    EXPECT_EQ(waiting().size(), 2u);
}

TEST_F(Classes, TakeALateYesOrOneByABadClockForAWish) {
    SignUp ada = asks();
    ada.accept_by = now;
    now_stands(ada, SignUpState::offered);
    EXPECT_EQ(must(store().accept_offer(ada.unit, now, ClockQuality::trusted)).state,
              SignUpState::asked);
    must(store().leave_class(ada.unit, now));
    SignUp again = asks();
    again.accept_by = now + hours(3);
    now_stands(again, SignUpState::offered);
    EXPECT_EQ(
        must(store().accept_offer(again.unit, now, ClockQuality::untrusted)).state,
        SignUpState::asked);
}

TEST_F(Classes, HaveNoYesToWhatIsNoOffer) {
    SignUp ada = asks();
    EXPECT_EQ(store().accept_offer(ada.unit, now, ClockQuality::trusted).error().code,
              Error::Code::refused);
    now_stands(ada, SignUpState::missed);
    EXPECT_EQ(store().accept_offer(ada.unit, now, ClockQuality::trusted).error().code,
              Error::Code::refused);
    EXPECT_EQ(asks().nth, 1);
}

TEST_F(Classes, KeepAYesThatCameWhileTheExchangeLooked) {
    SignUp ada = asks();
    ada.accept_by = now + hours(3);
    ada = now_stands(ada, SignUpState::offered);
    must(store().accept_offer(ada.unit, now, ClockQuality::trusted));
    now_stands(ada, SignUpState::offered);
    EXPECT_EQ(must(store().sign_up(ada.unit))->state, SignUpState::confirmed);
}

TEST_F(Classes, TakeTheirSignUpsToAnotherTime) {
    SignUp ada = asks();
    ada.moved_from = ada.session.starts;
    ada.session.starts += hours(24);
    ada.session.ends += hours(24);
    now_stands(ada, SignUpState::confirmed);
    EXPECT_EQ(must(store().open_sign_ups(yoga.ends + hours(1))).size(), 1u);
    must(store().mark_told(ada.unit));
    EXPECT_FALSE(must(store().sign_up(ada.unit))->moved_from);
    // The old time may be a class again; that is another wish.
    const SignUp anew = asks();
    EXPECT_NE(anew.unit, ada.unit);
    EXPECT_EQ(must(store().sign_ups_of(patient_alias("ada"))).size(), 2u);
}

TEST_F(Classes, QueueASignUpAndLogItInOneStep) {
    const auto before = audit_verdict().entries;
    const SignUp ada = asks();
    EXPECT_EQ(ada.state, SignUpState::asked);
    const auto units = waiting();
    ASSERT_EQ(units.size(), 1u);
    EXPECT_EQ(units[0].id, ada.unit);
    EXPECT_EQ(units[0].lane, Lane::sign_ups);
    EXPECT_EQ(ada.unit, unit_id("sign-up|yoga@2026-11-24T13:30:00.000Z|Patient/ada|0"));
    EXPECT_EQ(sign_up_unit(must(class_act_from(units[0].body)), 0), ada.unit);
    EXPECT_EQ(audit_verdict().entries, before + 1);
}

TEST_F(Classes, TakeASecondWishForTheFirst) {
    const SignUp ada = asks();
    EXPECT_EQ(asks().unit, ada.unit);
    EXPECT_EQ(waiting().size(), 1u);
}

TEST_F(Classes, SendALeavingBehindItsSignUp) {
    const SignUp ada = asks();
    EXPECT_EQ(must(store().leave_class(ada.unit, now)).state, SignUpState::left);
    must(store().leave_class(ada.unit, now));
    EXPECT_EQ(waiting().size(), 2u);
    const auto ready = must(store().ready_units(now, 10));
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_EQ(ready[0].id, ada.unit);
    EXPECT_NE(asks().unit, ada.unit);
}

TEST_F(Classes, StayGivenUpWhateverTheServerSaysLater) {
    SignUp ada = asks();
    must(store().leave_class(ada.unit, now));
    ada.state = SignUpState::confirmed;
    ada.slot = "s1";
    Settled settled;
    settled.unit = ada.unit;
    settled.how = Settled::How::acknowledged;
    settled.sign_up = ada;
    must(store().settle({settled}));
    EXPECT_EQ(must(store().sign_up(ada.unit))->state, SignUpState::left);
    EXPECT_EQ(must(store().sign_up(ada.unit))->slot, "s1");
}

TEST_F(Classes, UseALeaseUpOnce) {
    given_lease(hours(1));
    EXPECT_EQ(asks().state, SignUpState::confirmed);
    EXPECT_EQ(asks().slot, "s1");
    EXPECT_TRUE(must(store().leases()).empty());
}

TEST_F(Classes, LeaveALeaseAloneShortOfItsEndOrWithoutAClock) {
    given_lease(minutes(10));
    EXPECT_EQ(asks().state, SignUpState::asked);
    must(store().leave_class(asks().unit, now));
    given_lease(hours(1));
    EXPECT_EQ(asks(ClockQuality::untrusted).state, SignUpState::asked);
    EXPECT_EQ(must(store().leases()).size(), 1u);
}

TEST_F(Classes, AreKeptUntilTheirDayAndAllIsSent) {
    const SignUp ada = asks();
    must(store().purge(now + hours(24 * 3)));
    EXPECT_TRUE(must(store().sign_up(ada.unit)));
    Settled settled;
    settled.unit = ada.unit;
    settled.how = Settled::How::acknowledged;
    must(store().settle({settled}));
    must(store().purge(now + hours(24 * 3)));
    EXPECT_FALSE(must(store().sign_up(ada.unit)));
}

TEST_F(Classes, AreReadableByNobodyWithTheDisk) {
    const SignUp ada = asks();
    given_lease(hours(1));
    reopen();
    std::stringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    for (const std::string& secret :
         {ada.unit, std::string("yoga"), std::string("s1\"")})
        EXPECT_EQ(all.str().find(secret), std::string::npos) << secret;
}

TEST(SeatResources, KeepEveryByteThatIsNotTheirs) {
    Seat seat = *seat_from(
        R"({"resourceType":"Slot","id":"s1","extension":[{"url":"x","valueDecimal":1.10}],)"
        R"("schedule":{"reference":"Schedule/yoga"},"status":"free"})");
    seat.json = *lent(seat, {"clinic/3", foyer::at("2026-11-24T08:30:00-05:00")});
    const Seat held = *seat_from(seat.json);
    EXPECT_TRUE(held.lent_to("clinic/3"));
    EXPECT_FALSE(held.lent_to("clinic/4"));
    EXPECT_EQ(*freed(held),
              R"({"resourceType":"Slot","id":"s1","extension":[{"url":"x",)"
              R"("valueDecimal":1.10}],"schedule":{"reference":"Schedule/yoga"},)"
              R"("status":"free"})");
}

TEST(SeatResources, LeaveNoEmptyListBehind) {
    Seat seat = *seat_from(R"({"resourceType":"Slot","id":"s1","status":"free"})");
    seat.json = *lent(seat, {"clinic/3", foyer::at("2026-11-24T08:30:00-05:00")});
    EXPECT_EQ(*taken(seat), R"({"resourceType":"Slot","id":"s1","status":"busy"})");
}

TEST(SeatResources, AreRefusedWhenTheyAreNone) {
    EXPECT_FALSE(seat_from("{"));
    EXPECT_FALSE(seat_from(R"({"resourceType":"Appointment","id":"a"})"));
    EXPECT_FALSE(seat_from(R"({"resourceType":"Slot"})"));
    EXPECT_FALSE(page_from("[]"));
    EXPECT_FALSE(class_act_from(R"({"act":"sign-up","patient":"p"})"));
}

}  // namespace
}  // namespace foyer
