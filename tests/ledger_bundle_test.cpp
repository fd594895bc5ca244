#include "sync/fhir/ledger_bundle.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using Json = nlohmann::json;
using State = Attended::State;

Instant at(const std::string& time) {
    return parse_instant("2026-11-23T" + time + ":00Z").value();
}

/// A group from 9 to 12, attended with a break.
LedgerVisit attended_group(const std::string& patient = "ana") {
    LedgerVisit visit;
    visit.patient = patient;
    visit.appointment = "g1";
    visit.service = Service::iop;
    visit.starts = at("09:00");
    visit.ends = at("12:00");
    visit.attended.state = State::gone;
    visit.attended.spans = {{at("08:55"), at("10:00")}, {at("10:15"), at("12:00")}};
    visit.attended.in = at("08:55");
    visit.attended.out = at("12:00");
    return visit;
}

/// Written to $FOYER_KEEP_BUNDLES for the validators of others.
Json written(const std::string& name, const std::vector<LedgerVisit>& visits,
             const Part2Settings& part2 = {},
             const std::vector<Part2Consent>& consents = {}) {
    const auto text = ledger_bundle(visits, part2, consents, at("13:00"));
    if (const char* folder = std::getenv("FOYER_KEEP_BUNDLES"))
        std::ofstream(std::string(folder) + "/ledger-" + name + ".json") << text;
    return Json::parse(text);
}
Json resource(const Json& bundle, const std::string& type) {
    for (const auto& entry : bundle["entry"])
        if (entry["resource"]["resourceType"] == type) return entry["resource"];
    ADD_FAILURE() << "no " << type;
    return {};
}

TEST(LedgerBundle, SaysWhenThePatientWasThere) {
    const auto bundle = written("attended", {attended_group()});
    EXPECT_EQ(bundle["type"], "collection");
    EXPECT_EQ(bundle["timestamp"], "2026-11-23T13:00:00.000Z");
    const auto encounter = resource(bundle, "Encounter");
    EXPECT_EQ(encounter["status"], "finished");
    EXPECT_EQ(encounter["class"]["code"], "AMB");
    EXPECT_EQ(encounter["subject"]["reference"], "Patient/ana");
    EXPECT_EQ(encounter["serviceType"]["coding"][0]["code"], "iop");
    EXPECT_EQ(encounter["period"]["start"], "2026-11-23T08:55:00.000Z");
    EXPECT_EQ(encounter["period"]["end"], "2026-11-23T12:00:00.000Z");
    EXPECT_EQ(encounter["length"]["value"], 65 + 105);
    ASSERT_EQ(encounter["statusHistory"].size(), 3u);
    EXPECT_EQ(encounter["statusHistory"][1]["status"], "onleave");
    EXPECT_EQ(encounter["statusHistory"][1]["period"]["end"],
              "2026-11-23T10:15:00.000Z");
    EXPECT_FALSE(encounter.contains("meta"));
}

TEST(LedgerBundle, GivesEachParticipantAnAppointmentThatNamesNobodyElse) {
    const auto bundle = written("two", {attended_group(), attended_group("bo")});
    ASSERT_EQ(bundle["entry"].size(), 4u);
    std::set<std::string> urls;
    for (const auto& entry : bundle["entry"]) urls.insert(entry["fullUrl"]);
    EXPECT_EQ(urls.size(), 4u);
    for (const std::size_t i : {0u, 2u}) {
        const auto& appointment = bundle["entry"][i]["resource"];
        EXPECT_EQ(appointment["status"], "fulfilled");
        EXPECT_EQ(appointment["participant"].size(), 1u);
        EXPECT_EQ(appointment["identifier"][1]["value"], "Appointment/g1");
        const auto& encounter = bundle["entry"][i + 1]["resource"];
        EXPECT_EQ(encounter["appointment"][0]["reference"],
                  bundle["entry"][i]["fullUrl"]);
        EXPECT_EQ(encounter["subject"], appointment["participant"][0]["actor"]);
    }
}

