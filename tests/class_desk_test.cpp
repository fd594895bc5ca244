#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/effects_fixture.h"

namespace foyer {
namespace {

using Can = ClassCard::Can;
using Mine = ClassCard::Mine;
using What = ClassNews::What;

/// A class of four places at 13:00 of this Monday, one for the program day alone and
/// one that staff signs up for.
class AtTheClasses : public AtTheKiosk {
protected:
    AtTheClasses() {
        rule("yoga").title = {{"en", "Gentle yoga"}};
        rule("steps").programs = {Service::php};
        rule("circle").hidden = true;
        rule("stretch").waiver = "class-waiver";
        session("yoga", "13:00", 4, 3);
        session("steps", "14:00", 4, 4);
        session("circle", "15:00", 4, 4);
        session("stretch", "16:00", 4, 4);
        given("a-php", "late", "11:00", AppointmentStatus::booked, "here", "2026-11-24",
              Service::php);
        restart();
    }

    ClassRule& rule(const std::string& schedule) {
        site.classes.push_back({});
        site.classes.back().schedule = schedule;
        return site.classes.back();
    }
    void session(const std::string& schedule, const std::string& starts, int seats,
                 int free) {
        using Json = nlohmann::json;
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        const Json about = {{"resourceType", "Schedule"},
                            {"id", schedule},
                            {"active", true},
                            {"serviceType", {{{"text", schedule}}}}};
        EXPECT_TRUE(batch.put("Schedule", schedule, about.dump()));
        for (int seat = 1; seat <= seats; ++seat) {
            const auto id = schedule + "-" + std::to_string(seat);
            const Json slot = {
                {"resourceType", "Slot"},
                {"id", id},
                {"schedule", {{"reference", "Schedule/" + schedule}}},
                {"status", seat <= free ? "free" : "busy"},
                {"start", format_instant(at(starts))},
                {"end", format_instant(at(starts) + std::chrono::minutes(45))}};
            EXPECT_TRUE(batch.put("Slot", id, slot.dump()));
        }
        EXPECT_TRUE(batch.commit());
    }
    void given(const std::string& id, const std::string& patient,
               const std::string& starts, AppointmentStatus status,
               const std::string& location, const std::string& day, Service service) {
        Store::Batch::Appointment appointment;
        appointment.id = id;
        appointment.patients = {patient};
        appointment.starts = at(starts, day);
        appointment.ends = appointment.starts + std::chrono::minutes(50);
        appointment.status = status;
        appointment.service = service;
        appointment.location = location;
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(appointment));
        EXPECT_TRUE(batch.commit());
    }

    Alias who(const std::string& family, Date when) {
        auto store = records();
        return store.patients_behind(store.index_of(family, when)).value().front();
    }
    Alias ada() { return who("Lovelace", born(1915, 12, 10)); }
    Alias of_the_program() { return who("Adebayo", born(1985, 10, 1)); }

    /// The classes as an order came to them.
    ClassBoard board() { return came_to<ClassesShown>().board; }
    ClassBoard board_of(const Alias& patient) {
        orders(ShowClasses{patient});
        return board();
    }
    std::vector<std::string> titles(const ClassBoard& board) {
        std::vector<std::string> all;
        for (const auto& day : board.days)
            for (const auto& card : day.classes)
                all.push_back(in_language(card.title, "en"));
        return all;
    }
    ClassCard card(const ClassBoard& board, const std::string& schedule) {
        for (const auto& day : board.days)
            for (const auto& one : day.classes)
                if (one.session.starts_with(schedule + "@")) return one;
        ADD_FAILURE() << "no " << schedule << " is shown";
        return {};
    }
    std::string key(const std::string& schedule) {
        const auto known = records().sessions(clock.now()).value();
        for (const auto& seats : known)
            if (seats.session.schedule == schedule) return seats.session.key();
        return {};
    }
    void joins(const Alias& patient, const std::string& schedule) {
        orders(JoinClass{.patient = patient, .session = key(schedule)});
    }

