#include <nlohmann/json.hpp>

#include "kiosk/attempts.h"
#include "sync/clinic/guest_code.h"
#include "tests/effects_fixture.h"

namespace foyer {
namespace {

using Json = nlohmann::json;

class LobbyAtTheKiosk : public AtTheKiosk {
protected:
    LobbyEntered enters(LobbyNeed need) {
        orders(EnterLobby{need, {}});
        return came_to<LobbyEntered>();
    }
    std::string code_of(const std::string& appointment) {
        return guest_code(visit(appointment).id, site_keys(data).value());
    }
    LobbyEntered guest(const std::string& code) {
        orders(EnterGuest{"Rosa", code});
        return came_to<LobbyEntered>();
    }
    /// What the newest line for the desk says.
    Json line() {
        Json newest;
        for (const auto& body : desk_lines()) {
            auto read = Json::parse(body);
            if (newest.is_null() || read["call_name"] != newest["call_name"])
                newest = std::move(read);
        }
        return newest;
    }
    void holds(const std::string& type, const std::string& id,
               const std::string& json) {
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(type, id, json));
        EXPECT_TRUE(batch.commit());
    }
    void visit_of(const std::string& id, const std::string& patient, Service service,
                  bool by_video = false) {
        Store::Batch::Appointment appointment;
        appointment.id = id;
        appointment.patients = {patient};
        appointment.starts = at("10:00");
        appointment.ends = at("10:50");
        appointment.status = AppointmentStatus::booked;
        appointment.service = service;
        appointment.virtual_visit = by_video;
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(appointment));
        EXPECT_TRUE(batch.commit());
    }
    CheckInSaved checks_in(const std::string& appointment) {
        const auto wanted = visit(appointment);
        orders(SaveCheckIn{wanted.patient, {wanted.id}});
        return came_to<CheckInSaved>();
    }
};

TEST_F(LobbyAtTheKiosk, SaysHowManyOfTheQueueComeFirst) {
    EXPECT_EQ(enters(LobbyNeed::case_management).before, 0);
    clock.advance(std::chrono::minutes(1));
    EXPECT_FALSE(enters(LobbyNeed::question).before);
    const auto third = enters(LobbyNeed::case_management);
    EXPECT_EQ(third.before, 1);
    clock.advance(std::chrono::minutes(1));
    EXPECT_TRUE(records().leave_lobby(third.call_name, clock.now()));
    EXPECT_EQ(enters(LobbyNeed::case_management).before, 1);
}

TEST_F(LobbyAtTheKiosk, EveryGuestIsAnsweredAlikeAndAtTheSameTime) {
    const auto fits = guest(code_of("a-open"));
    const auto when = outcomes.front().not_before;
    for (const std::string code : {"AAAAAA", "", "no code at all"}) {
        const auto other = guest(code);
        EXPECT_EQ(outcomes.front().not_before, when);
        EXPECT_EQ(outcomes.size(), 1u);
        EXPECT_EQ(other.need, fits.need);
        EXPECT_EQ(other.before, fits.before);
        EXPECT_EQ(other.waiting_place, fits.waiting_place);
        EXPECT_NE(other.call_name, fits.call_name);
    }
    EXPECT_GE(when, site.answer_after);
}

TEST_F(LobbyAtTheKiosk, TheDeskLearnsWhoAGuestIsWith) {
    guest(code_of("a-open"));
    EXPECT_EQ(line()["guest"], "Rosa");
    EXPECT_EQ(line()["code"], "fits");
    EXPECT_EQ(line()["appointment"], "a-open");
    EXPECT_EQ(line()["release"], "none");
}

TEST_F(LobbyAtTheKiosk, AReleaseOnFileIsTold) {
    holds(
        "Consent", "c1",
        R"({"resourceType":"Consent","id":"c1","status":"active","patient":)"
        R"({"reference":"Patient/open"},"category":[{"coding":[{"system":)"
        R"("http://loinc.org","code":"64292-6"}]}],"provision":{"type":"permit",)"
        R"("actor":[{"role":{"text":"sister"},"reference":{"display":"Rosa L."}}]}})");
    guest(code_of("a-open"));
    EXPECT_EQ(line()["release"], "on-file");
    EXPECT_EQ(line()["whom"], (Json{"Rosa L. (sister)"}));
    guest(code_of("a-late"));
    EXPECT_EQ(line()["release"], "none");
}

