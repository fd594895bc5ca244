#include "sync/fhir/release.h"

#include "sync/fhir/aftercare.h"
#include "tests/records_fixture.h"

namespace foyer {
namespace {

/// Ada and what the clinic's server says of her.
class Releases : public Records {
protected:
    Releases() { given_ada(); }
    Site site;

    static constexpr const char* category =
        R"("category":[{"coding":[{"system":"http://loinc.org","code":"64292-6"}]}])";

    void consent(const std::string& rest, const std::string& patient = "ada") {
        const std::string id = "c" + std::to_string(++consents_);
        given_resource("Consent", id,
                       R"({"resourceType":"Consent","id":")" + id +
                           R"(","patient":{"reference":"Patient/)" + patient +
                           R"("},)" + rest + "}");
    }
    std::vector<Release> found() {
        return must(releases_of(store(), "ada", today, site));
    }
    bool holds() { return !found().empty(); }

private:
    int consents_ = 0;
};

TEST_F(Releases, OfAnActiveConsentHolds) {
    consent(std::string(R"("status":"active",)") + category +
            R"(,"policyRule":{"coding":[{"code":"OPTIN"}]},)"
            R"("provision":{"period":{"start":"2026-01-01","end":"2026-11-23"}})");
    EXPECT_TRUE(holds());
}

TEST_F(Releases, NameWhoMayBeTold) {
    consent(std::string(R"("status":"active",)") + category +
            R"(,"provision":{"type":"permit","actor":[)"
            R"({"role":{"text":"mother"},"reference":{"display":"Anne Byron"}},)"
            R"({"role":{"coding":[{"display":"brother"}]},"reference":{}}]})");
    ASSERT_EQ(found().size(), 1u);
    EXPECT_EQ(found()[0].whom,
              (std::vector<std::string>{"Anne Byron (mother)", "brother"}));
}

TEST_F(Releases, OfANestedRuleHoldsWhereTheRestIsDenied) {
    consent(std::string(R"("status":"active",)") + category +
            R"(,"policyRule":{"coding":[{"code":"OPTOUT"}]},"provision":{"provision":[)"
            R"({"type":"permit","actor":[{"role":{"text":"aunt"}}]}]})");
    ASSERT_EQ(found().size(), 1u);
    EXPECT_EQ(found()[0].whom, (std::vector<std::string>{"aunt"}));
}

TEST_F(Releases, NoneOfTheseHolds) {
    const std::string active = R"("status":"active",)";
    consent(R"("status":"inactive",)" + std::string(category));
    consent(R"("status":"rejected",)" + std::string(category));
    consent(active + R"("category":[{"coding":[{"code":"npp"}]}])");
    consent(active + R"("category":[{"coding":[{"system":"http://other",)"
                     R"("code":"64292-6"}]}])");
    consent(active + category, "grace");
    consent(active + category + R"(,"provision":{"type":"deny"})");
    consent(active + category + R"(,"policyRule":{"coding":[{"code":"OPTOUT"}]})");
    consent(active + category + R"(,"provision":{"period":{"end":"2026-11-22"}})");
    consent(active + category + R"(,"provision":{"period":{"start":"2026-11-24"}})");
    consent(active + category +
            R"(,"provision":{"type":"deny","provision":[{"type":"permit",)"
            R"("period":{"end":"2020"}}]})");
    given_resource("Consent", "broken", "{");
    EXPECT_TRUE(found().empty()) << found()[0].consent;
}

TEST_F(Releases, AreOfTheCategoriesThatTheClinicSays) {
    site.release_codes = {{"", "our-release"}};
    consent(R"("status":"active","category":[{"coding":[{"code":"our-release"}]}])");
    consent(R"("status":"active",)" + std::string(category));
    ASSERT_EQ(found().size(), 1u);
    EXPECT_EQ(found()[0].consent, "c1");
}

// --- what is to be finished after residential care -----------------------------------

class Aftercare : public Releases {
protected:
    void task(const std::string& id, const std::string& rest,
              const std::string& code = "aftercare") {
        given_resource("Task", id,
                       R"({"resourceType":"Task","id":")" + id +
                           R"(","for":{"reference":"Patient/ada"},"code":{"coding":[)"
                           R"({"system":"urn:foyer:task","code":")" +
                           code + R"("}]},)" + rest + "}");
    }
    std::vector<std::string> tasks(const char* language = "en") {
        return must(aftercare_tasks(store(), "ada", language, 3));
    }
};

TEST_F(Aftercare, ThreeAreSaidTheMostUrgentAndOldestFirst) {
    task("t1", R"("status":"requested","authoredOn":"2026-11-20","description":"old")");
    task("t2", R"("status":"ready","authoredOn":"2026-11-21","description":"newer")");
    task(
        "t3",
        R"("status":"requested","priority":"urgent","description":"now","authoredOn":"2026-11-22")");
    task("t4",
         R"("status":"requested","authoredOn":"2026-11-23","description":"last")");
    EXPECT_EQ(tasks(), (std::vector<std::string>{"now", "old", "newer"}));
}

TEST_F(Aftercare, AreSaidInThePatientsLanguageWhereTheClinicWroteIt) {
    task("t1",
         R"("status":"requested","description":"Your medicine","_description":{)"
         R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation",)"
         R"("extension":[{"url":"lang","valueCode":"es"},{"url":"content",)"
         R"("valueString":"Su medicina"}]}]})");
    EXPECT_EQ(tasks(), (std::vector<std::string>{"Your medicine"}));
    EXPECT_EQ(tasks("es"), (std::vector<std::string>{"Su medicina"}));
}

TEST_F(Aftercare, WhatIsDoneOrAnothersOrOfAnotherKindIsNotSaid) {
    task("t1", R"("status":"completed","description":"done")");
    task("t2", R"("status":"requested","description":"desk")", "desk");
    task("t3", R"("status":"requested")");
    given_resource("Task", "t4",
                   R"({"resourceType":"Task","id":"t4","status":"requested","for":)"
                   R"({"reference":"Patient/grace"},"code":{"coding":[{"system":)"
                   R"("urn:foyer:task","code":"aftercare"}]},"description":"other"})");
    EXPECT_TRUE(tasks().empty());
}

}  // namespace
}  // namespace foyer
