#include <nlohmann/json.hpp>

#include "kiosk/commands/ledger.h"
#include "kiosk/effects.h"
#include "records_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

/// Ada's and Bob's IOP from nine to twelve on Monday to Wednesday, as `foyer ledger`
/// tells of it.
struct LedgerCommand : Records {
    LedgerCommand() {
        std::ofstream(directory / "foyer.toml")
            << "[programs.iop]\nhours_min = 9\ndays = 24\n"
               "[part2]\nservices = [\"iop\"]\n";
        options.data = directory;
        options.config = directory / "foyer.toml";
        const auto place = must(set_up(options));
        auto opened = must(open_store(directory, place.site, place.time));
        records.emplace(std::move(opened));
        auto batch = must(records->begin());
        must(batch.put(person("ada", "Lovelace", "Ada", "1815-12-10")));
        must(batch.put(person("bob", "Babbage", "Bob\x1b[2J", "1791-12-26")));
        for (const char* date : {"2026-11-23", "2026-11-24", "2026-11-25"}) {
            auto group = appointment("g-" + std::string(date), {"ada", "bob"},
                                     std::string(date) + "T09:00:00-05:00");
            group.ends = group.starts + 3h;
            group.service = Service::iop;
            must(batch.put(group));
        }
        must(batch.commit());
        const auto keys = must(foyer::site_keys(directory));
        comes(keys, "ada", at("2026-11-23T08:55:00-05:00"),
              at("2026-11-23T12:00:00-05:00"));
        comes(keys, "bob", at("2026-11-23T09:00:00-05:00"),
              at("2026-11-23T10:00:00-05:00"));
        options.now = "@2026-11-24T08:00:00-05:00";
    }
    void comes(const SiteKeys& keys, const std::string& who, Instant in, Instant out) {
        const auto alias = keys.alias_of("Patient", who);
        const auto visits = must(records->visits_on(today, alias));
        ASSERT_EQ(visits.size(), 1u);
        must(records->check_in({.visits = {visits[0].id}, .late = {}, .at = in}));
        must(records->attend({.visit = visits[0].id, .at = out}));
    }
    std::string says(const LedgerOptions& wanted, Exit expected = Exit::ok) {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        EXPECT_EQ(ledger_command(options, wanted), expected);
        complaint = testing::internal::GetCapturedStderr();
        return testing::internal::GetCapturedStdout();
    }

    Options options;
    std::optional<Store> records;
    std::string complaint;
};

TEST_F(LedgerCommand, TellsStaffTheHoursByName) {
    EXPECT_EQ(says({}),
              "Lovelace, Ada (ada)  IOP, day 1 of 24, recertify by 2027-01-22\n"
              "  week of 2026-11-22  3 h 00 min of 9 to 19 h, 9 h 00 min at most\n"
              "Babbage, Bob?[2J (bob)  IOP, day 1 of 24, recertify by 2027-01-22\n"
              "  week of 2026-11-22  1 h 00 min of 9 to 19 h, 7 h 00 min at most, too "
              "few\n");
    EXPECT_EQ(says({.from = {}, .to = {}, .patient = "ada"}),
              "Lovelace, Ada (ada)  IOP, day 1 of 24, recertify by 2027-01-22\n"
              "  week of 2026-11-22  3 h 00 min of 9 to 19 h, 9 h 00 min at most\n"
              "    2026-11-23  3 h 00 min, 1 service\n");
}

TEST_F(LedgerCommand, ListsWhoCannotReachTheWeeksHours) {
    LedgerOptions under;
    under.under = true;
    EXPECT_EQ(says(under),
              "Babbage, Bob?[2J (bob)  IOP, 1 h 00 min of 9 h 00 min, 7 h 00 min at "
              "most\n");
    options.json = true;
    const auto json = Json::parse(says(under));
    ASSERT_EQ(json["under"].size(), 1u);
    EXPECT_EQ(json["under"][0]["patient"], "bob");
    EXPECT_EQ(json["under"][0]["week"]["projected"], 420);
}

TEST_F(LedgerCommand, ExportsNoNames) {
    LedgerOptions csv, fhir;
    csv.csv = true;
    fhir.fhir = true;
    const auto lines = says(csv);
    EXPECT_NE(lines.find("ada,iop,2026-11-23,180,0,1,no,no,no,42 CFR"),
              std::string::npos)
        << lines;
    const auto bundle = Json::parse(says(fhir));
    // Three days of two patients, and two Encounters so far.
    EXPECT_EQ(bundle["entry"].size(), 8u);
    options.json = true;
    const auto json = Json::parse(says({}));
    EXPECT_EQ(json["ledgers"][0]["days"][0]["counted"], 180);
    for (const auto& text : {lines, bundle.dump(), json.dump()})
        for (const char* name : {"Lovelace", "Ada", "Babbage", "Bob"})
            EXPECT_EQ(text.find(name), std::string::npos) << name;
}

TEST_F(LedgerCommand, ExportsTheConsentUnderPart2AndSaysWhoseIsMissing) {
    auto batch = must(records->begin());
    const auto held = [&](const std::string& id, const std::string& status,
                          const std::string& rule) {
        must(batch.put("Consent", id,
                       R"({"resourceType":"Consent","id":")" + id + R"(","status":")" +
                           status +
                           R"(","patient":{"reference":"Patient/ada"},"policyRule":)" +
                           R"({"coding":[{"code":")" + rule + R"("}]}})"));
    };
    held("c1", "active", "42CFRPart2");
    held("c2", "rejected", "42CFRPart2");
    held("c3", "active", "OPTIN");
    must(batch.commit());
    LedgerOptions fhir;
    fhir.fhir = true;
    const auto bundle = Json::parse(says(fhir));
    std::vector<std::string> consents;
    for (const auto& entry : bundle["entry"])
        if (entry["resource"]["resourceType"] == "Consent")
            consents.push_back(entry["resource"]["id"]);
    EXPECT_EQ(consents, std::vector<std::string>{"c1"});
    EXPECT_EQ(complaint,
              "foyer: no consent under 42 CFR Part 2 is held here of: bob\n");
}

TEST_F(LedgerCommand, KeepsToThePeriodAskedFor) {
    EXPECT_EQ(says({.from = "2026-11-24", .to = "2026-11-24", .patient = {}}),
              "Lovelace, Ada (ada)  IOP, day 0 of 24\n"
              "  week of 2026-11-22  0 h 00 min of 9 to 19 h, 3 h 00 min at most, too "
              "few\n"
              "Babbage, Bob?[2J (bob)  IOP, day 0 of 24\n"
              "  week of 2026-11-22  0 h 00 min of 9 to 19 h, 3 h 00 min at most, too "
              "few\n");
    EXPECT_EQ(says({.from = "2026-10-01", .to = "2026-10-31", .patient = {}}),
              "Nobody was at PHP or IOP in this period.\n");
}

TEST_F(LedgerCommand, SaysWhatItCannotDo) {
    LedgerOptions wanted;
    wanted.patient = "nobody";
    says(wanted, Exit::failed);
    EXPECT_NE(complaint.find("no attendance of that patient"), std::string::npos);
    says({.from = "yesterday", .to = {}, .patient = {}}, Exit::usage);
    says({.from = "2026-11-25", .to = "2026-11-23", .patient = {}}, Exit::usage);
    LedgerOptions both;
    both.csv = both.fhir = true;
    says(both, Exit::usage);
    EXPECT_NE(complaint.find("--csv"), std::string::npos);
}

}  // namespace
}  // namespace foyer
