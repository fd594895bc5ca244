#include <nlohmann/json.hpp>

#include "sync/clinic/call_name.h"
#include "tests/records_fixture.h"

namespace foyer {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

/// A kiosk, and another device of the site that hears of it.
class Lobby : public Records {
protected:
    LobbyEntry comes_in(LobbyNeed need, std::string topic = {}) {
        return must(store().come_in(
            {.need = need, .topic = std::move(topic), .guest = {}, .at = now}));
    }
    LobbyEntry guest_comes(const std::string& name, std::optional<Alias> visit,
                           bool release = false) {
        return must(store().come_in(
            {.need = LobbyNeed::guest,
             .guest = GuestArrival{.name = name,
                                   .code = visit ? GuestArrival::Code::fits
                                                 : GuestArrival::Code::wrong,
                                   .visit = visit,
                                   .release = release},
             .at = now}));
    }
    std::vector<LobbyEntry> lobby() { return must(store().lobby(now)); }
    std::vector<CallName> names() {
        std::vector<CallName> all;
        for (const auto& entry : lobby()) all.push_back(entry.call_name);
        return all;
    }
    Json body(std::size_t unit = 0) { return Json::parse(waiting().at(unit).body); }

    void has_peer(SiteRole role) {
        must(store().set_site_peers(
            {SitePeer{.name = "peer", .role = role, .public_key = "a-key"}}));
    }
    std::vector<SiteUnit> told() {
        return must(store().site_waiting("a-key", SiteRole::kiosk, 100));
    }
    /// As another device of the site would say it.
    void hears(const Json& told, Lane lane, const std::string& id) {
        SiteUnit heard;
        heard.unit.id = id;
        heard.ref = site_keys().alias_of("Unit", id);
        heard.unit.lane = lane;
        heard.unit.at = now;
        heard.unit.body = told.dump();
        EXPECT_TRUE(must(store().take_from_site(heard, "a-key", {}, now)));
    }
    void desk_calls(const CallName& name) {
        hears({{"act", "call"},
               {"call_name", spoken(name, "en")},
               {"at", format_instant(now)}},
              Lane::attendance, "call|" + spoken(name, "en"));
    }
};

TEST_F(Lobby, GivesEverybodyACallNameOfTheirOwn) {
    given_ada();
    const auto first = comes_in(LobbyNeed::question);
    const auto ada = must(checks_in({visit("a1").id}));
    const auto second = comes_in(LobbyNeed::question);
    EXPECT_NE(first.call_name, second.call_name);
    EXPECT_NE(ada.front().check_in->call_name, first.call_name);
    EXPECT_NE(ada.front().check_in->call_name, second.call_name);
    reopen();
    EXPECT_EQ(names(), (std::vector{first.call_name, second.call_name}));
}

TEST_F(Lobby, TheDeskHearsOfThemAmongTheArrivals) {
    const auto entry = comes_in(LobbyNeed::case_management, "housing");
    ASSERT_EQ(waiting().size(), 1u);
    EXPECT_EQ(waiting()[0].lane, Lane::arrivals);
    EXPECT_EQ(waiting()[0].id, entry.unit);
    EXPECT_EQ(body()["act"], "desk");
    EXPECT_EQ(body()["reason"], "walk-in");
    EXPECT_EQ(body()["need"], "case-management");
    EXPECT_EQ(body()["topic"], "housing");
    EXPECT_EQ(body()["identity"], "unverified");
    EXPECT_EQ(body()["call_name"], spoken(entry.call_name, "en"));
    EXPECT_FALSE(body().contains("patient"));
}

TEST_F(Lobby, TheLineIsInTheOrderOfComingAndEndsWithTheDay) {
    const auto first = comes_in(LobbyNeed::case_management);
    now += 1min;
    const auto second = comes_in(LobbyNeed::question);
    EXPECT_EQ(names(), (std::vector{first.call_name, second.call_name}));
    now += 24h;
    EXPECT_TRUE(lobby().empty());
}

TEST_F(Lobby, WhomStaffAreDoneWithWaitsNoLonger) {
    has_peer(SiteRole::kiosk);
    const auto first = comes_in(LobbyNeed::case_management);
    const auto second = comes_in(LobbyNeed::case_management);
    must(store().leave_lobby(first.call_name, now));
    EXPECT_EQ(names(), (std::vector{second.call_name}));
    // The others hear of it; the server need not.
    EXPECT_EQ(told().size(), 3u);
    EXPECT_EQ(waiting().size(), 2u);
    const auto again = store().leave_lobby(first.call_name, now);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Error::Code::not_found);
}