TEST_F(LobbyAtTheKiosk, TriedTooOftenACodeIsLookedAtNoMore) {
    for (int tries = 0; tries < Attempts::free_misses; ++tries) guest("AAAAAA");
    EXPECT_EQ(line()["code"], "wrong");
    guest(code_of("a-open"));
    EXPECT_EQ(line()["code"], "not-checked");
    EXPECT_FALSE(line().contains("patient"));
    clock.advance(Attempts::remembered);
    guest(code_of("a-open"));
    EXPECT_EQ(line()["code"], "fits");
}

TEST_F(LobbyAtTheKiosk, ACodeOfAnotherDayFitsNothing) {
    guest(code_of("a-tomorrow"));
    EXPECT_EQ(line()["code"], "wrong");
}

TEST_F(LobbyAtTheKiosk, PrintsATicketAndSaysWhenItCannot) {
    orders(PrintTicket{{0, 27}, site.waiting_place});
    EXPECT_TRUE(came<SlipPrinted>());
    EXPECT_EQ(printer.printed().size(), 1u);
    printer.set_paper(0);
    orders(PrintTicket{{0, 27}, {}});
    EXPECT_EQ(came_to<SlipFailed>().code, Error::Code::out_of_paper);
}

TEST_F(LobbyAtTheKiosk, ACrisisVisitBringsNoForms) {
    site.form_rules = {{.form = "gad-7"}};
    site.alert_path = "desk";
    restart();
    visit_of("crisis", "open", Service::crisis);
    EXPECT_TRUE(checks_in("crisis").forms.empty());
    EXPECT_FALSE(checks_in("a-late").forms.empty());
}

TEST_F(LobbyAtTheKiosk, AVisitByVideoIsKnownAsOne) {
    visit_of("video", "open", Service::individual, true);
    EXPECT_TRUE(checks_in("video").visits.front().virtual_visit);
    holds("Location", "nowhere",
          R"({"resourceType":"Location","id":"nowhere","physicalType":{"coding":)"
          R"([{"code":"vi"}]}})");
    given("a-video", "late", "09:40", AppointmentStatus::booked, "nowhere");
    EXPECT_TRUE(checks_in("a-video").visits.front().virtual_visit);
    EXPECT_FALSE(checks_in("a-twin1").visits.front().virtual_visit);
}

TEST_F(LobbyAtTheKiosk, WhatIsToBeFinishedComesWithAnAftercareVisit) {
    holds("Task", "t1",
          R"({"resourceType":"Task","id":"t1","status":"requested","for":)"
          R"({"reference":"Patient/open"},"code":{"coding":[{"system":)"
          R"("urn:foyer:task","code":"aftercare"}]},"description":"Your medicine"})");
    visit_of("after", "open", Service::aftercare);
    EXPECT_EQ(checks_in("after").to_finish,
              (std::vector<std::string>{"Your medicine"}));
    EXPECT_TRUE(checks_in("a-open").to_finish.empty());
}

TEST_F(LobbyAtTheKiosk, AMinorIsAskedForAGuardianWhereOneIsNeeded) {
    site.form_rules = {{.form = "consent-to-treat"}, {.form = "gad-7"}};
    site.alert_path = "desk";
    restart();
    known("teen", "Young", born(2009, 11, 24), "212 555 0120");
    visit_of("a-teen", "teen", Service::individual);
    known("adult", "Grown", born(2008, 11, 23), "212 555 0121");
    visit_of("a-adult", "adult", Service::individual);
    EXPECT_TRUE(finds("Young", born(2009, 11, 24)).person.asks_guardian);
    EXPECT_FALSE(finds("Grown", born(2008, 11, 23)).person.asks_guardian);

    const auto wanted = visit("a-teen");
    orders(
        SaveCheckIn{wanted.patient, {wanted.id}, AttendanceMethod::name, false, true});
    auto alone = came_to<CheckInSaved>().forms;
    ASSERT_EQ(alone.size(), 1u);
    EXPECT_NE(alone[0].canonical.find("gad-7"), std::string::npos);
    orders(SaveCheckIn{wanted.patient, {wanted.id}});
    EXPECT_EQ(came_to<CheckInSaved>().forms.size(), 2u);
}

}  // namespace
}  // namespace foyer
