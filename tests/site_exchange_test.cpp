#include <random>

#include "site_fixture.h"
#include "sync/site/sharing.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using Names = std::vector<std::string>;

TEST_F(SiteNetwork, TellsTheDeskAndTheOtherKioskWhoArrived) {
    for (auto* device : {&kiosk, &other, &desk}) device->knows_ada();
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    seconds_pass(1);
    const auto given = kiosk.ada_visit().check_in;
    for (auto* device : {&other, &desk}) {
        const auto here = device->ada_visit().check_in;
        ASSERT_TRUE(here) << device->name;
        EXPECT_EQ(here->call_name, given->call_name);
        EXPECT_EQ(here->at, given->at);
        EXPECT_EQ(device->store().waiting_units(10)->size(), 0u) << device->name;
    }
    EXPECT_TRUE(*kiosk.store().desk_heard_arrival(kiosk.ada_visit().id));
}

TEST_F(SiteNetwork, SaysNoNameOfAPersonToAnybody) {
    for (auto* device : {&kiosk, &other, &desk}) device->knows_ada();
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    kiosk.calls_for_help();
    seconds_pass(3);
    ASSERT_EQ(said("kiosk-1", "front desk", "unit").size(), 2u);
    for (const auto& seen : wire)
        for (const char* secret : {"Lovelace", "Augusta", "1815"})
            EXPECT_EQ(seen.text.find(secret), std::string::npos) << seen.text;
}

TEST_F(SiteNetwork, TellsABoardCallNamesAndNoIds) {
    kiosk.knows_ada();
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    kiosk.calls_for_help();
    seconds_pass(1);
    const auto told = said("kiosk-1", "board", "unit");
    ASSERT_EQ(told.size(), 1u);
    const auto message = Json::parse(told.front());
    EXPECT_FALSE(message.contains("id"));
    EXPECT_EQ(message["body"], (Json{{"act", "check-in"},
                                     {"at", message["body"]["at"]},
                                     {"call_name", message["body"]["call_name"]}}));
    EXPECT_EQ(told.front().find("ada"), std::string::npos);
}

TEST_F(SiteNetwork, TellsNoKioskOfACallForHelp) {
    start_all();
    seconds_pass(1);
    kiosk.calls_for_help();
    seconds_pass(3);
    EXPECT_EQ(desk.acts_heard(), Names{"desk"});
    EXPECT_TRUE(said("kiosk-1", "kiosk-2", "unit").empty());
}

TEST_F(SiteNetwork, TellsAKioskAllOfACheckInSoThatItCanCarryIt) {
    kiosk.knows_ada();
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    const auto unit = kiosk.store().waiting_units(1)->front();
    EXPECT_EQ(Json::parse(*told_to(SiteRole::kiosk, unit)), Json::parse(unit.body));
}

TEST_F(SiteNetwork, KeepsWhatNobodyHearsAndSaysItOnceTheyAreBack) {
    for (auto* device : {&kiosk, &other}) device->knows_ada();
    start_all();
    seconds_pass(1);
    goes_through = [](const auto&, const auto&) { return false; };
    seconds_pass(10);
    EXPECT_FALSE(kiosk.exchange().alive(0));
    kiosk.ada_checks_in();
    kiosk.calls_for_help();
    kiosk.stop();  // and over a restart
    start(kiosk);
    seconds_pass(60);
    EXPECT_TRUE(desk.heard.empty());
    goes_through = [](const auto&, const auto&) { return true; };
    seconds_pass(3);
    EXPECT_EQ(desk.acts_heard(), (Names{"desk", "check-in"}));  // safety first
    EXPECT_EQ(other.acts_heard(), Names{"check-in"});
}

TEST_F(SiteNetwork, CountsWhatIsSaidTwiceOnce) {
    kiosk.knows_ada();
    start_all();
    seconds_pass(1);
    // Every answer is lost.
    goes_through = [&](const auto& from, const auto&) { return &from == &kiosk; };
    kiosk.ada_checks_in();
    seconds_pass(4);
    EXPECT_EQ(desk.heard.size(), 1u);
    desk.stop();
    start(desk);
    goes_through = [](const auto&, const auto&) { return true; };
    seconds_pass(3);
    EXPECT_GE(said("kiosk-1", "front desk", "unit").size(), 2u);
    EXPECT_EQ(desk.heard.size(), 1u);
    EXPECT_EQ(desk.store().heard_from_site()->size(), 1u);
}

