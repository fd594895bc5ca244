#include <cstdio>
#include <sstream>

#include "kiosk/assets.h"
#include "kiosk/commands/guest.h"
#include "kiosk/slip.h"
#include "kiosk/ticket.h"
#include "kiosk/ui/words.h"
#include "platform/simulated/printer.h"
#include "sync/clinic/call_name.h"
#include "sync/clinic/guest_code.h"
#include "sync/clinic/slip_token.h"
#include "tests/records_fixture.h"

namespace foyer {
namespace {

/// What a page says, by a program that knows nothing of us; empty without it.
std::string words_on(const std::string& pdf, const std::filesystem::path& folder) {
    const auto path = folder / "page.pdf";
    std::ofstream(path, std::ios::binary) << pdf;
    std::string said;
    std::FILE* pipe =
        popen(("pdftotext -layout " + path.string() + " - 2>/dev/null").c_str(), "r");
    char part[4096];
    while (const auto size = std::fread(part, 1, sizeof part, pipe))
        said.append(part, size);
    pclose(pipe);
    return said;
}

/// The front desk, with a guest of Ada's in the lobby.
class GuestDeskAt : public Records {
protected:
    GuestDeskAt() {
        EXPECT_TRUE(open_translations(asset("locale")));
        given_ada();
    }
    Site site;
    SimulatedPrinter printer;
    std::ostringstream out, err;
    SiteKeys keys = site_keys();
    SiteTime time = new_york();

    GuestDesk desk() { return {store(), site, time, keys, now, &printer}; }
    std::string guest_comes(std::optional<Alias> visit) {
        const auto entry = must(store().come_in(
            {.need = LobbyNeed::guest,
             .guest = GuestArrival{.name = "Annabella",
                                   .code = visit ? GuestArrival::Code::fits
                                                 : GuestArrival::Code::none,
                                   .visit = visit},
             .at = now}));
        return spoken(entry.call_name, "en");
    }
    int badge(const std::string& name, const std::string& to,
              const std::string& decided_by = "") {
        out.str("");
        err.str("");
        return guest_badge_command({.call_name = {name},
                                    .to = to,
                                    .decided_by = decided_by,
                                    .out = "",
                                    .language = ""},
                                   desk(), out, err);
    }
    void has_a_release() {
        given_resource(
            "Consent", "c1",
            R"({"resourceType":"Consent","id":"c1","status":"active","patient":)"
            R"({"reference":"Patient/ada"},"category":[{"coding":[{"system":)"
            R"("http://loinc.org","code":"64292-6"}]}],"provision":{"type":"permit",)"
            R"("actor":[{"role":{"text":"mother"}}]}})");
    }
    std::string paper() { return words_on(printer.printed().back().pdf, directory); }
};

TEST_F(GuestDeskAt, TellsTheCodeOfAVisit) {
    ASSERT_EQ(
        guest_code_command({.appointment = "a1", .patient = ""}, desk(), out, err), 0);
    EXPECT_EQ(guest_code_from(out.str().substr(0, 7)),
              guest_code(visit("a1").id, keys));
    EXPECT_EQ(
        guest_code_command({.appointment = "a9", .patient = ""}, desk(), out, err), 1);
}

TEST_F(GuestDeskAt, ABadgeNamesNobodyButTheGuestsCallName) {
    const auto name = guest_comes(visit("a1").id);
    ASSERT_EQ(badge(name, "lobby"), 0) << err.str();
    ASSERT_EQ(printer.printed().size(), 1u);
    const auto words = paper();
    if (words.empty()) GTEST_SKIP() << "pdftotext is not installed (poppler-utils)";
    EXPECT_NE(words.find("Guest"), words.npos) << words;
    EXPECT_NE(words.find(name), words.npos) << words;
    EXPECT_NE(words.find("Nov 23"), words.npos) << words;
    for (const char* secret : {"Ada", "Lovelace", "Annabella", "a1"})
        EXPECT_EQ(words.find(secret), words.npos) << secret;
}

TEST_F(GuestDeskAt, WithoutAReleaseThereIsNoBadgeToTheVisit) {
    const auto name = guest_comes(visit("a1").id);
    EXPECT_EQ(badge(name, "visit"), 1);
    EXPECT_NE(err.str().find("no release: public lobby only"), std::string::npos);
    EXPECT_TRUE(printer.printed().empty());
    EXPECT_EQ(waiting().size(), 1u);
}

TEST_F(GuestDeskAt, StaffCanDecideAndThatIsWrittenDown) {
    const auto name = guest_comes(visit("a1").id);
    EXPECT_EQ(badge(name, "visit", "Dana"), 0) << err.str();
    EXPECT_EQ(printer.printed().size(), 1u);
    ASSERT_EQ(waiting().size(), 2u);
    EXPECT_NE(waiting()[1].body.find("Dana"), std::string::npos);
}

TEST_F(GuestDeskAt, WithAReleaseItSaysWhomItNames) {
    const auto name = guest_comes(visit("a1").id);
    // It may come after the guest did.
    has_a_release();
    EXPECT_EQ(badge(name, "visit"), 0) << err.str();
    EXPECT_NE(out.str().find("release on file: mother"), std::string::npos);
}

TEST_F(GuestDeskAt, AReleaseOfAPatientNobodyNamedHelpsNoGuest) {
    has_a_release();
    EXPECT_EQ(badge(guest_comes(std::nullopt), "visit"), 1);
    EXPECT_EQ(badge(guest_comes(std::nullopt), "lobby"), 0);
}

TEST_F(GuestDeskAt, RefusesWhoIsNoGuestAndWhatItCannotTake) {
    const auto walk_in = must(store().come_in(
        {.need = LobbyNeed::question, .guest = std::nullopt, .at = now}));
    EXPECT_EQ(badge(spoken(walk_in.call_name, "en"), "lobby"), 1);
    EXPECT_EQ(badge("Fern 4711", "lobby"), 1);
    EXPECT_EQ(badge("nobody", "lobby"), 2);
    EXPECT_EQ(badge(guest_comes(std::nullopt), "everywhere"), 2);
}

TEST_F(GuestDeskAt, ACommandLinesWordsAreOneName) {
    EXPECT_EQ(joined({"fern", "27"}), "Fern 27");
    EXPECT_EQ(joined({"Fern 27"}), "Fern 27");
}

TEST_F(GuestDeskAt, ASlipHoldsTheCodeOnlyWhenAsked) {
    Slip slip{.clinic = "Sycamore Outpatient",
              .language = "en",
              .starts = {today, std::chrono::hours(10)},
              .place = "",
              .token = sign_token({visit("a1").id, now}, keys),
              .call_name = {},
              .waiting_place = ""};
    const auto without = words_on(must(render_slip(slip)).pdf, directory);
    slip.guest_code = guest_code(visit("a1").id, keys);
    const auto with = words_on(must(render_slip(slip)).pdf, directory);
    if (with.empty()) GTEST_SKIP() << "pdftotext is not installed (poppler-utils)";
    const auto code = spaced(slip.guest_code);
    EXPECT_NE(with.find(code), with.npos) << with;
    EXPECT_EQ(without.find(code), without.npos);
    EXPECT_EQ(without.find("somebody with you"), without.npos);
}

}  // namespace
}  // namespace foyer
