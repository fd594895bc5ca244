#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "kiosk/forms/extract.h"
#include "sync/records/outbox.h"
#include "tests/support/forms.h"

namespace foyer {
namespace {

using Json = nlohmann::json;

FormDelivery delivery() {
    return {.unit = unit_id("form|test"),
            .uuid = [](std::string_view act) { return unit_id(act); },
            .patient = "ada",
            .device = "clinic/0",
            .at = "2026-11-23T14:45:00.000Z",
            .clock_trusted = true,
            .language = "es",
            .signature = {}};
}

/// What a form becomes, as the server gets it.
struct Sent {
    std::vector<FormBundle> bundles;
    Json of(std::size_t index = 0) const { return Json::parse(bundles.at(index).json); }
    Json resource(const std::string& type) const {
        for (const auto& bundle : bundles) {
            const auto json = Json::parse(bundle.json);
            for (const auto& entry : json["entry"])
                if (entry["resource"]["resourceType"] == type) return entry["resource"];
        }
        return {};
    }
};

/// For tests/peers/validate_written.sh.
void keep(const Sent& sent) {
    const char* folder = std::getenv("FOYER_KEEP_BUNDLES");
    if (folder == nullptr) return;
    const std::string test =
        testing::UnitTest::GetInstance()->current_test_info()->name();
    for (const auto& bundle : sent.bundles)
        std::ofstream(std::filesystem::path(folder) /
                      (test + "-" + bundle.unit + ".json"))
            << bundle.json;
}

Sent send(FormSession& session, const FormDelivery& how = delivery()) {
    const auto items = session.items();
    const auto output = session.finish();
    EXPECT_TRUE(output) << output.error().code << " " << output.error().message;
    Sent sent{bundles_of(session.form(), items, *output, how).value()};
    keep(sent);
    return sent;
}

FormSession begin(std::shared_ptr<const Questionnaire> form) {
    auto options = support::at_the_clinic();
    options.subject_reference = options.author = "Patient/ada";
    return FormSession::start(std::move(form), &support::shipped_scores(), options)
        .value();
}

void answer(FormSession& session, const std::string& item, const std::string& value) {
    const auto path = session.find(item);
    ASSERT_TRUE(path) << item;
    const auto set = session.set(*path, {value});
    EXPECT_TRUE(set) << item << ": " << set.error().message;
}

/// A consent form agreed to and signed by the patient.
FormSession agreed(const std::string& name, const std::string& prefix) {
    auto session = begin(support::shipped(name));
    answer(session, prefix + "-decision", "true");
    support::fill_in(session);
    return session;
}

TEST(SentForms, NameEachResourceSoThatItIsMadeOnce) {
    auto session = begin(support::shipped("gad-7"));
    support::fill_in(session);
    const auto sent = send(session);
    ASSERT_EQ(sent.bundles.size(), 1u);
    EXPECT_EQ(sent.bundles[0].unit, delivery().unit);
    std::set<std::string> names;
    const auto bundle = sent.of();
    for (const auto& entry : bundle["entry"]) {
        const std::string once = entry["request"]["ifNoneExist"];
        EXPECT_NE(once.find("urn:foyer:op|" + delivery().unit + "/"), once.npos);
        EXPECT_TRUE(names.insert(once).second) << once;
        EXPECT_FALSE(entry["resource"].contains("id"));
    }
    EXPECT_EQ(sent.resource("Provenance")["meta"]["tag"][0]["code"],
              delivery().unit + "/provenance");
    EXPECT_EQ(sent.resource("Observation")["derivedFrom"][0]["reference"],
              bundle["entry"][0]["fullUrl"]);
}

TEST(SentForms, SayWhichTextWasReadInWhichLanguage) {
    auto session = begin(support::shipped("hipaa-notice"));
    const auto sent = send(session);
    const auto entity = sent.resource("Provenance")["entity"][0];
    EXPECT_EQ(entity["what"]["identifier"]["value"],
              "https://foyer.health/forms/hipaa-notice|1.0.0");
    EXPECT_EQ(entity["extension"][0]["valueCode"], "es");
    EXPECT_TRUE(sent.resource("Consent").is_null());  // nothing was decided
}

TEST(SentForms, OfPart2AreMarkedInEveryResource) {
    auto session = agreed("part2-consent", "part2");
    const auto sent = send(session);
    const auto bundle = sent.of();
    for (const auto& entry : bundle["entry"]) {
        const auto& security = entry["resource"]["meta"]["security"];
        EXPECT_EQ(security[0]["code"], "42CFRPart2");
        EXPECT_EQ(security[1]["code"], "R");
    }
    EXPECT_EQ(sent.resource("Consent")["sourceReference"]["reference"],
              bundle["entry"][0]["fullUrl"]);
    EXPECT_EQ(sent.resource("Consent")["verification"][0]["verified"], false);
}

TEST(SentForms, AConsentEndsOnTheDayThePatientChose) {
    auto session = begin(support::shipped("part2-consent"));
    answer(session, "part2-decision", "true");
    answer(session, "part2-expiry-kind", "\"date\"");
    answer(session, "part2-expiry", "\"2027-06-30\"");
    support::fill_in(session);
    answer(session, "part2-expiry-kind", "\"date\"");
    answer(session, "part2-expiry", "\"2027-06-30\"");
    EXPECT_EQ(send(session).resource("Consent")["provision"]["period"]["end"],
              "2027-06-30");
}

TEST(SentForms, ARepresentativeSignsOnBehalfOfThePatient) {
    auto session = begin(support::shipped("consent-to-treat"));
    answer(session, "treat-decision", "true");
    answer(session, "treat-signer", "\"representative\"");
    answer(session, "treat-representative-name", "\"Grace Hopper\"");
    answer(session, "treat-representative-role", "\"guardian\"");
    answer(session, "treat-patient-name", "\"Ada Lovelace\"");
    auto how = delivery();
    how.signature = FormSignature{"\x89PNG", true};
    const auto provenance = send(session, how).resource("Provenance");
    EXPECT_EQ(provenance["signature"][0]["who"]["display"], "Grace Hopper");
    EXPECT_EQ(provenance["signature"][0]["data"], "iVBORw==");
    EXPECT_EQ(provenance["agent"][0]["onBehalfOf"]["reference"], "Patient/ada");
}

TEST(SentForms, AWithdrawalIsATaskThatNamesWhatIsTakenBack) {
    auto session = begin(support::shipped("consent-withdrawal"));
    answer(session, "withdraw-which", "\"part2-consent\"");
    answer(session, "withdraw-decision", "true");
    support::fill_in(session);
    answer(session, "withdraw-which", "\"part2-consent\"");
    const auto sent = send(session);
    EXPECT_EQ(sent.resource("Task")["input"][0]["valueCanonical"],
              "https://foyer.health/forms/part2-consent");
    EXPECT_TRUE(sent.resource("Consent").is_null());
}

TEST(SentForms, OfADoubtfulClockSaySo) {
    auto session = begin(support::shipped("gad-7"));
    auto how = delivery();
    how.clock_trusted = false;
    const auto tags = send(session, how).resource("Provenance")["meta"]["tag"];
    EXPECT_EQ(tags[1]["code"], "untrusted");
}

TEST(SentForms, KeepTheDigitsOfDecimals) {
    auto session =
        begin(support::form_of(R"({"linkId":"w","type":"decimal","text":"Weight"})"));
    answer(session, "w", "70.50");
    const auto sent = send(session);
    EXPECT_NE(sent.bundles[0].json.find("\"valueDecimal\":70.50"), std::string::npos);
}

TEST(SentForms, WithManyObservationsAreSeveralUnitsThatWaitForTheFirst) {
    std::string items;
    for (int i = 0; i < 20; ++i)
        items +=
            std::string(i ? "," : "") + R"({"linkId":")" + std::to_string(i) +
            R"(","type":"integer","text":"?","code":[{"system":"http://loinc.org",)"
            R"("code":"1-)" +
            std::to_string(i) +
            R"("}],"extension":[{"url":"http://hl7.org/fhir/uv/sdc/)"
            R"(StructureDefinition/sdc-questionnaire-observationExtract",)"
            R"("valueBoolean":true}]})";
    auto session = begin(support::form_of(items));
    for (int i = 0; i < 20; ++i) answer(session, std::to_string(i), "1");
    const auto sent = send(session);
    ASSERT_EQ(sent.bundles.size(), 3u);
    std::set<std::string> units;
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_LE(sent.of(i)["entry"].size(), 8u);
        EXPECT_TRUE(units.insert(sent.bundles[i].unit).second);
        EXPECT_EQ(sent.bundles[i].after, i == 0 ? "" : delivery().unit);
    }
    EXPECT_EQ(sent.of(1)["entry"][0]["resource"]["derivedFrom"][0]["reference"],
              "QuestionnaireResponse?identifier=urn:foyer:op|" + delivery().unit +
                  "/response");
}