TEST_F(SiteNetwork, TakesNoRecordedLetter) {
    start_all();
    seconds_pass(1);
    kiosk.calls_for_help();
    seconds_pass(1);
    const auto recorded = said("kiosk-1", "front desk", "unit").front();
    const auto from = desk.number_of(kiosk);
    EXPECT_TRUE(desk.exchange().received(from, recorded).empty());
    // Nor one of a start that is over.
    kiosk.stop();
    start(kiosk);
    seconds_pass(2);
    EXPECT_TRUE(desk.exchange().received(from, recorded).empty());
    EXPECT_EQ(desk.heard.size(), 1u);
}

TEST_F(SiteNetwork, BelievesNoBoardAndNoKioskThatCallsAPatient) {
    start_all();
    seconds_pass(1);
    SiteMessage lie;
    lie.kind = SiteMessage::Kind::unit;
    lie.epoch = 7;
    lie.unit.unit.id = unit_id("lie");
    lie.unit.ref = desk.site_keys().alias_of("Unit", lie.unit.unit.id);
    lie.unit.unit.lane = Lane::arrivals;
    lie.unit.unit.at = clock.now();
    lie.unit.unit.body = R"({"act":"call","call_name":"Fern 3","clock":"trusted"})";
    for (const auto* liar : {&board, &kiosk}) {
        ++lie.number;
        const auto answers =
            desk.exchange().received(desk.number_of(*liar), to_text(lie));
        ASSERT_EQ(answers.size(), 1u);
        EXPECT_EQ(Json::parse(answers.front().text)["why"], "role");
    }
    EXPECT_TRUE(desk.heard.empty());
}

TEST_F(SiteNetwork, RefusesAUnitUnderAnothersAlias) {
    start_all();
    seconds_pass(1);
    SiteMessage wrong;
    wrong.kind = SiteMessage::Kind::unit;
    wrong.epoch = 7;
    wrong.number = 1;
    wrong.unit.unit.id = unit_id("one");
    wrong.unit.ref = desk.site_keys().alias_of("Unit", unit_id("another"));
    wrong.unit.unit.lane = Lane::arrivals;
    wrong.unit.unit.at = clock.now();
    wrong.unit.unit.body = R"({"act":"check-in","clock":"trusted"})";
    EXPECT_TRUE(
        desk.exchange().received(desk.number_of(kiosk), to_text(wrong)).empty());
    EXPECT_TRUE(desk.heard.empty());
}

TEST_F(SiteNetwork, TakesNoArrivalOfLastWeekButEveryCallForHelp) {
    kiosk.knows_ada();
    clock.set(clock.now() - 72h);  // as on the day before the day before yesterday
    kiosk.ada_checks_in();
    start_all();
    kiosk.calls_for_help();
    clock.set(clock.now() + 72h);
    desk.knows_ada();
    // They have been told nothing yet: queue them for the site now.
    const auto units = kiosk.store().waiting_units(10).value();
    for (const auto& unit : units) ASSERT_TRUE(kiosk.store().tell_site(unit));
    seconds_pass(3);
    EXPECT_EQ(desk.acts_heard(), Names{"desk"});
    EXPECT_FALSE(desk.ada_visit().check_in);
    EXPECT_TRUE(
        kiosk.store().site_waiting(desk.public_key(), SiteRole::desk, 10)->empty());
}

