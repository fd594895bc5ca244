#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

#include "kiosk/forms/catalog.h"
#include "kiosk/forms/scores.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

const fs::path shipped = FOYER_SOURCE_DIR "/assets/forms";
const std::string base = "https://foyer.health/forms/";

/// The clinic's own folder of forms, that goes with the test.
class Catalog : public testing::Test {
protected:
    Catalog() {
        char name[] = "/tmp/foyer-forms-XXXXXX";
        own = mkdtemp(name);
    }
    ~Catalog() override { fs::remove_all(own); }

    fs::path own;
    std::vector<ClinicSafetyRule> rules;

    void puts(const std::string& file, const std::string& text) {
        std::ofstream(own / file) << text;
    }
    void puts_form(const std::string& file, const std::string& url,
                   const std::string& languages = R"({"url":"urn:foyer:form-language",
                       "valueCode":"en"})") {
        puts(file, R"({"resourceType":"Questionnaire","status":"active","title":"Ours",
            "url":")" + url +
                       R"(","language":"en","extension":[)" + languages +
                       R"(],"item":[{"linkId":"home","type":"boolean","text":"?"}]})");
    }
    FormCatalog read() { return FormCatalog::read(shipped, own, rules); }
    static bool offers(const FormCatalog& catalog, const std::string& url,
                       const std::string& language = "en", bool heard = true) {
        const auto all = catalog.offered(language, heard);
        return std::ranges::count(all, url) > 0;
    }
};

TEST_F(Catalog, HasEveryShippedFormAndRefusesNone) {
    const auto catalog = read();
    EXPECT_TRUE(catalog.refused().empty())
        << catalog.refused().front().file << catalog.refused().front().why;
    EXPECT_GE(catalog.all().size(), 20u);
    EXPECT_NE(catalog.find(base + "phq-9"), nullptr);
    EXPECT_EQ(catalog.find("phq-9"), nullptr);
    EXPECT_GE(catalog.find(base + "gad-7")->minutes, 1);
}

TEST_F(Catalog, OffersNoFormWithoutTheOfficialTextOfThatLanguage) {
    const auto catalog = read();
    EXPECT_TRUE(offers(catalog, base + "gad-7"));
    EXPECT_TRUE(offers(catalog, base + "gad-7", "es"));
    EXPECT_FALSE(offers(catalog, base + "gad-7", "fr"));
    EXPECT_FALSE(offers(catalog, base + "audit-c", "es"));
    for (const char* structure_only :
         {"c-ssrs-screener", "dast-10", "pcl-5", "whodas-2-12", "ahc-hrsn"})
        for (const char* language : {"en", "es"})
            EXPECT_FALSE(offers(catalog, base + structure_only, language))
                << structure_only;
}

TEST_F(Catalog, OffersAnyPublicFormOfTheClinicInItsOwnLanguage) {
    const auto publish = [&](const std::string& name, const std::string& more) {
        puts(name + ".json", R"({"resourceType":"Questionnaire","url":"urn:)" + name +
                                 R"(",)" + more +
                                 R"("item":[{"linkId":"a","type":"string"}]})");
    };
    publish("spanish", R"("status":"active","language":"es-MX",)");
    publish("silent", R"("status":"active",)");
    publish("draft", R"("status":"draft","language":"en",)");
    const auto catalog = read();
    EXPECT_TRUE(offers(catalog, "urn:spanish", "es"));
    EXPECT_FALSE(offers(catalog, "urn:spanish", "en"));
    EXPECT_TRUE(offers(catalog, "urn:silent", "en"));
    EXPECT_TRUE(offers(catalog, "urn:silent", "es"));
    EXPECT_FALSE(offers(catalog, "urn:draft", "en"));
}

TEST_F(Catalog, OffersNoFormAboutAGuestToAPatient) {
    const auto catalog = read();
    ASSERT_NE(catalog.find(base + "guest-sign-in"), nullptr);
    EXPECT_FALSE(offers(catalog, base + "guest-sign-in"));
}

TEST_F(Catalog, WithholdsSafetyItemsWhileNobodyWouldHear) {
    const auto catalog = read();
    EXPECT_TRUE(catalog.find(base + "phq-9")->safety);
    EXPECT_TRUE(offers(catalog, base + "phq-9", "en", true));
    EXPECT_FALSE(offers(catalog, base + "phq-9", "en", false));
    EXPECT_TRUE(offers(catalog, base + "gad-7", "en", false));
}

TEST_F(Catalog, TheClinicsRuleMakesAFormOneWithSafetyItems) {
    const std::string url = "https://clinic.example/forms/intake";
    puts_form("intake.json", url);
    EXPECT_FALSE(read().find(url)->safety);
    rules = {{"intake", "home", ClinicSafetyRule::When::yes, {}}};
    EXPECT_TRUE(read().find(url)->safety);
    rules = {{"intake", "another", ClinicSafetyRule::When::yes, {}}};
    EXPECT_FALSE(read().find(url)->safety);
}

TEST_F(Catalog, TheClinicsOwnTakesThePlaceOfAShippedOne) {
    const auto before = read().all().size();
    puts_form("gad.json", base + "gad-7");
    puts_form("own.json", "https://clinic.example/forms/own");
    const auto catalog = read();
    EXPECT_EQ(catalog.all().size(), before + 1);
    EXPECT_TRUE(catalog.find(base + "gad-7")->own);
    EXPECT_EQ(catalog.find(base + "gad-7")->form->title("en"), "Ours");
}

TEST_F(Catalog, AFileThatCannotBeUsedCostsItselfAlone) {
    const auto before = read().all().size();
    puts("a.json", "{");
    puts("b.json", R"({"resourceType":"Patient"})");
    puts("c.json", R"({"resourceType":"Questionnaire","status":"active",
        "item":[{"linkId":"a","type":"string"}]})");
    puts("notes.txt", "not a form");
    fs::create_directory(own / "d.json");
    puts_form("good.json", "https://clinic.example/forms/good");
    const auto catalog = read();
    EXPECT_EQ(catalog.all().size(), before + 1);
    EXPECT_EQ(catalog.refused().size(), 4u);
}

TEST_F(Catalog, WithoutAnyFolderHasNothingAndOffersNothing) {
    const auto catalog = FormCatalog::read("/nowhere", "/nowhere/either", {});
    EXPECT_TRUE(catalog.all().empty());
    EXPECT_EQ(catalog.scores(), nullptr);
    EXPECT_TRUE(catalog.offered("en", true).empty());
}

TEST_F(Catalog, WithoutScoresOffersNothingSinceNobodyKnowsWhatCannotWait) {
    puts_form("own.json", "https://clinic.example/forms/own");
    const auto catalog = FormCatalog::read(own, {}, {});
    EXPECT_EQ(catalog.all().size(), 1u);
    EXPECT_TRUE(catalog.offered("en", true).empty());
}

}  // namespace
}  // namespace foyer
