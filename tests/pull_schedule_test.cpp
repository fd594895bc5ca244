#include <gtest/gtest.h>
#include <sstream>

#include "sync/fhir/demo_clinic.h"
#include "sync/fhir/import.h"
#include "tests/pull_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

class PullSchedule : public Pull {
protected:
    /// All that a patient could be shown of the window, as text.
    static std::string shown(Store& store, const SiteKeys& keys, Date today) {
        std::ostringstream out;
        for (const auto& id : must(store.patient_ids())) {
            const Alias alias = keys.alias_of("Patient", id);
            const auto who = must(store.patient(alias));
            out << id << ' ' << who.family << ' ' << who.given << ' ' << who.phone
                << ' ' << who.language << '\n';
            for (int d = -1; d <= 14; ++d)
                for (const auto& visit : must(store.visits_on(
                         std::chrono::sys_days(today) + std::chrono::days(d), alias)))
                    out << "  " << visit.appointment << ' '
                        << format_instant(visit.starts) << ' '
                        << format_instant(visit.ends) << ' ' << code(visit.service)
                        << ' ' << code(visit.status) << ' ' << visit.shared << ' '
                        << visit.clinician << ' ' << visit.place << '\n';
        }
        return out.str();
    }
    std::string demo() const {
        std::ifstream in(FOYER_SOURCE_DIR "/assets/demo/clinic.json");
        std::ostringstream text;
        text << in.rdbuf();
        return render_demo(text.str(), now, new_york()).value();
    }
    /// Another kiosk's records, with the demo clinic from a file.
    std::string shown_after_import(const std::string& bundle) const {
        const auto folder = directory / "imported";
        std::filesystem::create_directory(folder);
        auto other =
            must(Store::open(folder, device_keys(), site_keys(), new_york(), 1));
        std::istringstream in(bundle);
        const auto report = import_stream(in, "clinic.json", Layout::guess, other,
                                          {new_york(), now, {}, {}});
        EXPECT_TRUE(report.clean());
        return shown(other, site_keys(), today);
    }
};

TEST_P(PullSchedule, TheDemoClinicReadFromAServerIsTheOneReadFromItsFile) {
    const std::string bundle = demo();
    const auto parsed = nlohmann::json::parse(bundle);
    for (const auto& entry : parsed.at("entry"))
        clinic.put(entry.at("resource").dump());
    const auto all = reads();
    EXPECT_EQ(all.server, PullOutcome::Server::well);
    EXPECT_EQ(all.refused, 0);
    const auto expected = shown_after_import(bundle);
    EXPECT_GT(expected.size(), 1000u);
    EXPECT_EQ(shown(store(), site_keys(), today), expected);
}

TEST_P(PullSchedule, OnlyTheWindowIsHeld) {
    has_patient("ada");
    has_visit("old", "ada", "2026-11-21T10:00:00-05:00");
    has_visit("yesterday", "ada", "2026-11-22T10:00:00-05:00");
    has_visit("last", "ada", "2026-12-07T23:30:00-05:00");
    has_visit("later", "ada", "2026-12-08T00:30:00-05:00");
    reads();
    EXPECT_TRUE(holds_visit("yesterday"));
    EXPECT_TRUE(holds_visit("last"));
    EXPECT_FALSE(holds_visit("old"));
    EXPECT_FALSE(holds_visit("later"));
}

TEST_P(PullSchedule, OnlyThisSitesVisitsAreAskedFor) {
    has_ada();
    clinic.put(R"({"resourceType":"Location","id":"main","name":"Main"})");
    has_visit("here", "ada");
    clinic.set("Appointment", "here", "/participant/1",
               R"({"actor":{"reference":"Location/main"},"status":"accepted"})");
    site.locations = {"main"};
    reads();
    EXPECT_TRUE(holds_visit("here"));
    EXPECT_FALSE(holds_visit("a1"));
}

TEST_P(PullSchedule, ADayThatEntersTheWindowIsReadAtMidnight) {
    has_patient("ada");
    has_visit("later", "ada", "2026-12-08T10:00:00-05:00");
    reads();
    ASSERT_FALSE(holds_visit("later"));
    passes(15h);
    today = new_york().day_of(now);
    reads();
    EXPECT_TRUE(holds_visit("later"));
}

TEST_P(PullSchedule, TheWindowsEdgeIsTheSitesMidnightOnADayOf25Hours) {
    const auto to = foyer::at("2026-10-18T09:00:00-04:00");  // +14: Sunday, clocks back
    clock.set(to);
    now = clinic.now = to;
    has_patient("ada");
    has_visit("last", "ada", "2026-11-01T23:30:00-05:00");
    has_visit("later", "ada", "2026-11-02T00:30:00-05:00");
    reads();
    EXPECT_TRUE(holds_visit("last"));
    EXPECT_FALSE(holds_visit("later"));
    EXPECT_EQ(http.asked("GET", "date=lt2026-11-02T05%3A00%3A00"), 1);
}

TEST_P(PullSchedule, PeopleWithoutAVisitAreNotKept) {
    has_ada();
    has_patient("stranger", "Babbage");
    has_visit("later", "stranger", "2027-01-08T10:00:00-05:00");
    reads();
    clinic.set("Appointment", "later", "/description", R"("moved")");
    a_minute_later();
    EXPECT_EQ(must(store().patient_ids()), std::vector<std::string>{"ada"});
}