TEST_F(SiteNetwork, AWrongClockSilencesNobody) {
    kiosk.knows_ada();
    desk.knows_ada();
    start_all();
    seconds_pass(1);
    clock.set(Instant{} + 24h);  // booted offline, no battery: 1970
    kiosk.ada_checks_in(ClockQuality::untrusted);
    kiosk.calls_for_help();
    clock.set(at("2026-11-23T09:46:00-05:00"));
    seconds_pass(2);
    EXPECT_EQ(desk.acts_heard(), (Names{"desk", "check-in"}));
    ASSERT_TRUE(desk.ada_visit().check_in);
    EXPECT_EQ(desk.ada_visit().check_in->clock, ClockQuality::untrusted);
}

TEST_F(SiteNetwork, TheEarliestTrustedArrivalWinsEverywhereAndTheConflictStays) {
    for (auto* device : {&kiosk, &other, &desk}) device->knows_ada();
    start_all();
    seconds_pass(1);
    goes_through = [](const auto&, const auto&) { return false; };
    seconds_pass(10);
    other.ada_checks_in();
    const auto first = *other.ada_visit().check_in;
    seconds_pass(10);
    kiosk.ada_checks_in();
    ASSERT_NE(kiosk.ada_visit().check_in->call_name, first.call_name);
    goes_through = [](const auto&, const auto&) { return true; };
    seconds_pass(5);
    for (auto* device : {&kiosk, &other, &desk}) {
        EXPECT_EQ(device->ada_visit().check_in->call_name, first.call_name)
            << device->name;
        const auto conflicts = device->store().conflicts(false);
        ASSERT_EQ(conflicts->size(), 1u) << device->name;
        EXPECT_EQ(conflicts->front().kind, "two-arrivals");
        EXPECT_EQ(conflicts->front().settled, "earliest-trusted");
        EXPECT_EQ(conflicts->front().id, kiosk.store().conflicts(false)->front().id);
    }
}

TEST_F(SiteNetwork, AnUntrustedEarlyArrivalLosesAgainstATrustedOne) {
    for (auto* device : {&kiosk, &other}) device->knows_ada();
    start_all();
    seconds_pass(1);
    goes_through = [](const auto&, const auto&) { return false; };
    seconds_pass(10);
    other.ada_checks_in(ClockQuality::untrusted);
    seconds_pass(10);
    kiosk.ada_checks_in();
    const auto trusted = *kiosk.ada_visit().check_in;
    goes_through = [](const auto&, const auto&) { return true; };
    seconds_pass(5);
    EXPECT_EQ(other.ada_visit().check_in->call_name, trusted.call_name);
    EXPECT_EQ(kiosk.ada_visit().check_in->call_name, trusted.call_name);
}

TEST_F(SiteNetwork, AnArrivalFindsItsVisitWhenTheScheduleComesLater) {
    kiosk.knows_ada();
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    seconds_pass(2);
    EXPECT_EQ(other.acts_heard(), Names{"check-in"});
    other.knows_ada();
    EXPECT_FALSE(other.ada_visit().check_in);
    seconds_pass(20);
    ASSERT_TRUE(other.ada_visit().check_in);
    EXPECT_EQ(other.ada_visit().check_in->call_name,
              kiosk.ada_visit().check_in->call_name);
}

struct Carriers : SiteNetwork {
    /// What of the lobby's waits at a device for the server.
    static Names waits(SiteDevice& device) {
        Names ids;
        const auto units = device.store().waiting_units(10).value();
        for (const auto& unit : units) ids.push_back(unit.id);
        return ids;
    }
    static void the_server_takes(SiteDevice& device) {
        for (const auto& id : waits(device))
            ASSERT_TRUE(device.store().settle(
                {{.unit = id, .how = Settled::How::acknowledged}}));
    }
};

TEST_F(Carriers, CarryAnArrivalUnderItsOwnIdAndLookForItFirst) {
    for (auto* device : {&kiosk, &other}) device->knows_ada();
    other.carries = true;
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    seconds_pass(2);
    ASSERT_EQ(waits(other), waits(kiosk));
    EXPECT_EQ(other.store().waiting_units(1)->front().attempts, 1);
    // Its own device goes first.
    EXPECT_TRUE(other.store().ready_units(clock.now(), 10)->empty());
    EXPECT_EQ(other.store().ready_units(clock.now() + 60s, 10)->size(), 1u);
}

