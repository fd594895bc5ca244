#include <gtest/gtest.h>

#include "kiosk/forms/model.h"
#include "kiosk/forms/questionnaire.h"
#include "kiosk/forms/rich_text.h"
#include "tests/support/forms.h"

namespace foyer {
namespace {

using support::form_of;

bool is_reported(const Questionnaire& form, const std::string& what) {
    for (const FormNotice& notice : form.notices())
        if ((notice.place + " " + notice.what).find(what) != std::string::npos)
            return true;
    return false;
}

std::string refusal(const std::string& json) {
    const auto form = Questionnaire::read(json);
    return form ? "" : form.error().what;
}

TEST(FormReading, SaysWhyAFileIsNoForm) {
    EXPECT_NE(refusal("").find("not valid JSON"), std::string::npos);
    EXPECT_NE(refusal("{\n  \"a\": 1,\n  oops").find("line 3"), std::string::npos);
    EXPECT_NE(refusal("[]").find("list"), std::string::npos);
    EXPECT_NE(refusal("3").find("not a JSON object"), std::string::npos);
    EXPECT_NE(refusal(R"({"a":1,"a":2})").find("twice"), std::string::npos);
    EXPECT_NE(refusal(R"({"resourceType":"Patient"})").find("not a Questionnaire"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"resourceType":"Questionnaire"})").find("no items"),
              std::string::npos);
    EXPECT_NE(
        refusal(
            R"({"resourceType":"Questionnaire","item":[{"linkId":"a","type":"wish"}]})")
            .find("'a' has the unknown type 'wish'"),
        std::string::npos);
}

TEST(FormReading, ReportsWhatItDoesNotUnderstandByName) {
    const auto form = form_of(
        R"({"linkId":"a","type":"string","extension":[{"url":"http://x/unheard-of",)"
        R"("valueBoolean":true}]})");
    EXPECT_TRUE(is_reported(*form, "item 'a'"));
    EXPECT_TRUE(is_reported(*form, "http://x/unheard-of"));
}

TEST(FormReading, TakesCommonDeviations) {
    const auto form = form_of(
        R"({"linkId":"a","type":"coding","answerOption":[{"valueString":"x"}]},)"
        R"({"type":"string","text":"no linkId"},)"
        R"({"linkId":"d","type":"display","item":[{"linkId":"in","type":"string"}]},)"
        R"({"linkId":"e","type":"string","enableWhen":[{"question":"nowhere",)"
        R"("operator":"exists","answerBoolean":true}]})");
    EXPECT_EQ(form->model().items.at(0).type, ItemType::choice);
    EXPECT_TRUE(is_reported(*form, "not R4"));
    EXPECT_TRUE(is_reported(*form, "has no linkId"));
    EXPECT_EQ(form->model().items.at(2).type, ItemType::group);
    EXPECT_TRUE(is_reported(*form, "not in the form"));
}

TEST(FormReading, ARegexThatWouldExplodeIsCheckedInLinearTime) {
    const auto form = form_of(
        R"({"linkId":"a","type":"string","extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/regex","valueString":"^(a+)+$"}]},)"
        R"({"linkId":"b","type":"string","extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/regex","valueString":"(?=x)y"}]})");
    auto session = *FormSession::start(form, nullptr, support::at_the_clinic());
    ASSERT_TRUE(session.set({{"a"}}, {'"' + std::string(50'000, 'a') + "!\""}));
    EXPECT_EQ(support::item(session, "a").issues.size(), 1u);
    EXPECT_TRUE(is_reported(*form, "regex cannot be checked"));
}

TEST(FormReading, AnAbsentValueSetTakesTextAndSaysSo) {
    const auto form = form_of(
        R"({"linkId":"a","type":"choice","answerValueSet":"http://x/not-here"})");
    EXPECT_TRUE(is_reported(*form, "http://x/not-here"));
    auto session = *FormSession::start(form, nullptr, support::at_the_clinic());
    EXPECT_TRUE(session.set({{"a"}}, {"\"something\""}));
    EXPECT_TRUE(session.finish());
}

TEST(FormReading, AHundredThousandItemsAreTakenAndMoreAreRefused) {
    std::string items = R"({"linkId":"0","type":"string"})";
    for (int i = 1; i < 100'000; ++i)
        items += R"(,{"linkId":")" + std::to_string(i) + R"(","type":"string"})";
    EXPECT_EQ(form_of(items)->question_count(), 100'000);
    items += R"(,{"linkId":"last","type":"string"})";
    EXPECT_NE(refusal(R"({"resourceType":"Questionnaire","item":[)" + items + "]}")
                  .find("more than 100000 items"),
              std::string::npos);
}

TEST(FormReading, FiveHundredLevelsAreRefusedWithTheReason) {
    std::string json = R"({"resourceType":"Questionnaire","item":[)";
    for (int i = 0; i < 500; ++i)
        json += R"({"linkId":")" + std::to_string(i) + R"(","type":"group","item":[)";
    json += R"({"linkId":"in","type":"string"})";
    for (int i = 0; i < 500; ++i) json += "]}";
    EXPECT_NE(refusal(json + "]}").find("nested deeper"), std::string::npos);
}

TEST(FormReading, AHundredMegabytesAreRefusedBeforeTheyAreRead) {
    EXPECT_NE(refusal(std::string(100u << 20, ' ')).find("larger than 32 MB"),
              std::string::npos);
}

TEST(FormReading, AMinOccursThatMultipliesDoesNotFillTheMemory) {
    std::string items = R"({"linkId":"x","type":"string"})";
    for (int i = 0; i < 8; ++i)
        items = R"({"linkId":"g)" + std::to_string(i) +
                R"(","type":"group","repeats":true,"extension":[{"url":)"
                R"("http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs",)"
                R"("valueInteger":1000}],"item":[)" +
                items + "]}";
    const auto session =
        FormSession::start(form_of(items), nullptr, support::at_the_clinic());
    ASSERT_TRUE(session);
    EXPECT_LT(session->items().size(), 50'000u);
}

TEST(FormReading, RichTextBecomesPlainWithoutWhatCouldAct) {
    EXPECT_EQ(plain_of_xhtml("<div><p>Read <b>this</b></p><script>alert(1)</script>"
                             "<ul><li>one</li><li onclick='x()'>two</li></ul></div>"),
              "Read this\n\u2022 one\n\u2022 two");
    EXPECT_EQ(plain_of_xhtml("<p><b>never closed"), "never closed");
    EXPECT_EQ(plain_of_markdown("# Title\n\n*soft* <script>alert(1)</script> text"),
              "Title\nsoft alert(1) text");
}

TEST(FormReading, TheCanonicalFormsOfTranslationsAreFound) {
    const LocalText text{"yes", {{"es-US", "sí"}, {"pt", "sim"}}};
    EXPECT_EQ(text.in("es"), "sí");
    EXPECT_EQ(text.in("pt-BR"), "sim");
    EXPECT_EQ(text.in("de"), "yes");
}

}  // namespace
}  // namespace foyer
