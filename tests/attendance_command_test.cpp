#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kiosk/commands/attendance.h"
#include "tests/records_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::Test;

/// A group today from ten to ten to eleven, Appointment/g1, with Ada and Bob.
struct AttendanceCommands : Records {
    AttendanceCommands() {
        given_patient("ada", "Lovelace", "Ada", "1815-12-10");
        given_patient("bob", "Babbage", "Bob", "1791-12-26");
        auto group = appointment("g1", {"ada", "bob"}, "2026-11-23T10:00:00-05:00");
        group.service = Service::group;
        given(group);
    }

    SiteTime time = new_york();
    std::string out, err;

    template <class Command, class Wanted>
    int run(Command command, const Wanted& wanted, bool as_json = false) {
        std::ostringstream to, wrong;
        const AttendanceDesk desk{store(), time, now, ClockQuality::trusted, as_json};
        const int code = command(wanted, desk, to, wrong);
        out = to.str();
        err = wrong.str();
        return code;
    }
    int roster(const std::string& of = "", bool events = false) {
        return run(roster_command, RosterOptions{of, "", events});
    }
    int confirm(const std::string& patient, const std::string& when,
                const std::string& kind = "sign-out") {
        AttendanceOptions said;
        said.appointment = "g1";
        said.patient = patient;
        said.at = when;
        said.kind = kind;
        said.by = "Amara Okafor";
        return run(confirm_attendance_command, said);
    }
    int amend(const std::string& unit, const std::string& when, bool voided = false) {
        AttendanceOptions said;
        said.unit = unit;
        said.at = when;
        said.voided = voided;
        said.by = "Amara Okafor";
        said.reason = "The bus came early";
        return run(amend_attendance_command, said);
    }
    int close() {
        AttendanceOptions said;
        said.appointment = "g1";
        said.by = "Amara Okafor";
        return run(close_attendance_command, said);
    }
    void signs_in(const std::string& patient, bool late = false) {
        const Alias id = visit("g1", patient).id;
        must(store().check_in(
            {.visits = {id},
             .late = late ? std::vector<Alias>{id} : std::vector<Alias>{},
             .at = now}));
    }
    void signs_out(const std::string& patient) {
        must(store().attend({.visit = visit("g1", patient).id, .at = now}));
    }
    bool says(const std::string& text) const { return out.find(text) != out.npos; }
    bool complains(const std::string& text) const { return err.find(text) != err.npos; }
};

TEST_F(AttendanceCommands, TheDayListsItsSessions) {
    signs_in("ada");
    EXPECT_EQ(roster(), 0);
    EXPECT_TRUE(says("10:00-10:50  g1  group  2 expected, 1 here")) << out;
    EXPECT_EQ(run(roster_command, RosterOptions{"", "2026-11-24", false}), 0);
    EXPECT_TRUE(says("no session"));
    EXPECT_EQ(run(roster_command, RosterOptions{"", "tomorrow", false}), 2);
    EXPECT_TRUE(complains("2026-11-23"));
}

TEST_F(AttendanceCommands, TheRosterSaysWhoIsWhere) {
    now = at("2026-11-23T10:12:00-05:00");
    signs_in("bob", true);
    EXPECT_EQ(roster("g1"), 0);
    EXPECT_TRUE(says("here        Babbage, Bob (bob)  in 10:12 late")) << out;
    EXPECT_TRUE(says("not seen    Lovelace, Ada (ada)\n")) << out;
    now = at("2026-11-23T11:00:00-05:00");
    EXPECT_EQ(roster("g1"), 0);
    EXPECT_TRUE(says("NO SIGN-OUT")) << out;
    EXPECT_TRUE(says("foyer attendance confirm g1 PATIENT")) << out;
    EXPECT_EQ(roster("nothing"), 1);
    EXPECT_TRUE(complains("foyer roster --day")) << err;
}

TEST_F(AttendanceCommands, ATimeThatNobodyTrustsIsMarked) {
    must(store().check_in({.visits = {visit("g1", "ada").id},
                           .late = {},
                           .at = now,
                           .clock = ClockQuality::untrusted}));
    roster("g1");
    EXPECT_TRUE(says("in 09:45?")) << out;
}

TEST_F(AttendanceCommands, TheRosterAsJsonHasEveryEvent) {
    signs_in("ada");
    ASSERT_EQ(run(roster_command, RosterOptions{"g1", "", false}, true), 0);
    const auto all = json::parse(out);
    EXPECT_EQ(all["patients"].size(), 2u);
    EXPECT_EQ(all["patients"][1]["state"], "present");
    EXPECT_EQ(all["patients"][1]["events"][0]["unit"],
              unit_id("check-in|Appointment/g1|Patient/ada"));
}