TEST(SentForms, AreTheSameBytesForTheSameForm) {
    auto one = begin(support::shipped("gad-7"));
    const auto items = one.items();
    const auto output = one.finish().value();
    EXPECT_EQ(bundles_of(one.form(), items, output, delivery()).value()[0].json,
              bundles_of(one.form(), items, output, delivery()).value()[0].json);
}

TEST(SentForms, EveryShippedOneThatIsFilledInGoesOut) {
    for (const char* name : {"phq-9",
                             "phq-2",
                             "gad-7",
                             "audit-c",
                             "pc-ptsd-5",
                             "medication-check-in",
                             "demographics",
                             "preferred-name",
                             "contact",
                             "insurance-change",
                             "emergency-contact",
                             "guest-sign-in",
                             "class-waiver",
                             "hipaa-notice",
                             "consent-to-treat",
                             "telehealth-consent",
                             "part2-consent",
                             "release-of-information",
                             "consent-withdrawal",
                             "minor-intake"}) {
        auto session = begin(support::shipped(name));
        support::fill_in(session);
        auto how = delivery();
        how.unit = unit_id(name);
        const auto items = session.items();
        const auto output = session.finish();
        ASSERT_TRUE(output) << name << ": " << output.error().code << " "
                            << output.error().message;
        const auto bundles = bundles_of(session.form(), items, *output, how);
        ASSERT_TRUE(bundles) << name;
        keep({*bundles});
    }
}

TEST(SentForms, ADraftGoesOutAsItStands) {
    auto session = begin(support::shipped("gad-7"));
    const auto so_far = session.so_far(FormSession::Ending::in_progress);
    const auto bundle = bundle_of_draft(so_far.response, true, delivery()).value();
    const Sent sent{{bundle}};
    keep(sent);
    EXPECT_EQ(sent.resource("QuestionnaireResponse")["status"], "in-progress");
    EXPECT_EQ(sent.resource("Provenance")["meta"]["security"].size(), 2u);
    EXPECT_FALSE(bundle_of_draft("{", true, delivery()));
    EXPECT_FALSE(bundle_of_draft(R"({"resourceType":"Patient"})", true, delivery()));
}

}  // namespace
}  // namespace foyer
