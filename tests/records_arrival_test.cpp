#include <nlohmann/json.hpp>

#include "records_fixture.h"
#include "sync/clinic/call_name.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

struct Arrivals : Records {
    CallName call_name_of(const std::vector<Visit>& visits) {
        return visits.at(0).check_in.value().call_name;
    }
};

TEST_F(Arrivals, AreStoredQueuedAndLoggedTogether) {
    given_ada();
    const auto entries = audit_verdict().entries;
    const auto visits = must(checks_in({visit("a1").id}));

    ASSERT_EQ(visits.size(), 1u);
    ASSERT_TRUE(visits[0].check_in);
    EXPECT_EQ(visits[0].check_in->at, now);
    EXPECT_FALSE(visits[0].check_in->late);
    EXPECT_EQ(must(store().counts(now)).check_ins_today, 1);
    EXPECT_EQ(waiting().size(), 1u);
    EXPECT_EQ(audit_verdict().entries, entries + 1);
}

TEST_F(Arrivals, OutliveARestart) {
    given_ada();
    const auto before = must(checks_in({visit("a1").id}));
    reopen();
    EXPECT_EQ(visit("a1").check_in.value().call_name, call_name_of(before));
    EXPECT_EQ(waiting().size(), 1u);
}

TEST_F(Arrivals, TellTheClinicWhatItNeeds) {
    given_ada();
    const Alias id = visit("a1").id;
    must(checks_in({id}, {id}));
    const Unit unit = waiting().at(0);
    EXPECT_EQ(unit.lane, Lane::arrivals);
    const json body = json::parse(unit.body);
    EXPECT_EQ(body["act"], "check-in");
    EXPECT_EQ(body["appointment"], "a1");
    EXPECT_EQ(body["patient"], "ada");
    EXPECT_EQ(body["at"], "2026-11-23T14:45:00.000Z");
    EXPECT_EQ(body["clock"], "trusted");
    EXPECT_EQ(body["late"], true);
    EXPECT_EQ(body["shared"], false);
}

TEST_F(Arrivals, HappenOnceHoweverOftenTheyAreRepeated) {
    given_ada();
    const Alias id = visit("a1").id;
    const auto first = must(checks_in({id}));
    const auto entries = audit_verdict().entries;
    now += 5min;
    const auto again = must(checks_in({id}, {id}));
    EXPECT_EQ(again.at(0).check_in->at, first.at(0).check_in->at);
    EXPECT_EQ(call_name_of(again), call_name_of(first));
    EXPECT_FALSE(again.at(0).check_in->late);
    EXPECT_EQ(waiting().size(), 1u);
    EXPECT_EQ(audit_verdict().entries, entries);
}

TEST_F(Arrivals, AreTheSameUnitOnEveryKiosk) {
    EXPECT_EQ(unit_id("check-in|Appointment/a1"), unit_id("check-in|Appointment/a1"));
    // uuid.uuid5(uuid.UUID("6f0a5b0e-6a53-4c0c-9d3e-2b8f5c1f7a41"), ...) in Python.
    EXPECT_EQ(unit_id("check-in|Appointment/a1"),
              "9be5604a-1a80-573c-a419-afcbbbf47f70");
    given_ada();
    must(checks_in({visit("a1").id}));
    EXPECT_EQ(waiting().at(0).id, unit_id("check-in|Appointment/a1"));
}

TEST_F(Arrivals, OfASharedAppointmentAreOnePerPatient) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("g1", {"ada", "bob"}, "2026-11-23T10:00:00-05:00"));
    const auto ada = must(checks_in({visit("g1", "ada").id}));
    EXPECT_FALSE(visit("g1", "bob").check_in);
    const auto bob = must(checks_in({visit("g1", "bob").id}));
    EXPECT_NE(call_name_of(ada), call_name_of(bob));
    EXPECT_EQ(waiting().at(0).id, unit_id("check-in|Appointment/g1|Patient/ada"));
    EXPECT_EQ(waiting().at(1).id, unit_id("check-in|Appointment/g1|Patient/bob"));
}

TEST_F(Arrivals, GiveAPatientOneCallNameADay) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00"));
    given(appointment("a3", {"ada"}, "2026-11-24T14:00:00-05:00"));
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("b1", {"bob"}, "2026-11-23T10:00:00-05:00"));

    const auto morning = must(checks_in({visit("a1").id}));
    const auto bob = must(checks_in({visit("b1").id}));
    const auto afternoon = must(checks_in({visit("a2").id}));
    EXPECT_EQ(call_name_of(morning), call_name_of(afternoon));
    EXPECT_NE(call_name_of(morning), call_name_of(bob));
}

TEST_F(Arrivals, OfSeveralVisitsAreOneAct) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00"));
    const auto visits = must(checks_in({visit("a1").id, visit("a2").id}));
    EXPECT_EQ(visits.size(), 2u);
    EXPECT_EQ(waiting().size(), 2u);
}