TEST_F(Carriers, DropWhatItsOwnDeviceHasToldTheServer) {
    for (auto* device : {&kiosk, &other}) device->knows_ada();
    other.carries = true;
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    seconds_pass(2);
    ASSERT_EQ(waits(other).size(), 1u);
    the_server_takes(kiosk);
    seconds_pass(2);
    EXPECT_TRUE(waits(other).empty());
}

TEST_F(Carriers, MakeNobodyDropWhatIsTheirOwn) {
    for (auto* device : {&kiosk, &other}) device->knows_ada();
    other.carries = true;
    start_all();
    seconds_pass(1);
    kiosk.ada_checks_in();
    seconds_pass(2);
    the_server_takes(other);
    seconds_pass(2);
    EXPECT_FALSE(said("kiosk-2", "kiosk-1", "done").empty());
    EXPECT_EQ(waits(kiosk).size(), 1u);  // one look at the server, and it is done
}

TEST_F(Carriers, CarryACallForHelpFromTheDesk) {
    desk.carries = true;
    start_all();
    seconds_pass(1);
    kiosk.calls_for_help();
    seconds_pass(2);
    EXPECT_EQ(waits(desk), waits(kiosk));
    EXPECT_TRUE(waits(other).empty());
}

TEST_F(SiteNetwork, ACallIsSeenOnceSomebodyAtTheDeskHasItBeforeThem) {
    start_all();
    seconds_pass(1);
    const Instant since = clock.now();
    EXPECT_EQ(*kiosk.store().desk_sees_call(since), std::nullopt);
    kiosk.calls_for_help();
    seconds_pass(2);
    EXPECT_EQ(*kiosk.store().desk_sees_call(since), false);
    // The answer is lost; the kiosk asks again.
    ASSERT_EQ(desk.heard.size(), 1u);
    const Alias call = desk.heard.front().unit.ref;
    desk.exchange().shown(call);
    EXPECT_EQ(*kiosk.store().desk_sees_call(since), false);
    seconds_pass(35);
    EXPECT_EQ(*kiosk.store().desk_sees_call(since), true);
    EXPECT_EQ(desk.heard.size(), 1u);
}

TEST_F(SiteNetwork, ACallThatIsSeenAtOnceIsAnsweredAtOnce) {
    start_all();
    seconds_pass(1);
    const Instant since = clock.now();
    kiosk.calls_for_help();
    seconds_pass(1);
    carry(desk, desk.exchange().shown(desk.heard.front().unit.ref));
    EXPECT_EQ(*kiosk.store().desk_sees_call(since), true);
}

TEST_F(SiteNetwork, CallsNobodySawDoNotHoldUpArrivals) {
    kiosk.knows_ada();
    desk.knows_ada();
    start_all();
    seconds_pass(1);
    for (int i = 0; i < 40; ++i) {
        kiosk.calls_for_help();
        clock.advance(1s);
    }
    kiosk.ada_checks_in();
    seconds_pass(10);
    EXPECT_EQ(desk.heard.size(), 41u);
    EXPECT_TRUE(desk.ada_visit().check_in);
}

TEST_F(SiteNetwork, ElectsTheLowestKioskThatIsThere) {
    start_all();
    seconds_pass(2);
    EXPECT_TRUE(kiosk.exchange().elected());
    EXPECT_FALSE(other.exchange().elected());
    EXPECT_FALSE(desk.exchange().elected());
    kiosk.stop();
    seconds_pass(6);
    EXPECT_TRUE(other.exchange().elected());
    start(kiosk);
    seconds_pass(2);
    EXPECT_FALSE(other.exchange().elected());
}

