#include <gtest/gtest.h>

#include "kiosk/forms/scores.h"
#include "kiosk/forms/session.h"
#include "tests/support/forms.h"

namespace foyer {
namespace {

using support::at_the_clinic;
using support::item;
using support::shipped;
using support::shipped_scores;

FormSession begin(std::shared_ptr<const Questionnaire> form) {
    return *FormSession::start(std::move(form), &shipped_scores(), at_the_clinic());
}

/// Gives each question of the measure the option with this index.
void answer_all(FormSession& session, const std::string& prefix, int count,
                std::size_t option) {
    for (int i = 1; i <= count; ++i) {
        const auto state = item(session, prefix + std::to_string(i));
        ASSERT_TRUE(session.set(state.path, {state.options.at(option).json}));
    }
}

ScoreState score(const FormSession& session, const std::string& code) {
    for (const ScoreState& one : session.scores())
        if (one.code == code) return one;
    return {};
}

TEST(Scores, ThePhq9IsSumBandAndCompleteness) {
    auto session = begin(shipped("phq-9"));
    answer_all(session, "phq9-", 8, 1);
    EXPECT_EQ(score(session, "phq-9").answered, 8);
    EXPECT_FALSE(score(session, "phq-9").value) << "a partial sum is not a score";
    EXPECT_FALSE(score(session, "phq-9").band);
    answer_all(session, "phq9-", 9, 1);
    EXPECT_EQ(score(session, "phq-9").value, "9");
    EXPECT_EQ(score(session, "phq-9").band, "mild");
    answer_all(session, "phq9-", 9, 3);
    EXPECT_EQ(score(session, "phq-9").value, "27");
    EXPECT_EQ(score(session, "phq-9").band, "severe");
}

TEST(Scores, TotalAndItem9GoToTheClinicUnderTheirOwnCodes) {
    auto session = begin(shipped("phq-9"));
    answer_all(session, "phq9-", 9, 1);
    const auto output = session.finish();
    ASSERT_TRUE(output) << output.error().message;
    int totals = 0, items = 0;
    for (const std::string& one : output->observations) {
        const bool total = one.find("44261-6") != std::string::npos;
        const bool item_9 = one.find("44260-8") != std::string::npos;
        EXPECT_FALSE(total && item_9) << "they are often swapped (domain.md, d9)";
        if (total) {
            ++totals;
            EXPECT_NE(one.find(R"("value":9)"), std::string::npos) << one;
        }
        items += item_9 ? 1 : 0;
        EXPECT_NE(one.find(R"("derivedFrom":[{"reference":"QuestionnaireResponse/)"),
                  std::string::npos);
    }
    EXPECT_EQ(totals, 1);
    EXPECT_EQ(items, 1);
}

TEST(Scores, AnIncompleteMeasureHasNoTotalObservation) {
    auto session = begin(shipped("gad-7"));
    answer_all(session, "gad7-", 6, 2);
    ASSERT_TRUE(session.decline({item(session, "gad7-7").path}));
    const auto output = session.finish();
    ASSERT_TRUE(output);
    for (const std::string& one : output->observations)
        EXPECT_EQ(one.find("70274-6"), std::string::npos);
}

TEST(Scores, AForeignPhq9IsScoredByItsItemCodes) {
    const auto shared = support::shared_folder();
    if (!shared) GTEST_SKIP() << "no test data: set FOYER_SHARED";
    auto session = begin(support::form_file(
        *shared / "fhir/questionnaires/phq9-lforms-calculatedExpression.json"));
    for (const ItemState& state : session.items())
        if (state.options.size() == 4 && state.path.back().link_id != "/69722-7") {
            ASSERT_TRUE(session.set(state.path, {state.options.back().json}));
        }
    EXPECT_EQ(score(session, "phq-9").value, "27");
    EXPECT_EQ(support::answers(session, "/44261-6"), R"({"valueDecimal":27})")
        << "style (a): looked up in %questionnaire";
}

TEST(Scores, TheWeightOfAnAnswerStaysWithIt) {
    const auto shared = support::shared_folder();
    if (!shared) GTEST_SKIP() << "no test data: set FOYER_SHARED";
    auto session = begin(support::form_file(
        *shared / "fhir/questionnaires/gad7-beda-converted-from-FCE.json"));
    for (const ItemState& state : session.items())
        if (state.options.size() == 4 && state.path.back().link_id != "69733-4") {
            ASSERT_TRUE(session.set(state.path, {state.options.at(2).json}));
        }
    const auto one_left = item(session, "69733-4");
    ASSERT_TRUE(session.set(one_left.path, {one_left.options.at(1).json}));
    EXPECT_EQ(support::answers(session, "anxiety-score"), R"({"valueInteger":13})")
        << "style (b): itemWeight in the answer";
    EXPECT_EQ(score(session, "gad-7").value, "13");
}

TEST(Scores, WeightsOfAContainedCodeSystemCount) {
    auto session = begin(support::form_of(
        R"({"linkId":"a","type":"choice","answerValueSet":"#set"},)"
        R"({"linkId":"t","type":"decimal","extension":[{"url":)"
        R"("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",)"
        R"("valueExpression":{"language":"text/fhirpath","expression":)"
        R"x("%resource.item.answer.value.weight().sum()"}}]})x",
        R"("contained":[{"resourceType":"ValueSet","id":"set","status":"active","compose":)"
        R"({"include":[{"system":"urn:codes"}]}},{"resourceType":"CodeSystem","id":"c",)"
        R"("url":"urn:codes","status":"active","content":"complete","concept":[{"code":"x",)"
        R"("display":"Often","extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":3}]}]}],)"));
    ASSERT_TRUE(session.set({{"a"}}, {"\"Often\""}));
    EXPECT_EQ(support::answers(session, "t"), R"({"valueDecimal":3})") << "style (c)";
}

TEST(Scores, OneAnswerCanMakeTheRestNeedless) {
    auto session = begin(shipped("audit-c"));
    const auto first = item(session, "auditc-1");
    ASSERT_TRUE(session.set(first.path, {first.options.front().json}));
    EXPECT_EQ(score(session, "audit-c").value, "0");
    EXPECT_TRUE(score(session, "audit-c").complete);
}

// --- safety
// -------------------------------------------------------------------------------

TEST(SafetyAnswers, AreToldWhenGivenAndWhenTakenBack) {
    auto session = begin(shipped("phq-9"));
    const auto nine = item(session, "phq9-9");
    ASSERT_TRUE(session.set(nine.path, {nine.options.at(0).json}));
    EXPECT_TRUE(session.take_safety().empty()) << "not at all is no alarm";
    ASSERT_TRUE(session.set(nine.path, {nine.options.at(2).json}));
    auto told = session.take_safety();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told.front().rule, "phq-9/item-9");
    EXPECT_EQ(told.front().what, SafetyAnswer::What::given);
    ASSERT_TRUE(session.set(nine.path, {nine.options.at(0).json}));
    told = session.take_safety();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told.front().what, SafetyAnswer::What::changed);
    EXPECT_TRUE(session.take_safety().empty()) << "each is told once";
}