TEST_P(PullSchedule, NamesOfPeopleAndPlacesComeWithTheVisit) {
    has_ada();
    clinic.put(R"({"resourceType":"Location","id":"main","name":"Suite 2"})");
    clinic.put(
        R"({"resourceType":"Practitioner","id":"mei","name":[{"given":["Mei"]}]})");
    clinic.put(
        R"({"resourceType":"PractitionerRole","id":"r","practitioner":{"reference":)"
        R"("Practitioner/mei"}})");
    clinic.set("Appointment", "a1", "/participant/1",
               R"({"actor":{"reference":"Location/main"},"status":"accepted"})");
    clinic.set("Appointment", "a1", "/participant/2",
               R"({"actor":{"reference":"PractitionerRole/r"},"status":"accepted"})");
    reads();
    EXPECT_EQ(visit("a1").place, "Suite 2");
    EXPECT_EQ(visit("a1").clinician, "Mei");
}

TEST_P(PullSchedule, AServiceThatOnlyTheHealthcareServiceTellsIsLearnt) {
    has_ada();
    clinic.put(R"({"resourceType":"HealthcareService","id":"hs","type":[{"coding":[)"
               R"({"system":"urn:foyer:service","code":"php"}]}]})");
    clinic.set("Appointment", "a1", "/serviceType", "[]");
    clinic.set("Appointment", "a1", "/participant/1",
               R"({"actor":{"reference":"HealthcareService/hs"},"status":"accepted"})");
    reads();
    EXPECT_EQ(visit("a1").service, Service::php);
}

TEST_P(PullSchedule, SeatsOfClassesAreReadIfTheConfigNamesThem) {
    clinic.put(
        R"({"resourceType":"Schedule","id":"yoga","actor":[{"display":"studio"}]})");
    clinic.put(
        R"({"resourceType":"Slot","id":"s1","schedule":{"reference":)"
        R"("Schedule/yoga"},"status":"free","start":"2026-11-24T10:00:00-05:00",)"
        R"("end":"2026-11-24T11:00:00-05:00"})");
    site.server.schedules = {"Schedule/yoga"};
    reads();
    ASSERT_TRUE(must(store().resource("Slot", "s1")));
    clinic.set("Slot", "s1", "/status", R"("busy")");
    a_minute_later();
    EXPECT_NE(must(store().resource("Slot", "s1"))->find("busy"), std::string::npos);
}

TEST_P(PullSchedule, ATaskForThisKioskIsHeldUntilItIsOver) {
    has_ada();
    clinic.put(R"({"resourceType":"Device","id":"k0","identifier":[{"system":)"
               R"("urn:foyer:device","value":"clinic/0"}]})");
    clinic.put(R"({"resourceType":"Task","id":"t1","status":"requested","intent":)"
               R"("order","owner":{"reference":"Device/k0"}})");
    reads();
    EXPECT_TRUE(must(store().resource("Task", "t1")));
    clinic.set("Task", "t1", "/status", R"("completed")");
    passes(16min);
    reads();
    EXPECT_FALSE(must(store().resource("Task", "t1")));
}

TEST_P(PullSchedule, WhatIsToBeFinishedAfterResidentialCareIsHeldUntilItIs) {
    has_ada();
    const auto task = [&](const std::string& id, const std::string& code) {
        clinic.put(R"({"resourceType":"Task","id":")" + id +
                   R"(","status":"requested","intent":"order","for":{"reference":)"
                   R"("Patient/ada"},"code":{"coding":[{"system":"urn:foyer:task",)"
                   R"("code":")" +
                   code + R"("}]},"description":"x"})");
    };
    task("t1", "aftercare");
    task("t2", "desk");
    reads();
    EXPECT_TRUE(must(store().resource("Task", "t1")));
    EXPECT_FALSE(must(store().resource("Task", "t2")));
    clinic.set("Task", "t1", "/status", R"("completed")");
    passes(16min);
    reads();
    EXPECT_FALSE(must(store().resource("Task", "t1")));
}

TEST_P(PullSchedule, OfFormsOnlyWhenAndHowTheyEndedIsKept) {
    has_ada();
    clinic.put(
        R"({"resourceType":"QuestionnaireResponse","id":"q1","status":)"
        R"("completed","questionnaire":"http://x/phq-9|2","subject":{"reference":)"
        R"("Patient/ada"},"authored":"2026-11-20T10:00:00Z","item":[{"linkId":)"
        R"("1","answer":[{"valueString":"a secret"}]}]})");
    reads();
    const auto done = must(store().forms_done(patient_alias("ada")));
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].form, "http://x/phq-9");
    EXPECT_EQ(done[0].at, foyer::at("2026-11-20T10:00:00Z"));
    EXPECT_FALSE(must(store().resource("QuestionnaireResponse", "q1")));
}

TEST_P(PullSchedule, AConsentIsHeldUntilItIsWithdrawn) {
    has_ada();
    clinic.put(
        R"({"resourceType":"Consent","id":"c1","status":"active","scope":{"text":)"
        R"("x"},"category":[{"text":"x"}],"patient":{"reference":"Patient/ada"}})");
    reads();
    EXPECT_TRUE(must(store().resource("Consent", "c1")));
    clinic.set("Consent", "c1", "/status", R"("inactive")");
    passes(16min);
    reads();
    EXPECT_FALSE(must(store().resource("Consent", "c1")));
}

TEST_P(PullSchedule, AFormOfTheClinicsOwnIsReadByItsAddress) {
    has_ada();
    clinic.put(R"({"resourceType":"Questionnaire","id":"own","status":"active","url":)"
               R"("http://clinic.test/intake"})");
    site.form_rules = {{.form = "http://clinic.test/intake"}, {.form = "phq-9"}};
    reads();
    EXPECT_TRUE(must(store().resource("Questionnaire", "own")));
}

INSTANTIATE_TEST_SUITE_P(, PullSchedule,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum),
                         name_of_manner);

}  // namespace
}  // namespace foyer
