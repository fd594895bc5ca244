#include "site_fixture.h"
#include "sync/records/attendance_unit.h"
#include "sync/site/sharing.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using Kind = AttendanceKind;

/// Ada's visit is a program day; the internet is down and the LAN is up.
struct SiteAttendance : SiteNetwork {
    SiteAttendance() {
        for (auto* device : {&kiosk, &other, &desk}) device->knows_ada(Service::iop);
        start_all();
        seconds_pass(1);
    }
    AttendanceEvent taps(SiteDevice& device, Kind kind) {
        const auto said = device.store().attend(
            {.visit = device.ada_visit().id, .kind = kind, .at = clock.now()});
        EXPECT_TRUE(said) << said.error().what;
        return said.value_or(AttendanceEvent{});
    }
    AttendanceEvent amends(SiteDevice& device, const AttendanceEvent& event) {
        FacilitatorAct act;
        act.appointment = "a1";
        act.patient = "ada";
        act.at = event.at - 5min;
        act.by = "Amara Okafor";
        act.amends = event.unit;
        act.reason = "The bus came early";
        act.recorded = clock.now();
        const auto said = device.store().attest(act);
        EXPECT_TRUE(said) << said.error().what;
        return said.value_or(AttendanceEvent{});
    }
    static std::vector<AttendanceEvent> known(SiteDevice& device) {
        return device.store().attendance_of(device.ada_visit().id).value();
    }
};

TEST_F(SiteAttendance, WhoSignsInAtOneKioskSignsOutAtAnother) {
    kiosk.ada_checks_in();
    seconds_pass(60);
    taps(other, Kind::break_out);
    seconds_pass(60);
    const auto out = taps(kiosk, Kind::break_in);
    amends(other, taps(other, Kind::sign_out));
    seconds_pass(2);
    EXPECT_EQ(known(kiosk).size(), 5u);
    for (auto* device : {&other, &desk}) EXPECT_EQ(known(*device), known(kiosk));
    const auto at_kiosk = known(kiosk);
    EXPECT_EQ(std::ranges::count(at_kiosk, Kind::sign_in, &AttendanceEvent::kind), 1);
    // Told over the LAN, nothing is told twice.
    EXPECT_EQ(kiosk.store().waiting_units(10)->size(), 2u);
    EXPECT_EQ(other.store().waiting_units(10)->size(), 3u);
}

TEST_F(SiteAttendance, ATapAtAKioskThatHeardOfItIsTheSame) {
    kiosk.ada_checks_in();
    const auto first = taps(kiosk, Kind::sign_out);
    seconds_pass(2);
    EXPECT_EQ(taps(other, Kind::sign_out), first);
    EXPECT_TRUE(other.store().waiting_units(10)->empty());
}

TEST_F(SiteAttendance, OfTwoSignInsWhileApartTheEarlierStandsEverywhere) {
    goes_through = [](const auto&, const auto&) { return false; };
    kiosk.ada_checks_in();
    const Instant first = clock.now();
    seconds_pass(60);
    other.ada_checks_in();
    goes_through = [](const auto&, const auto&) { return true; };
    seconds_pass(60);
    for (auto* device : {&kiosk, &other, &desk}) {
        ASSERT_EQ(known(*device).size(), 1u) << device->name;
        EXPECT_EQ(known(*device).front().at, first) << device->name;
    }
}

TEST_F(SiteAttendance, BoardsLearnNothingOfIt) {
    kiosk.ada_checks_in();
    seconds_pass(1);
    const auto before = said("kiosk-1", "board", "unit").size();
    amends(kiosk, taps(kiosk, Kind::sign_out));
    seconds_pass(2);
    EXPECT_EQ(said("kiosk-1", "board", "unit").size(), before);
    EXPECT_EQ(said("kiosk-1", "kiosk-2", "unit").size(), before + 2);
}

TEST_F(SiteAttendance, AnotherKioskCanCarryAllOfIt) {
    kiosk.ada_checks_in();
    const auto event = amends(kiosk, taps(kiosk, Kind::sign_out));
    const auto waiting = kiosk.store().waiting_units(10).value();
    for (const auto& unit : waiting) {
        if (unit.lane != Lane::attendance) continue;
        EXPECT_EQ(Json::parse(*told_to(SiteRole::kiosk, unit)), Json::parse(unit.body));
    }
    other.stop();
    other.carries = true;
    start(other);
    seconds_pass(5);
    const auto carried = other.store().waiting_units(10).value();
    ASSERT_EQ(carried.size(), 3u);
    EXPECT_EQ(attendance_in(carried.back()), event);
    EXPECT_TRUE(carried.back().visit && carried.back().patient);
}

TEST_F(SiteAttendance, TheEndOfASessionIsNobodyElsesToTell) {
    kiosk.ada_checks_in();
    clock.advance(30min);
    taps(kiosk, Kind::sign_out);
    const auto closing = kiosk.store().close_attendance(
        {.appointment = "a1", .by = "Amara Okafor", .at = clock.now()});
    ASSERT_TRUE(closing);
    ASSERT_EQ(closing->closed, 1);
    seconds_pass(3);
    EXPECT_EQ(other.acts_heard(), (std::vector<std::string>{"check-in", "attendance"}));
}

}  // namespace
}  // namespace foyer