TEST_F(AttendanceCommands, AMissingSignOutIsConfirmedByNameAndTime) {
    signs_in("ada");
    now += 2h;
    EXPECT_EQ(confirm("ada", "10:48"), 0) << err;
    EXPECT_TRUE(says("sign-out at 10:48 by Amara Okafor")) << out;
    roster("g1", true);
    EXPECT_TRUE(says("gone        Lovelace, Ada (ada)  in 09:45  out 10:48")) << out;
    EXPECT_TRUE(says("10:48 sign-out by Amara Okafor")) << out;
    EXPECT_EQ(confirm("ada", "10:48"), 0);
    EXPECT_EQ(must(store().attendance_of(visit("g1", "ada").id)).size(), 2u);
}

TEST_F(AttendanceCommands, WhatDoesNotFitIsRefusedWithWhatToWrite) {
    EXPECT_EQ(confirm("ada", "09:40"), 1);
    EXPECT_TRUE(complains("--kind sign-in")) << err;
    EXPECT_EQ(confirm("ada", "09:40", "sign-in"), 0) << err;
    EXPECT_EQ(confirm("ada", "09:30"), 1);
    EXPECT_TRUE(complains("they signed in at 09:40")) << err;
    EXPECT_EQ(confirm("ada", "10:30"), 1);
    EXPECT_TRUE(complains("has not come yet")) << err;
    EXPECT_EQ(confirm("ada", "noon"), 2);
    EXPECT_TRUE(complains("15:40")) << err;
    now += 1h;
    signs_out("ada");
    EXPECT_EQ(confirm("ada", "10:30"), 1);
    EXPECT_TRUE(complains("foyer attendance amend")) << err;
    EXPECT_EQ(confirm("ada", "10:30", "sideways"), 2);
    EXPECT_EQ(confirm("eve", "10:30"), 1);
    EXPECT_TRUE(complains("foyer roster")) << err;
}

TEST_F(AttendanceCommands, AnAmendmentNamesTheEventAndAReason) {
    signs_in("ada");
    now += 2h;
    const auto unit = unit_id("check-in|Appointment/g1|Patient/ada");
    EXPECT_EQ(amend(unit, "09:55"), 0) << err;
    roster("g1", true);
    EXPECT_TRUE(says("in 09:55  amended")) << out;
    EXPECT_TRUE(says("by Amara Okafor: The bus came early")) << out;
    EXPECT_EQ(amend(unit, "", true), 0) << err;
    roster("g1");
    EXPECT_TRUE(says("not seen    Lovelace, Ada")) << out;
    EXPECT_EQ(amend(unit, ""), 2);
    EXPECT_EQ(amend(unit, "09:55", true), 2);
    EXPECT_EQ(amend("no-such-unit", "09:55"), 1);
    EXPECT_TRUE(complains("--events")) << err;
}

TEST_F(AttendanceCommands, ATimeAfterMidnightIsTheNightOfTheSession) {
    auto group = appointment("late", {"ada", "bob"}, "2026-11-23T23:30:00-05:00");
    group.service = Service::group;
    given(group);
    now = at("2026-11-23T23:25:00-05:00");
    must(
        store().check_in({.visits = {visit("late", "ada").id}, .late = {}, .at = now}));
    now = at("2026-11-24T09:00:00-05:00");
    AttendanceOptions said{.appointment = "late",
                           .patient = "ada",
                           .unit = {},
                           .at = "0:20",
                           .by = "Amara Okafor",
                           .reason = {}};
    EXPECT_EQ(run(confirm_attendance_command, said), 0) << err;
    EXPECT_EQ(must(store().attendance_of(visit("late", "ada").id)).back().at,
              at("2026-11-24T00:20:00-05:00"));
}

TEST_F(AttendanceCommands, ASessionClosesOnceEverybodysTimesAreKnown) {
    signs_in("ada");
    signs_in("bob");
    now += 1h;
    signs_out("ada");
    EXPECT_EQ(close(), 1);
    EXPECT_TRUE(complains("Babbage, Bob: foyer attendance confirm g1 bob --at")) << err;
    EXPECT_FALSE(complains("Lovelace"));
    EXPECT_EQ(confirm("bob", "10:30"), 0) << err;
    EXPECT_EQ(close(), 0) << err;
    EXPECT_TRUE(says("closed for 2 patients"));
    const auto units = waiting().size();
    EXPECT_EQ(close(), 0);
    EXPECT_EQ(waiting().size(), units);
}

TEST_F(AttendanceCommands, ARosterOfThreeHundredIsStillOneAnswer) {
    std::vector<std::string> everybody;
    auto batch = must(store().begin());
    for (int i = 0; i < 300; ++i) {
        everybody.push_back("p" + std::to_string(i));
        must(batch.put(
            person(everybody.back(), "F" + std::to_string(i), "G", "1990-01-01")));
    }
    auto group = appointment("big", everybody, "2026-11-23T13:00:00-05:00");
    group.service = Service::php;
    must(batch.put(group));
    must(batch.commit());
    ASSERT_EQ(run(roster_command, RosterOptions{"big", "", false}, true), 0) << err;
    EXPECT_EQ(json::parse(out)["patients"].size(), 300u);
}

}  // namespace
}  // namespace foyer