TEST_F(Arrivals, AreRefusedForAVisitThatWasCalledOffAndForThoseWithIt) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00"));
    auto off = appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00");
    off.status = AppointmentStatus::cancelled;
    given(off);
    const auto refused = checks_in({visit("a1").id, visit("a2").id});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Error::Code::refused);
    EXPECT_FALSE(visit("a1").check_in);
    EXPECT_TRUE(waiting().empty());
    EXPECT_TRUE(checks_in({visit("a1").id}));
}

TEST_F(Arrivals, AreRefusedForAVisitThatIsGone) {
    given_ada();
    EXPECT_EQ(checks_in({patient_alias("ada")}).error().code, Error::Code::not_found);
    EXPECT_EQ(checks_in({}).error().code, Error::Code::bad_input);
}

TEST_F(Arrivals, OfTwoPatientsAtOnceAreRefused) {
    given_ada();
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("b1", {"bob"}, "2026-11-23T10:00:00-05:00"));
    EXPECT_EQ(checks_in({visit("a1").id, visit("b1").id}).error().code,
              Error::Code::bad_input);
    EXPECT_TRUE(waiting().empty());
}

TEST_F(Arrivals, SurviveWhatTheScheduleChangesLater) {
    given_ada();
    const auto before = must(checks_in({visit("a1").id}));
    auto moved = appointment("a1", {"ada", "bob"}, "2026-11-23T11:00:00-05:00");
    EXPECT_EQ(given(moved), Taken::changed);
    EXPECT_EQ(visit("a1", "ada").starts, moved.starts);
    EXPECT_EQ(visit("a1", "ada").check_in.value().call_name, call_name_of(before));
}

TEST_F(Arrivals, WorkOnADayWithMorePatientsThanTwoDigitNames) {
    given_ada();
    tamper("insert into call_name values (20780, randomblob(16), 494, 0, 1)");
    const CallName name = call_name_of(must(checks_in({visit("a1").id})));
    EXPECT_EQ(name, call_name(device_index, 495));
    EXPECT_GT(name.number, 99);
}

TEST_F(Arrivals, OfTwoKiosksNeverShareACallName) {
    given_ada();
    const auto here = must(checks_in({visit("a1").id}));
    reopen();
    device_index = 1;
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("b1", {"bob"}, "2026-11-23T10:00:00-05:00"));
    const auto there = must(checks_in({visit("b1").id}));
    EXPECT_NE(call_name_of(here).plant, call_name_of(there).plant);
}

struct Desk : Records {};

TEST_F(Desk, HearsWhyAPatientIsSent) {
    given_ada();
    must(store().tell_desk({DeskReason::too_early, now, visit("a1").id, std::nullopt}));
    const Unit unit = waiting().at(0);
    EXPECT_EQ(unit.lane, Lane::desk);
    const json body = json::parse(unit.body);
    EXPECT_EQ(body["reason"], "too-early");
    EXPECT_EQ(body["appointment"], "a1");
    EXPECT_EQ(body["patient"], "ada");
}

TEST_F(Desk, HearsOfHelpBeforeEverythingElse) {
    given_ada();
    must(checks_in({visit("a1").id}));
    must(store().tell_desk({DeskReason::walk_in, now, std::nullopt, std::nullopt}));
    must(store().tell_desk({DeskReason::help, now, std::nullopt, std::nullopt}));
    const auto units = waiting();
    ASSERT_EQ(units.size(), 3u);
    EXPECT_EQ(units[0].lane, Lane::safety);
    EXPECT_EQ(units[1].lane, Lane::arrivals);
    EXPECT_EQ(units[2].lane, Lane::desk);
}

TEST_F(Desk, HearsOneNoteOnceAndTwoNotesTwice) {
    const DeskNote note{DeskReason::help, now, std::nullopt, std::nullopt};
    must(store().tell_desk(note));
    must(store().tell_desk(note));
    EXPECT_EQ(waiting().size(), 1u);
    must(store().tell_desk({DeskReason::help, now + 1s, std::nullopt, std::nullopt}));
    EXPECT_EQ(waiting().size(), 2u);
}

TEST_F(Desk, HearsOfASlipThatIsNotOurs) {
    must(store().tell_desk(
        {DeskReason::unknown_slip, now, patient_alias("x"), std::nullopt}));
    EXPECT_EQ(json::parse(waiting().at(0).body)["slip"], patient_alias("x").hex());
}

struct Contact : Records {};

TEST_F(Contact, IsConfirmedOnceADayAndOutlivesAnOlderImport) {
    given_ada();
    must(store().confirm_contact(patient_alias("ada"), now));
    must(store().confirm_contact(patient_alias("ada"), now + 1h));
    EXPECT_EQ(waiting().size(), 1u);
    EXPECT_EQ(waiting().at(0).lane, Lane::contact);

    Patient older = person("ada", "Lovelace", "Ada", "1815-12-10");
    older.contact_confirmed = day("2026-01-05");
    given_patient(older);
    EXPECT_EQ(must(store().patient(patient_alias("ada"))).contact_confirmed, today);
}

TEST_F(Contact, OfNobodyIsNotFound) {
    EXPECT_EQ(store().confirm_contact(patient_alias("bob"), now).error().code,
              Error::Code::not_found);
}

}  // namespace
}  // namespace foyer