TEST_F(Lobby, HearsOfThoseWhoCameInElsewhere) {
    has_peer(SiteRole::kiosk);
    const auto own = comes_in(LobbyNeed::case_management);
    const CallName theirs = call_name(3, 0);
    now += 1min;
    hears({{"act", "desk"},
           {"reason", "walk-in"},
           {"need", "case-management"},
           {"call_name", spoken(theirs, "en")},
           {"at", format_instant(now - 2min)},
           {"clock", "trusted"},
           {"device", 3}},
          Lane::arrivals, "desk|elsewhere");
    EXPECT_EQ(names(), (std::vector{theirs, own.call_name}));
    EXPECT_EQ(lobby()[0].device, 3);
    desk_calls(theirs);
    EXPECT_TRUE(lobby()[0].called);
    EXPECT_FALSE(lobby()[1].called);
    hears({{"act", "lobby-done"},
           {"call_name", spoken(theirs, "en")},
           {"at", format_instant(now)}},
          Lane::attendance, "lobby|elsewhere");
    EXPECT_EQ(names(), (std::vector{own.call_name}));
}

TEST_F(Lobby, ACallOfAnotherDayCallsNobody) {
    has_peer(SiteRole::kiosk);
    comes_in(LobbyNeed::question);
    hears({{"act", "call"},
           {"call_name", spoken(names()[0], "en")},
           {"at", format_instant(now - 24h)}},
          Lane::attendance, "call|old");
    EXPECT_FALSE(lobby()[0].called);
}

TEST_F(Lobby, ADeskKnowsWhomItCalledItself) {
    has_peer(SiteRole::kiosk);
    const auto entry = comes_in(LobbyNeed::question);
    const Json call = {{"act", "call"},
                       {"call_name", spoken(entry.call_name, "en")},
                       {"at", format_instant(now)}};
    must(store().tell_site({.id = "call|1",
                            .lane = Lane::attendance,
                            .at = now,
                            .visit = std::nullopt,
                            .patient = std::nullopt,
                            .body = call.dump()}));
    EXPECT_TRUE(lobby()[0].called);
}

TEST_F(Lobby, AGuestIsNoArrivalOfThePatient) {
    given_ada();
    has_peer(SiteRole::desk);
    const auto visit = this->visit("a1");
    const auto entry = guest_comes("Annabella", visit.id, true);
    EXPECT_EQ(entry.appointment, "a1");
    EXPECT_TRUE(entry.release);
    EXPECT_EQ(body()["reason"], "guest");
    EXPECT_EQ(body()["guest"], "Annabella");
    EXPECT_EQ(body()["code"], "fits");
    EXPECT_EQ(body()["patient"], "ada");
    EXPECT_EQ(body()["release"], "on-file");
    EXPECT_FALSE(must(store().desk_heard_arrival(visit.id)));
    EXPECT_FALSE(must(store().visit_behind(visit.id))->check_in);
    // Their call name is not the patient's.
    const auto ada = must(checks_in({visit.id}));
    EXPECT_NE(ada.front().check_in->call_name, entry.call_name);
}

TEST_F(Lobby, AGuestWithoutACodeThatFitsIsWithNobody) {
    given_ada();
    guest_comes("Annabella", std::nullopt);
    EXPECT_EQ(body()["code"], "wrong");
    EXPECT_FALSE(body().contains("patient"));
    EXPECT_FALSE(body().contains("appointment"));
    EXPECT_FALSE(body().contains("release"));
}

TEST_F(Lobby, LettingAGuestInIsWrittenDown) {
    given_ada();
    auto guest = guest_comes("Annabella", visit("a1").id);
    must(store().admit_guest(guest, "Dana", now));
    ASSERT_EQ(waiting().size(), 2u);
    EXPECT_EQ(body(1)["reason"], "guest-admitted");
    EXPECT_EQ(body(1)["decided_by"], "Dana");
    EXPECT_EQ(body(1)["release"], "none");
    EXPECT_EQ(audit_verdict().why, "");
}

TEST_F(Lobby, NobodysNameIsReadableOnTheDisk) {
    guest_comes("Annabella", std::nullopt);
    reopen();
    for (const auto& file : std::filesystem::directory_iterator(directory)) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(bytes.find("Annabella"), bytes.npos) << file.path();
    }
}

TEST_F(Lobby, VisitsOfADayAreKnownByTheirSlips) {
    given_ada();
    given(appointment("a2", {"ada"}, "2026-11-24T10:00:00-05:00"));
    EXPECT_EQ(must(store().visits_of(today)), (std::vector{visit("a1").id}));
}

}  // namespace
}  // namespace foyer