TEST_F(SiteNetwork, KiosksSayUpToWhenTheyHaveToldTheServer) {
    kiosk.carries = other.carries = true;
    other.knows_ada();
    start(kiosk);
    EXPECT_FALSE(kiosk.exchange().peers_synced());
    start(other);
    seconds_pass(2);
    const auto synced = kiosk.exchange().peers_synced();
    ASSERT_TRUE(synced);
    EXPECT_LE(*synced, clock.now());
    // A patient arrives at the other one: from then on the server lacks something.
    other.ada_checks_in();
    const Instant arrived = clock.now();
    seconds_pass(3);
    ASSERT_TRUE(kiosk.exchange().peers_synced());
    EXPECT_LE(*kiosk.exchange().peers_synced(), arrived);
    const auto waiting = other.store().ready_units(clock.now(), 10).value();
    for (const Unit& unit : waiting) {
        Settled settled;
        settled.unit = unit.id;
        settled.how = Settled::How::acknowledged;
        ASSERT_TRUE(other.store().settle({settled}));
    }
    seconds_pass(8);
    EXPECT_GT(*kiosk.exchange().peers_synced(), arrived);
    other.stop();
    seconds_pass(6);
    EXPECT_FALSE(kiosk.exchange().peers_synced());
}

TEST_F(SiteNetwork, ADeskHearsWhileSomebodyIsThere) {
    start_all();
    seconds_pass(2);
    EXPECT_FALSE(kiosk.exchange().desk_hears());
    desk.exchange().attended(true);
    seconds_pass(2);
    EXPECT_TRUE(kiosk.exchange().desk_hears());
    desk.stop();
    seconds_pass(6);
    EXPECT_FALSE(kiosk.exchange().desk_hears());
}

TEST_F(SiteNetwork, KeepsNothingForADeviceThatIsEnrolledNoMore) {
    kiosk.knows_ada();
    kiosk.start({&desk});
    kiosk.start({});
    kiosk.ada_checks_in();
    EXPECT_TRUE(kiosk.store().site_status()->empty());
    kiosk.start({&desk});
    EXPECT_EQ(kiosk.store().site_status()->front().waiting, 0);
}

TEST_F(SiteNetwork, ForgetsADayAfterEverybodyKnowsAndAfterTwoDaysAnyway) {
    kiosk.knows_ada();
    all = {&kiosk, &desk};
    start_all();
    seconds_pass(1);
    kiosk.calls_for_help();
    seconds_pass(1);
    carry(desk, desk.exchange().shown(desk.heard.front().unit.ref));
    desk.stop();
    kiosk.ada_checks_in();
    const auto kept = [&] {
        return kiosk.store().site_waiting("key of nobody", SiteRole::desk, 10)->size();
    };
    ASSERT_TRUE(kiosk.store().purge_site(clock.now()));
    EXPECT_EQ(kept(), 2u);
    ASSERT_TRUE(kiosk.store().purge_site(clock.now() + 25h));
    EXPECT_EQ(kept(), 1u);
    ASSERT_TRUE(kiosk.store().purge_site(clock.now() + 49h));
    EXPECT_EQ(kept(), 0u);
}

/// Loss in both directions, splits and restarts, from one seed.
TEST_F(SiteNetwork, LosesAndDoublesNothingOverABadNetwork) {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SiteDevice one("kiosk-1", SiteRole::kiosk, 0, clock),
            two("kiosk-2", SiteRole::kiosk, 1, clock),
            staff("front desk", SiteRole::desk, 2, clock);
        all = {&one, &two, &staff};
        start_all();
        std::mt19937 dice(seed);
        int calls = 0;
        goes_through = [&](const auto&, const auto&) { return dice() % 100 < 60; };
        for (int second = 0; second < 60; ++second) {
            if (dice() % 3 == 0) {
                (dice() % 2 ? one : two).calls_for_help();
                ++calls;
            }
            if (dice() % 15 == 0) {
                auto& device = *all[dice() % all.size()];
                device.stop();
                start(device);
            }
            seconds_pass(1);
        }
        goes_through = [](const auto&, const auto&) { return true; };
        seconds_pass(40);
        std::set<Alias> distinct;
        for (const auto& unit : staff.heard) distinct.insert(unit.unit.ref);
        EXPECT_EQ(staff.heard.size(), distinct.size());
        EXPECT_EQ(staff.store().heard_from_site()->size(), staff.heard.size());
        EXPECT_EQ(int(distinct.size()), calls);
    }
}

}  // namespace
}  // namespace foyer
