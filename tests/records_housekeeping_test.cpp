#include "records_fixture.h"
#include "sync/records/database.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

struct Purge : Records {
    void given_visits_on(const std::vector<std::string>& days) {
        for (const auto& date : days) {
            given_patient("p-" + date, "Smith", "Ann", "1990-01-02");
            given(appointment("a-" + date, {"p-" + date}, date + "T10:00:00-05:00"));
        }
    }
    bool holds(const std::string& date) {
        return store().visit_of("a-" + date, "").has_value();
    }
};

TEST_F(Purge, KeepsYesterdayToTwoWeeksAhead) {
    given_visits_on(
        {"2026-11-21", "2026-11-22", "2026-11-23", "2026-12-07", "2026-12-08"});
    EXPECT_EQ(must(store().purge(now)), 2);
    EXPECT_FALSE(holds("2026-11-21"));
    EXPECT_TRUE(holds("2026-11-22"));
    EXPECT_TRUE(holds("2026-11-23"));
    EXPECT_TRUE(holds("2026-12-07"));
    EXPECT_FALSE(holds("2026-12-08"));
    EXPECT_EQ(must(store().counts(now)).patients, 3);
    EXPECT_EQ(must(store().purge(now)), 0);
}

TEST_F(Purge, CountsDaysOnTheSitesClock) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    // 23:30 on Saturday in New York, already Sunday in UTC.
    given(appointment("night", {"ada"}, "2026-11-21T23:30:00-05:00"));
    EXPECT_EQ(must(store().purge(now)), 1);
}

TEST_F(Purge, KeepsWhatTheClinicDoesNotKnowYet) {
    given_visits_on({"2026-11-23"});
    must(checks_in({visit("a-2026-11-23").id}));
    EXPECT_EQ(must(store().purge(now + 72h)), 0);
    EXPECT_TRUE(holds("2026-11-23"));
    EXPECT_EQ(must(store().counts(now)).patients, 1);

    raw().execute("delete from outbox").value();  // as if acknowledged
    EXPECT_EQ(must(store().purge(now + 72h)), 1);
    EXPECT_EQ(must(store().counts(now)).patients, 0);
    EXPECT_EQ(must(store().counts(now)).check_ins_today, 0);
}

TEST_F(Purge, KeepsAPatientWhoWasHereToday) {
    given_visits_on({"2026-11-23"});
    must(checks_in({visit("a-2026-11-23").id}));
    given(appointment("a-2026-11-23", {"p-2026-11-23"}, "2027-01-11T10:00:00-05:00"));
    raw().execute("delete from outbox").value();
    EXPECT_EQ(must(store().purge(now)), 1);
    EXPECT_EQ(must(store().counts(now)).patients, 1);
    must(store().purge(now + 24h));
    EXPECT_EQ(must(store().counts(now)).patients, 0);
}

TEST_F(Purge, KeepsAPatientOfWhomTheClinicDoesNotKnowAllYet) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    must(store().confirm_contact(patient_alias("ada"), now));
    must(store().purge(now));
    EXPECT_TRUE(store().patient(patient_alias("ada")));
}

TEST_F(Purge, LeavesTheAuditLogWholeAndSaysSo) {
    given_visits_on({"2026-11-01"});
    const auto entries = audit_verdict().entries;
    must(store().purge(now));
    EXPECT_EQ(audit_verdict().entries, entries + 1);
    EXPECT_EQ(audit_verdict().why, "");
    must(store().purge(now));
    EXPECT_EQ(audit_verdict().entries, entries + 1);
}

TEST_F(Purge, DeletesNothingWhileTheClockIsInDoubt) {
    given_visits_on({"2026-11-23", "2026-11-24"});
    must(store().see_clock(now));
    const auto refused = store().purge(now - 24h * 60);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Error::Code::refused);
    EXPECT_TRUE(holds("2026-11-24"));
}

struct SeenClock : Records {
    ClockQuality see(Instant when) { return must(store().see_clock(when)); }
    static constexpr auto trusted = ClockQuality::trusted;
    static constexpr auto untrusted = ClockQuality::untrusted;
};

TEST_F(SeenClock, IsTrustedWhileItGoesForward) {
    EXPECT_EQ(see(now), trusted);
    EXPECT_EQ(see(now + 1s), trusted);
    EXPECT_EQ(see(now + 24h), trusted);
}

TEST_F(SeenClock, MayStepBackAsTimeServersDo) {
    see(now);
    EXPECT_EQ(see(now - 2min), trusted);
    EXPECT_EQ(see(now - 2min - 1ms), untrusted);
}

TEST_F(SeenClock, IsDoubtedUntilItPassesWhatWasSeen) {
    see(now);
    EXPECT_EQ(see(now - 1h), untrusted);
    EXPECT_EQ(see(now - 1s), untrusted);
    EXPECT_EQ(see(now), trusted);
    EXPECT_EQ(see(now - 1s), trusted);
}

TEST_F(SeenClock, IsRememberedOverARestart) {
    see(now);
    reopen();
    EXPECT_EQ(see(now - 1h), untrusted);
    reopen();
    EXPECT_EQ(see(now - 1s), untrusted);
    EXPECT_EQ(see(now + 1s), trusted);
}

TEST_F(SeenClock, MarksWhatTheDeskIsTold) {
    see(now);
    see(now - 1h);
    must(store().tell_desk({DeskReason::help, now - 1h, std::nullopt, std::nullopt}));
    EXPECT_NE(waiting().at(0).body.find("\"clock\":\"untrusted\""), std::string::npos);
}

TEST_F(SeenClock, IsWrittenSeldomAndLoggedWhenDoubted) {
    see(now);
    const auto entries = audit_verdict().entries;
    for (int i = 1; i < 14; ++i) see(now + i * 1s);
    const auto mark = [](const Row& row) -> Result<Instant> { return row.instant(0); };
    EXPECT_EQ(raw().select_one(mark, "select mark from clock").value(), now);
    see(now + 15s);
    EXPECT_EQ(raw().select_one(mark, "select mark from clock").value(), now + 15s);
    see(now - 1h);
    see(now - 1h);
    EXPECT_EQ(audit_verdict().entries, entries + 1);
}

struct Counts : Records {};

TEST_F(Counts, TellWhatIsHeld) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-24T10:00:00-05:00"));
    must(checks_in({visit("a1").id}));
    now += 1h;
    must(store().tell_desk({DeskReason::help, now, std::nullopt, std::nullopt}));
    const StoreCounts counts = must(store().counts(now));
    EXPECT_EQ(counts.patients, 1);
    EXPECT_EQ(counts.visits, 2);
    EXPECT_EQ(counts.visits_today, 1);
    EXPECT_EQ(counts.check_ins_today, 1);
    EXPECT_EQ(counts.waiting_units, 2);
    EXPECT_EQ(counts.oldest_waiting, now - 1h);
    EXPECT_GT(counts.audit_entries, 2);
    EXPECT_GT(counts.bytes, 4096);
}

}  // namespace
}  // namespace foyer