TEST(LedgerBundle, SaysTheSameAgain) {
    EXPECT_EQ(written("again", {attended_group()}),
              written("again", {attended_group()}));
}

TEST(LedgerBundle, LeavesOpenWhatNobodySaidTheEndOf) {
    LedgerVisit visit = attended_group();
    visit.attended.state = State::present;
    visit.attended.open = visit.attended.spans[1].from;
    visit.attended.spans.pop_back();
    visit.attended.doubtful = true;
    const auto bundle = written("open", {visit});
    const auto encounter = resource(bundle, "Encounter");
    EXPECT_EQ(encounter["status"], "in-progress");
    EXPECT_FALSE(encounter["period"].contains("end"));
    EXPECT_FALSE(encounter.contains("length"));
    EXPECT_EQ(encounter["statusHistory"].size(), 3u);
    EXPECT_EQ(encounter["meta"]["tag"][0]["code"], "untrusted");
    EXPECT_EQ(resource(bundle, "Appointment")["status"], "arrived");
}

TEST(LedgerBundle, KnowsWhoOnlySignedIn) {
    LedgerVisit visit = attended_group();
    visit.attended = {};
    visit.attended.state = State::on_break;
    visit.attended.in = at("09:00");
    const auto bundle = written("on-break", {visit});
    EXPECT_EQ(resource(bundle, "Encounter")["period"]["start"],
              "2026-11-23T09:00:00.000Z");
}

TEST(LedgerBundle, HasNoEncounterOfWhoHasNotComeAndNothingOfClasses) {
    LedgerVisit expected = attended_group(), yoga = attended_group();
    expected.attended = {};
    yoga.service = Service::holistic_class;
    const auto bundle = written("expected", {expected, yoga});
    ASSERT_EQ(bundle["entry"].size(), 1u);
    EXPECT_EQ(resource(bundle, "Appointment")["status"], "booked");
    EXPECT_FALSE(written("empty", {yoga}).contains("entry"));
}

TEST(LedgerBundle, GoesWithTheConsentToIt) {
    const Part2Consent consent{"ana", "c1", R"({
        "resourceType": "Consent", "id": "c1", "status": "active",
        "scope": {"coding": [{"code": "patient-privacy", "system":
            "http://terminology.hl7.org/CodeSystem/consentscope"}]},
        "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
        "patient": {"reference": "Patient/ana"},
        "policyRule": {"coding": [{"code": "42CFRPart2", "system":
            "http://terminology.hl7.org/CodeSystem/v3-ActCode"}]}})"};
    const auto bundle =
        written("consent", {attended_group()}, {{Service::iop}, {}}, {consent});
    EXPECT_EQ(resource(bundle, "Consent"), Json::parse(consent.json));
}

TEST(LedgerBundle, KnowsWhoIsToldOfUnderPart2) {
    LedgerVisit php = attended_group("bo"), yoga = attended_group("cleo");
    php.service = Service::php;
    yoga.service = Service::holistic_class;
    EXPECT_EQ(part2_patients({attended_group(), php, yoga},
                             {{Service::iop, Service::holistic_class}, {}}),
              std::set<std::string>{"ana"});
}

TEST(LedgerBundle, LabelsWhatIsUnderPart2AndSaysSo) {
    LedgerVisit php = attended_group();
    php.service = Service::php;
    php.appointment = "p1";
    const auto bundle = written("part2", {attended_group(), php}, {{Service::iop}, {}});
    EXPECT_EQ(bundle["meta"]["security"][0]["code"], "42CFRPart2");
    for (const std::size_t i : {0u, 1u}) {
        const auto& labelled = bundle["entry"][i]["resource"];
        EXPECT_EQ(labelled["meta"]["security"][0]["code"], "42CFRPart2");
        EXPECT_EQ(labelled["meta"]["security"][1]["code"], "R");
        EXPECT_EQ(labelled["extension"][0]["url"], "urn:foyer:notice");
        EXPECT_FALSE(bundle["entry"][i + 2]["resource"].contains("meta"));
    }
}

}  // namespace
}  // namespace foyer