TEST(SafetyAnswers, ADeclinedOneIsToldAsDeclinedAndNeverAsZero) {
    auto session = begin(shipped("phq-9"));
    ASSERT_TRUE(session.decline(item(session, "phq9-9").path));
    const auto told = session.take_safety();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told.front().what, SafetyAnswer::What::declined);
    EXPECT_TRUE(told.front().answer.empty());
}

TEST(SafetyAnswers, AreKnownInAClinicsOwnCopyByTheItemsCode) {
    const auto shared = support::shared_folder();
    if (!shared) GTEST_SKIP() << "no test data: set FOYER_SHARED";
    auto session = begin(support::form_file(
        *shared / "fhir/questionnaires/phq9-lforms-calculatedExpression.json"));
    const auto nine = item(session, "/44260-8");
    ASSERT_TRUE(session.set(nine.path, {nine.options.at(1).json}));
    EXPECT_EQ(session.take_safety().size(), 1u);
}

TEST(SafetyAnswers, EveryYesOfTheCssrsIsOne) {
    auto session = begin(shipped("c-ssrs-screener"));
    const auto first = item(session, "cssrs-1");
    const std::string yes =
        first.type == ItemType::boolean ? "true" : first.options.front().json;
    ASSERT_TRUE(session.set(first.path, {yes}));
    EXPECT_EQ(session.take_safety().size(), 1u);
}

}  // namespace
}  // namespace foyer
