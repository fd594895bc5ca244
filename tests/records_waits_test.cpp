#include "tests/records_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Minutes = std::vector<std::chrono::minutes>;

/// It is 9:45; of Ada's visit at ten and others the clinic says that they have begun.
class Waits : public Records {
protected:
    Waits() { given_ada(); }

    Instant clock(const std::string& time, const std::string& day = "2026-11-23") {
        return foyer::at(day + "T" + time + ":00-05:00");
    }
    static BegunVisit begun(Instant when, std::optional<Instant> arrived = {}) {
        return {.appointment = "a1",
                .patient = "ada",
                .arrived = arrived,
                .begun = when,
                .from_history = true};
    }
    Taken hears(const BegunVisit& visit) {
        auto batch = must(store().begin(now));
        const Taken taken = must(batch.put(visit));
        must(batch.commit());
        return taken;
    }
    Minutes waits() { return must(store().waits_today(now)); }
    std::vector<std::string> asked() { return must(store().not_known_begun(now, 50)); }
    void ada_is(Service service, bool by_video = false) {
        auto changed = appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00");
        changed.service = service;
        changed.virtual_visit = by_video;
        given(changed);
    }
};

TEST_F(Waits, AreFromCheckingInToTheBegin) {
    must(checks_in({visit("a1").id}));
    EXPECT_EQ(hears(begun(clock("10:02"))), Taken::added);
    EXPECT_EQ(waits(), Minutes{17min});
    EXPECT_EQ(hears(begun(clock("10:02"))), Taken::unchanged);
    EXPECT_EQ(hears(begun(clock("10:04"))), Taken::changed);
    EXPECT_EQ(waits(), Minutes{19min});
    reopen();
    EXPECT_EQ(waits(), Minutes{19min});
}

TEST_F(Waits, AreFromWhatTheClinicWroteWhereNoKioskSawTheArrival) {
    hears(begun(clock("10:00"), clock("09:48")));
    EXPECT_EQ(waits(), Minutes{12min});
    // A check-in that is heard of later is nearer to the truth.
    must(checks_in({visit("a1").id}));
    EXPECT_EQ(waits(), Minutes{15min});
}

TEST_F(Waits, WithoutAnArrivalCountNothing) {
    hears(begun(clock("10:00")));
    EXPECT_TRUE(waits().empty());
}

TEST_F(Waits, ADoubtfulClockCountsForNothing) {
    must(store().check_in({.visits = {visit("a1").id},
                           .late = {},
                           .at = clock("03:00"),
                           .clock = ClockQuality::untrusted}));
    hears(begun(clock("10:00")));
    EXPECT_TRUE(waits().empty());
    hears(begun(clock("10:00"), clock("09:50")));
    EXPECT_EQ(waits(), Minutes{10min});
}

TEST_F(Waits, APeriodThatStartsWithTheArrivalIsNoBegin) {
    must(checks_in({visit("a1").id}));
    auto visit = begun(clock("09:46"));
    visit.from_history = false;
    hears(visit);
    EXPECT_TRUE(waits().empty());
    visit.begun = clock("09:55");
    hears(visit);
    EXPECT_EQ(waits(), Minutes{10min});
}

TEST_F(Waits, NobodyWaitsForAGroupInACrisisOrByVideo) {
    for (const auto service : {Service::group, Service::php, Service::iop,
                               Service::holistic_class, Service::crisis}) {
        ada_is(service);
        EXPECT_EQ(hears(begun(clock("10:00"), clock("09:40"))), Taken::unchanged);
        EXPECT_TRUE(waits().empty()) << code(service);
    }
    ada_is(Service::individual, true);
    EXPECT_EQ(hears(begun(clock("10:00"), clock("09:40"))), Taken::unchanged);
    // One that was noted before it became one.
    ada_is(Service::individual);
    hears(begun(clock("10:00"), clock("09:40")));
    EXPECT_EQ(waits().size(), 1u);
    ada_is(Service::group);
    EXPECT_TRUE(waits().empty());
}

TEST_F(Waits, OnlyTodaysVisitsThatBeganTodayCount) {
    EXPECT_EQ(hears(begun(clock("10:00", "2026-11-22"), clock("09:40", "2026-11-22"))),
              Taken::unchanged);
    given(appointment("t1", {"ada"}, "2026-11-24T10:00:00-05:00"));
    auto tomorrow = begun(clock("10:00"), clock("09:40"));
    tomorrow.appointment = "t1";
    EXPECT_EQ(hears(tomorrow), Taken::unchanged);
    auto unknown = begun(clock("10:00"), clock("09:40"));
    unknown.appointment = "of-another-clinic";
    EXPECT_EQ(hears(unknown), Taken::unchanged);
    EXPECT_TRUE(waits().empty());
}

TEST_F(Waits, AreOverWithTheDay) {
    hears(begun(clock("10:00"), clock("09:40")));
    ASSERT_EQ(waits().size(), 1u);
    const auto this_morning = now;
    now += 24h;
    EXPECT_TRUE(waits().empty());
    must(store().see_clock(now));
    must(store().purge(now));
    now = this_morning;
    EXPECT_TRUE(waits().empty());
}

TEST_F(Waits, WhoIsHereAndHasNotBegunIsAskedFor) {
    EXPECT_TRUE(asked().empty());
    must(checks_in({visit("a1").id}));
    EXPECT_EQ(asked(), std::vector<std::string>{"a1"});
    hears(begun(clock("10:00")));
    EXPECT_TRUE(asked().empty());
}

TEST_F(Waits, WhoTheClinicMarkedAsHereIsAskedForLatestFirst) {
    const auto marked = [&](const std::string& id, const std::string& starts,
                            AppointmentStatus status, Service service) {
        auto visit = appointment(id, {"ada"}, starts);
        visit.status = status;
        visit.service = service;
        given(visit);
    };
    using enum AppointmentStatus;
    marked("early", "2026-11-23T08:00:00-05:00", fulfilled, Service::individual);
    marked("later", "2026-11-23T09:00:00-05:00", arrived, Service::medication);
    marked("group", "2026-11-23T08:30:00-05:00", fulfilled, Service::group);
    marked("gone", "2026-11-23T08:30:00-05:00", cancelled, Service::individual);
    EXPECT_EQ(asked(), (std::vector<std::string>{"later", "early"}));
    EXPECT_EQ(must(store().not_known_begun(now, 1)), std::vector<std::string>{"later"});
}

TEST_F(Waits, NameNobodyOnTheDisk) {
    hears(begun(clock("10:00"), clock("09:40")));
    const auto note = must(store().memo("waits")).value_or("");
    EXPECT_NE(note.find("2026-11-23"), std::string::npos);
    EXPECT_EQ(note.find("ada"), std::string::npos);
    EXPECT_EQ(note.find("a1\""), std::string::npos);
}

TEST_F(Waits, ANoteThatCannotBeReadIsNone) {
    must(store().set_memo("waits", R"({"day":"2026-11-23","begun":7})"));
    EXPECT_TRUE(waits().empty());
    const auto row = R"({"day":"2026-11-23","begun":{"x":{"at":"soon"},"y":3}})";
    must(store().set_memo("waits", row));
    EXPECT_TRUE(waits().empty());
    hears(begun(clock("10:00"), clock("09:40")));
    EXPECT_EQ(waits().size(), 1u);
}

}  // namespace
}  // namespace foyer