    SignUp wish(const Alias& patient) {
        return records().sign_ups_of(patient).value().back();
    }
    void clinic_says(const Alias& patient, SignUpState state) {
        auto sign_up = wish(patient);
        sign_up.state = state;
        sign_up.told = false;
        if (state == SignUpState::offered)
            sign_up.accept_by = clock.now() + std::chrono::hours(1);
        EXPECT_TRUE(records().update_sign_up(sign_up));
    }
};

// --- who sees what -------------------------------------------------------------------

TEST_F(AtTheClasses, AClassOfAProgramIsSeenByItsPatientsAlone) {
    const auto others = titles(board_of(ada()));
    EXPECT_EQ(std::ranges::count(others, "steps"), 0);
    EXPECT_EQ(std::ranges::count(others, "Gentle yoga"), 1);
    EXPECT_EQ(std::ranges::count(titles(board_of(of_the_program())), "steps"), 1);
}

TEST_F(AtTheClasses, AHiddenClassIsOnNoScreen) {
    EXPECT_EQ(std::ranges::count(titles(board_of(of_the_program())), "circle"), 0);
}

TEST_F(AtTheClasses, WhatMayNotBeSeenCannotBeJoinedEither) {
    joins(ada(), "steps");
    EXPECT_TRUE(came<ClassesShown>());
    joins(ada(), "circle");
    EXPECT_TRUE(records().sign_ups_of(ada()).value().empty());
}

TEST_F(AtTheClasses, SomebodyWithoutAVisitTodayIsFoundForClassesAndNotForACheckIn) {
    orders(FindPatient{"Patel", born(1981, 9, 17)});
    EXPECT_TRUE(came<NobodyToday>());
    const auto missed = outcomes.front().not_before;
    orders(FindPatient{"Patel", born(1981, 9, 17), Purpose::classes});
    EXPECT_TRUE(came<PersonFound>());
    EXPECT_EQ(outcomes.front().not_before, missed);
    orders(FindPatient{"Nobody", born(1981, 9, 17), Purpose::classes});
    EXPECT_TRUE(came<NobodyToday>());
    EXPECT_EQ(outcomes.front().not_before, missed);
}

// --- joining -------------------------------------------------------------------------

TEST_F(AtTheClasses, WithoutAServerAPlaceIsAskedFor) {
    joins(ada(), "yoga");
    EXPECT_EQ(card(board(), "yoga").mine, Mine::asked);
    EXPECT_FALSE(board().offline);
}

TEST_F(AtTheClasses, OnlineTheScreenWaitsUntilTheClinicAnswers) {
    has_server = true;
    server.state = SyncHealth::State::online;
    restart();
    const auto patient = ada();
    joins(patient, "yoga");
    EXPECT_TRUE(outcomes.empty());
    EXPECT_TRUE(hears_from_clinic().empty());
    clinic_says(patient, SignUpState::confirmed);
    hears_from_clinic();
    EXPECT_EQ(card(board(), "yoga").mine, Mine::in);
    // It was seen: nothing is left to tell.
    EXPECT_TRUE(wish(patient).told);
    EXPECT_TRUE(hears_from_clinic().empty());
}

TEST_F(AtTheClasses, OfflineTheScreenDoesNotWait) {
    has_server = true;
    server.state = SyncHealth::State::offline;
    restart();
    joins(ada(), "yoga");
    EXPECT_EQ(card(board(), "yoga").mine, Mine::asked);
    EXPECT_TRUE(board().offline);
}

TEST_F(AtTheClasses, ALentSeatIsGivenAwayAtOnce) {
    const auto seats = records().sessions(clock.now()).value().front();
    EXPECT_TRUE(records().keep_lease({.slot = "yoga-1",
                                      .session = seats.session,
                                      .version = "1",
                                      .expires = clock.now() + std::chrono::hours(2)}));
    joins(ada(), "yoga");
    EXPECT_EQ(card(board(), "yoga").mine, Mine::in);
}

TEST_F(AtTheClasses, WhatIsAtTheSameTimeIsSaidFirst) {
    given("a-13", "open", "13:30", AppointmentStatus::booked, "here", "2026-11-23",
          Service::individual);
    joins(ada(), "yoga");
    EXPECT_TRUE(came_to<ClassClashes>().other.empty());
    EXPECT_EQ(came_to<ClassClashes>().other_starts.minutes, std::chrono::minutes(810));
    EXPECT_TRUE(records().sign_ups_of(ada()).value().empty());
    orders(JoinClass{.patient = ada(), .session = key("yoga"), .anyway = true});
    EXPECT_EQ(card(board(), "yoga").mine, Mine::asked);
}

TEST_F(AtTheClasses, AWaiverIsAskedForFirstAndWithoutItNothingIsJoined) {
    joins(ada(), "stretch");
    ASSERT_EQ(came_to<FormsDue>().forms.size(), 1U);
    EXPECT_TRUE(came_to<FormsDue>().forms.front().canonical.ends_with("class-waiver"));
    orders(
        JoinClass{.patient = ada(), .session = key("stretch"), .waiver_shown = true});
    EXPECT_EQ(card(board(), "stretch").mine, Mine::none);

    FormEnd end;
    end.patient = ada();
    end.form = "https://foyer.health/forms/class-waiver";
    end.begun = end.at = clock.now();
    EXPECT_TRUE(records().end_form(end));
    joins(ada(), "stretch");
    EXPECT_EQ(card(board(), "stretch").mine, Mine::asked);
}

TEST_F(AtTheClasses, AnOldWaiverIsAskedForAgain) {
    FormEnd end;
    end.patient = ada();
    end.form = "https://foyer.health/forms/class-waiver";
    end.begun = end.at = clock.now() - std::chrono::days(365);
    EXPECT_TRUE(records().end_form(end));
    joins(ada(), "stretch");
    EXPECT_TRUE(came<FormsDue>());
}

TEST_F(AtTheClasses, AtTheDoorThereIsRoomUntilItIsLate) {
    EXPECT_EQ(card(board_of(ada()), "yoga").can, Can::join);
    clock.set(at("12:45"));
    EXPECT_EQ(card(board_of(ada()), "yoga").can, Can::join_now);
    clock.set(at("13:05"));
    EXPECT_EQ(card(board_of(ada()), "yoga").can, Can::join_now);
    clock.set(at("13:10"));
    EXPECT_EQ(std::ranges::count(titles(board_of(ada())), "Gentle yoga"), 0);
}

TEST_F(AtTheClasses, APlaceThatWasLeftCanBeAskedForAgain) {
    joins(ada(), "yoga");
    orders(LeaveClass{ada(), key("yoga")});
    EXPECT_EQ(card(board(), "yoga").mine, Mine::none);
    EXPECT_EQ(card(board(), "yoga").can, Can::join);
}

// --- what is told --------------------------------------------------------------------

TEST_F(AtTheClasses, AnOutcomeIsToldAtTheNextCheckInAndOnlyOnce) {
    joins(ada(), "yoga");
    orders(EndSession{});
    clinic_says(ada(), SignUpState::refused);
    const auto visits = records().visits_on(born(2026, 11, 23), ada()).value();
    orders(SaveCheckIn{ada(), {visits.front().id}});
    const auto told = came_to<CheckInSaved>().news;
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().what, What::refused);
    EXPECT_EQ(in_language(told.front().title, "en"), "Gentle yoga");
    orders(PutAwayClassNews{ada(), told.front().unit});
    orders(EndSession{});
    orders(FindClassNews{ada()});
    EXPECT_TRUE(came_to<ClassNewsFound>().news.empty());
}

