#include <gtest/gtest.h>

#include "sync/pull/pull.h"
#include "sync/push/resources.h"
#include "sync/records/attendance_unit.h"
#include "tests/pull_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using Kind = AttendanceKind;

/// Ada is expected in a group g1 at ten; what kiosk 3 of the site wrote of her is at
/// the server, in the words of sync/push.
class PullAttendance : public Pull {
protected:
    PullAttendance() {
        site.id = "clinic";
        has_patient("ada");
        has_group("g1", "ada", "2026-11-23T10:00:00-05:00");
    }

    void has_group(const std::string& id, const std::string& patient,
                   const std::string& start) {
        has_visit(id, patient, start);
        clinic.set("Appointment", id, "/serviceType/0/coding/0/code", R"("iop")");
    }
    AttendanceEvent event(Kind kind, Instant when, const std::string& patient = "ada",
                          const std::string& appointment = "g1") const {
        AttendanceEvent said;
        said.appointment = appointment;
        said.patient = patient;
        said.service = Service::iop;
        said.starts = at("2026-11-23T10:00:00-05:00");
        said.ends = said.starts + 50min;
        said.kind = kind;
        said.at = said.recorded = when;
        said.device = 3;
        said.attested = said.by_hand = true;
        said.unit = unit_id(act_of(said));
        return said;
    }
    json written(const AttendanceEvent& said, Names names = Names::references) const {
        const auto bundle =
            attendance_bundle(unit_of(said, true), {"clinic", 3, ""}, {}, names);
        return json::parse(bundle.value())["entry"][0]["resource"];
    }
    void tells(const AttendanceEvent& said) { clinic.put(written(said).dump()); }
    std::vector<AttendanceEvent> known() {
        return must(store().attendance_between(today, today));
    }
};

TEST_P(PullAttendance, WhatAnotherKioskHeardIsKnownHereWhole) {
    reads();
    auto amended = event(Kind::sign_out, now - 1min);
    tells(amended);
    amended.amends = amended.unit;
    amended.by = "Amara Okafor";
    amended.reason = "The bus came early";
    amended.method = AttendanceMethod::facilitator;
    amended.attested = amended.by_hand = false;
    amended.at -= 10min;
    amended.recorded = now;
    amended.unit = unit_id(act_of(amended));
    tells(amended);
    auto doubted = event(Kind::break_out, now - 20min);
    doubted.clock = ClockQuality::untrusted;
    doubted.unit = unit_id(act_of(doubted));
    tells(doubted);
    a_minute_later();

    const std::vector<AttendanceEvent> all = {
        doubted, amended, event(Kind::sign_out, at("2026-11-23T09:44:00-05:00"))};
    EXPECT_EQ(known(), all);
    EXPECT_EQ(must(store().attendance_of(visit("g1").id)), all);
    EXPECT_TRUE(waiting().empty());
    EXPECT_TRUE(must(pull_findings(store())).refused.empty());
}

// A server refuses references to what it has deleted; then the kiosk that heard of it
// names the patient and the Appointment by its own identifiers.
TEST_P(PullAttendance, WhatNamesItsVisitWithoutAReferenceIsKnownToo) {
    reads();
    const auto said = event(Kind::sign_out, now - 1min);
    clinic.put(written(said, Names::identifiers).dump());
    a_minute_later();
    EXPECT_EQ(known(), std::vector{said});
}

TEST_P(PullAttendance, ItIsTakenOnce) {
    reads();
    tells(event(Kind::sign_out, now));
    a_minute_later();
    must(puller().read_all_again());
    reads();
    const auto entries = audit_verdict().entries;
    a_minute_later();
    EXPECT_EQ(known().size(), 1u);
    EXPECT_EQ(audit_verdict().entries, entries);
}

TEST_P(PullAttendance, OnesOwnComesBackAndChangesNothing) {
    reads();
    now += 700ms;
    must(store().check_in({.visits = {visit("g1").id}, .late = {}, .at = now}));
    auto own = known().at(0);
    now -= 700ms;
    auto back = own;
    back.at = back.recorded = now;  // a server that keeps no fractions of a second
    tells(back);
    a_minute_later();
    EXPECT_EQ(known(), std::vector{own});
}

TEST_P(PullAttendance, TheEarlierOfTwoSignInsUnderOneActStands) {
    reads();
    must(store().check_in({.visits = {visit("g1").id}, .late = {}, .at = now}));
    auto theirs = event(Kind::sign_in, now - 3min);
    theirs.unit = unit_id("check-in|Appointment/g1");
    tells(theirs);
    a_minute_later();
    EXPECT_EQ(known(), std::vector{theirs});
}

TEST_P(PullAttendance, AtFirstAndEachNightTheHoursOfThosePatientsAreReadBack) {
    const auto then = at("2026-10-12T10:50:00-04:00");
    const auto day_then = day("2026-10-12");
    const auto told_then = [&](Kind kind, const std::string& patient) {
        auto old = event(kind, then, patient, "long-ago");
        old.starts = then - 50min;
        old.ends = then;
        clinic.now = then;
        clinic.times_differ = false;
        tells(old);
        clinic.times_differ = true;
        clinic.now = now;
    };
    const auto held = [&] {
        return must(store().attendance_between(day_then, day_then)).size();
    };
    told_then(Kind::sign_in, "ada");
    told_then(Kind::sign_in, "eve");
    reads();
    EXPECT_EQ(held(), 1u);
    told_then(Kind::sign_out, "ada");
    a_minute_later();
    EXPECT_EQ(held(), 1u);
    passes(20h);
    reads();
    EXPECT_EQ(held(), 2u);
}

TEST_P(PullAttendance, OtherSitesAndWhatLacksSomethingAreNotTaken) {
    auto elsewhere = written(event(Kind::sign_in, now));
    elsewhere["meta"]["tag"][0]["code"] = "south";
    clinic.put(elsewhere.dump());
    auto score = written(event(Kind::break_in, now));
    score["code"]["coding"][0]["code"] = "phq-9";
    clinic.put(score.dump());
    auto without = written(event(Kind::sign_out, now));
    without.erase("extension");
    clinic.put(without.dump());
    reads();
    a_minute_later();
    EXPECT_TRUE(known().empty());
    EXPECT_EQ(must(pull_findings(store())).refused.size(), 1u);
}

TEST_P(PullAttendance, AServerThatDoesNotSearchByTagIsNotAskedAgain) {
    clinic.broken.tag_search = false;
    reads();
    a_minute_later();
    const int before = http.asked("GET", "Observation");
    a_minute_later();
    EXPECT_EQ(http.asked("GET", "Observation"), before);
    EXPECT_TRUE(holds_visit("g1"));
}

INSTANTIATE_TEST_SUITE_P(, PullAttendance,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         name_of_manner);

}  // namespace
}  // namespace foyer