TEST_F(AtTheClasses, AnOfferIsToldUntilItIsAnswered) {
    joins(ada(), "yoga");
    clinic_says(ada(), SignUpState::offered);
    for (int visit = 0; visit < 2; ++visit) {
        orders(EndSession{});
        orders(FindClassNews{ada()});
        ASSERT_EQ(came_to<ClassNewsFound>().news.size(), 1U);
        EXPECT_EQ(came_to<ClassNewsFound>().news.front().what, What::offer);
    }
    const auto unit = wish(ada()).unit;
    orders(PutAwayClassNews{ada(), unit, true});
    orders(EndSession{});
    orders(FindClassNews{ada()});
    EXPECT_TRUE(came_to<ClassNewsFound>().news.empty());
    EXPECT_EQ(wish(ada()).state, SignUpState::left);
}

TEST_F(AtTheClasses, AnOfferWhoseTimeHasPassedIsNotMadeAgain) {
    joins(ada(), "yoga");
    clinic_says(ada(), SignUpState::offered);
    clock.advance(std::chrono::hours(2));
    orders(FindClassNews{ada()});
    EXPECT_TRUE(came_to<ClassNewsFound>().news.empty());
}

TEST_F(AtTheClasses, WhatIsOverIsNotToldAnyMore) {
    joins(ada(), "yoga");
    orders(EndSession{});
    clinic_says(ada(), SignUpState::refused);
    clock.set(at("14:00"));
    orders(FindClassNews{ada()});
    EXPECT_TRUE(came_to<ClassNewsFound>().news.empty());
}

}  // namespace
}  // namespace foyer
