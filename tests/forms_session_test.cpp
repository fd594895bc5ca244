#include <gtest/gtest.h>

#include "kiosk/forms/session.h"
#include "tests/support/forms.h"

namespace foyer {
namespace {

using support::answers;
using support::at_the_clinic;
using support::form_of;
using support::item;

FormSession begin(const std::string& items, const std::string& more = {},
                  FormSession::Options options = at_the_clinic()) {
    return *FormSession::start(form_of(items, more), nullptr, std::move(options));
}

std::string expression(const std::string& kind, const std::string& text) {
    return R"({"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-)" +
           kind + R"(","valueExpression":{"language":"text/fhirpath","expression":")" +
           text + "\"}}";
}

const std::string yes_no =
    R"("answerOption":[{"valueCoding":{"system":"s","code":"y","display":"Yes"}},)"
    R"({"valueCoding":{"system":"s","code":"n","display":"No"}}])";

bool has_issue(const ItemState& state, const std::string& code) {
    for (const FormIssue& issue : state.issues)
        if (issue.code == code) return true;
    return false;
}

// --- answering
// --------------------------------------------------------------------------

TEST(FormAnswers, ADecimalKeepsItsDigits) {
    auto session = begin(R"({"linkId":"w","type":"decimal"})");
    ASSERT_TRUE(session.set({{"w"}}, {"70.50"}));
    EXPECT_EQ(answers(session, "w"), R"({"valueDecimal":70.50})");
    EXPECT_NE(session.finish()->response.find("70.50"), std::string::npos);
}

TEST(FormAnswers, AStringOnAChoiceIsACodeOrAText) {
    auto session = begin(R"({"linkId":"c","type":"choice",)" + yes_no + "}");
    ASSERT_TRUE(session.set({{"c"}}, {"\"y\""}));
    EXPECT_NE(answers(session, "c").find("\"display\":\"Yes\""), std::string::npos);
    ASSERT_TRUE(session.set({{"c"}}, {"\"No\""}));
    EXPECT_NE(answers(session, "c").find("\"code\":\"n\""), std::string::npos);
    EXPECT_EQ(session.set({{"c"}}, {"\"maybe\""}).error().code, "not-an-option");
}

TEST(FormAnswers, ANumberOnAQuantityTakesTheFormsUnit) {
    auto session = begin(
        R"({"linkId":"w","type":"quantity","extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":)"
        R"({"system":"http://unitsofmeasure.org","code":"kg","display":"kilos"}}]})");
    ASSERT_TRUE(session.set({{"w"}}, {"70"}));
    EXPECT_EQ(answers(session, "w"),
              R"({"valueQuantity":{"value":70,"unit":"kilos",)"
              R"("system":"http://unitsofmeasure.org","code":"kg"}})");
}

TEST(FormAnswers, TheWrongTypeChangesNothing) {
    auto session = begin(R"({"linkId":"n","type":"integer"})");
    ASSERT_TRUE(session.set({{"n"}}, {"4"}));
    for (const char* wrong : {"\"four\"", "4.5", "true", "{}", "[4]", "null", "4,5",
                              "{", "99999999999", "{\"valueString\":\"4\"}"})
        EXPECT_FALSE(session.set({{"n"}}, {wrong})) << wrong;
    EXPECT_EQ(answers(session, "n"), R"({"valueInteger":4})");
}

TEST(FormAnswers, ADateIsARealDate) {
    auto session = begin(R"({"linkId":"d","type":"date"})");
    EXPECT_TRUE(session.set({{"d"}}, {"\"2024-02-29\""}));
    EXPECT_FALSE(session.set({{"d"}}, {"\"2026-02-29\""}));
    EXPECT_FALSE(session.set({{"d"}}, {"\"29.02.2024\""}));
}

TEST(FormAnswers, ADateWithTimeGetsTheClinicsOffset) {
    auto session = begin(R"({"linkId":"d","type":"dateTime"})");
    ASSERT_TRUE(session.set({{"d"}}, {"\"2026-11-23T08:30\""}));
    EXPECT_EQ(answers(session, "d"),
              R"({"valueDateTime":"2026-11-23T08:30:00-05:00"})");
}

TEST(FormAnswers, AnOpenChoiceTakesSomethingElse) {
    auto session = begin(R"({"linkId":"c","type":"open-choice",)" + yes_no + "}");
    ASSERT_TRUE(session.set({{"c"}}, {"\"sometimes\""}));
    EXPECT_EQ(answers(session, "c"), R"({"valueString":"sometimes"})");
}

TEST(FormAnswers, OneQuestionTakesOneAnswerUnlessItRepeats) {
    auto once = begin(R"({"linkId":"s","type":"string"})");
    EXPECT_EQ(once.set({{"s"}}, {"\"a\"", "\"b\""}).error().code, "occurs");
    auto often =
        begin(R"({"linkId":"s","type":"string","repeats":true,"extension":[{"url":)"
              R"("http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs",)"
              R"("valueInteger":2}]})");
    EXPECT_TRUE(often.set({{"s"}}, {"\"a\"", "\"b\""}));
    EXPECT_EQ(often.set({{"s"}}, {"\"a\"", "\"b\"", "\"c\""}).error().code, "occurs");
}

TEST(FormAnswers, WhatTheFormForbidsToChangeStays) {
    auto session = begin(R"({"linkId":"s","type":"string","readOnly":true,)"
                         R"("initial":[{"valueString":"fixed"}]})");
    EXPECT_EQ(session.set({{"s"}}, {"\"mine\""}).error().code, "read-only");
    EXPECT_EQ(answers(session, "s"), R"({"valueString":"fixed"})");
}

TEST(FormAnswers, DecliningIsSaidOnTheItemAndNeverInAnAnswer) {
    auto session = begin(R"({"linkId":"s","type":"string"},)"
                         R"({"linkId":"r","type":"string","required":true})");
    ASSERT_TRUE(session.set({{"s"}}, {"\"secret\""}));
    ASSERT_TRUE(session.decline({{"s"}}));
    EXPECT_TRUE(item(session, "s").declined);
    EXPECT_EQ(session.decline({{"r"}}).error().code, "required");
    ASSERT_TRUE(session.set({{"r"}}, {"\"here\""}));
    const auto output = session.finish();
    ASSERT_TRUE(output);
    EXPECT_NE(
        output->response.find(
            R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/)"
            R"(data-absent-reason","valueCode":"asked-declined"}],"linkId":"s"})"),
        std::string::npos)
        << output->response;
    EXPECT_EQ(output->response.find("secret"), std::string::npos);
}

// --- paths
// ------------------------------------------------------------------------------

const std::string medications =
    R"({"linkId":"meds","type":"group","repeats":true,"item":[)"
    R"({"linkId":"name","type":"string"},{"linkId":"dose","type":"string","required":true},)"
    R"({"linkId":"more","type":"string","enableWhen":[{"question":"name",)"
    R"("operator":"=","answerString":"other"}]}]})";

TEST(FormPaths, GroupsRepeatAndKeepTheirAnswersApart) {
    auto session = begin(medications);
    ASSERT_TRUE(session.set({{"meds"}, {"name"}}, {"\"lithium\""}));
    const auto second = session.add({{"meds"}});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->back().index, 1);
    ASSERT_TRUE(session.set({{"meds", 1}, {"name"}}, {"\"other\""}));
    int enabled = 0;
    for (const ItemState& state : session.items())
        if (state.path.back().link_id == "more" && state.enabled) {
            ++enabled;
            EXPECT_EQ(state.path.front().index, 1);
        }
    EXPECT_EQ(enabled, 1) << "a condition looks at its own instance";
    EXPECT_EQ(session.find("name").error().code, "ambiguous");
    ASSERT_TRUE(session.remove({{"meds", 0}}));
    EXPECT_EQ(answers(session, "name"), R"({"valueString":"other"})");
    EXPECT_EQ(session.remove({{"meds", 0}}).error().code, "occurs");
}

TEST(FormPaths, AnEmptyInstanceAsksForNothing) {
    auto session = begin(medications);
    EXPECT_FALSE(has_issue(item(session, "dose"), "required"));
    ASSERT_TRUE(session.set({{"meds"}, {"name"}}, {"\"lithium\""}));
    EXPECT_TRUE(has_issue(item(session, "dose"), "required"));
    EXPECT_EQ(session.finish().error().code, "required");
}

TEST(FormPaths, SiblingsMayShareALinkId) {
    auto session =
        begin(R"({"linkId":"a","type":"string"},{"linkId":"a","type":"string"})");
    ASSERT_TRUE(session.set({{"a", 0, 2}}, {"\"second\""}));
    EXPECT_EQ(session.items().front().answers.size(), 0u);
    EXPECT_EQ(session.items().back().answers.size(), 1u);
    EXPECT_EQ(session.find("a#2")->front().nth, 2);
}

TEST(FormPaths, ItemsOfAQuestionLieInItsAnswers) {
    auto session = begin(R"({"linkId":"q","type":"choice","repeats":true,)" + yes_no +
                         R"(,"item":[{"linkId":"why","type":"string"}]})");
    ASSERT_TRUE(session.set({{"q"}}, {"\"y\"", "\"n\""}));
    ASSERT_TRUE(session.set({{"q", 1}, {"why"}}, {"\"because\""}));
    const auto response = session.finish()->response;
    EXPECT_NE(response.find(R"("code":"n","display":"No"},"item":[{"linkId":"why")"),
              std::string::npos)
        << response;
}

TEST(FormPaths, AnUnknownPathIsNamed) {
    auto session = begin(medications);
    EXPECT_EQ(session.set({{"nothing"}}, {"1"}).error().code, "unknown-path");
    EXPECT_EQ(session.set({{"meds", 7}, {"name"}}, {"1"}).error().code, "unknown-path");
    EXPECT_EQ(session.set({{"meds"}}, {"1"}).error().code, "wrong-type");
    EXPECT_EQ(session.set({}, {"1"}).error().code, "unknown-path");
}

// --- what depends on answers
// --------------------------------------------------------------

TEST(FormConditions, NotEqualIsTrueOfAnUnansweredQuestion) {
    auto session = begin(
        R"({"linkId":"a","type":"string"},{"linkId":"b","type":"string","enableWhen":)"
        R"([{"question":"a","operator":"!=","answerString":"x"}]})");
    EXPECT_TRUE(item(session, "b").enabled);
    ASSERT_TRUE(session.set({{"a"}}, {"\"x\""}));
    EXPECT_FALSE(item(session, "b").enabled);
}

TEST(FormConditions, AHiddenAnswerIsKeptWhileFillingAndNeverGivenOut) {
    auto session = begin(
        R"({"linkId":"a","type":"boolean"},{"linkId":"b","type":"string","enableWhen":)"
        R"([{"question":"a","operator":"=","answerBoolean":true}]})");
    ASSERT_TRUE(session.set({{"a"}}, {"true"}));
    ASSERT_TRUE(session.set({{"b"}}, {"\"kept\""}));
    ASSERT_TRUE(session.set({{"a"}}, {"false"}));
    EXPECT_EQ(answers(session, "b"), R"({"valueString":"kept"})");
    ASSERT_TRUE(session.set({{"b"}}, {"\"set while hidden\""}));
    EXPECT_EQ(session.so_far(FormSession::Ending::in_progress).response.find("hidden"),
              std::string::npos);
    ASSERT_TRUE(session.set({{"a"}}, {"true"}));
    EXPECT_EQ(answers(session, "b"), R"({"valueString":"set while hidden"})");
}

TEST(FormConditions, WhatDependsOnAHiddenQuestionIsHiddenToo) {
    auto session = begin(
        R"({"linkId":"a","type":"boolean"},{"linkId":"b","type":"boolean","enableWhen":)"
        R"([{"question":"a","operator":"=","answerBoolean":true}]},)"
        R"({"linkId":"c","type":"string","enableWhen":)"
        R"([{"question":"b","operator":"=","answerBoolean":true}]})");
    ASSERT_TRUE(session.set({{"a"}}, {"true"}));
    ASSERT_TRUE(session.set({{"b"}}, {"true"}));
    EXPECT_TRUE(item(session, "c").enabled);
    ASSERT_TRUE(session.set({{"a"}}, {"false"}));
    EXPECT_FALSE(item(session, "c").enabled);
}

TEST(FormConditions, OrderedComparisonsNeedAnAnswer) {
    auto session = begin(
        R"({"linkId":"n","type":"integer"},{"linkId":"b","type":"string","enableWhen":)"
        R"([{"question":"n","operator":"<","answerInteger":5}]})");
    EXPECT_FALSE(item(session, "b").enabled);
    ASSERT_TRUE(session.set({{"n"}}, {"4"}));
    EXPECT_TRUE(item(session, "b").enabled);
    ASSERT_TRUE(session.set({{"n"}}, {"5"}));
    EXPECT_FALSE(item(session, "b").enabled);
}

TEST(FormCalculation, AChainIsComputedWithOneAnswer) {
    auto session = begin(
        R"({"linkId":"a","type":"integer"},{"linkId":"b","type":"integer","extension":[)" +
        expression("calculatedExpression",
                   "%resource.item.where(linkId='a').answer.value + 1") +
        R"(]},{"linkId":"c","type":"integer","extension":[)" +
        expression("calculatedExpression",
                   "%resource.item.where(linkId='b').answer.value * 2") +
        "]}");
    ASSERT_TRUE(session.set({{"a"}}, {"4"}));
    EXPECT_EQ(answers(session, "c"), R"({"valueInteger":10})");
    ASSERT_TRUE(session.set({{"a"}}, {}));
    EXPECT_EQ(answers(session, "c"), "");
}

TEST(FormCalculation, AnEditedValueIsNotOverwrittenUntilItIsReset) {
    auto session = begin(
        R"({"linkId":"a","type":"integer"},{"linkId":"b","type":"integer","extension":[)" +
        expression("calculatedExpression",
                   "%resource.item.where(linkId='a').answer.value") +
        "]}");
    ASSERT_TRUE(session.set({{"a"}}, {"1"}));
    ASSERT_TRUE(session.set({{"b"}}, {"7"}));
    ASSERT_TRUE(session.set({{"a"}}, {"2"}));
    EXPECT_EQ(answers(session, "b"), R"({"valueInteger":7})");
    EXPECT_TRUE(item(session, "b").user_edited);
    ASSERT_TRUE(session.reset({{"b"}}));
    EXPECT_EQ(answers(session, "b"), R"({"valueInteger":2})");
}

TEST(FormCalculation, ACircleThatDoesNotComeToRestIsStoppedAndReported) {
    auto session = begin(
        R"({"linkId":"go","type":"integer"},{"linkId":"a","type":"integer","extension":[)" +
        expression("calculatedExpression",
                   "%resource.item.where(linkId='go').answer.value + "
                   "iif(%resource.item.where(linkId='b').answer.exists(), "
                   "%resource.item.where(linkId='b').answer.value, 0)") +
        R"(]},{"linkId":"b","type":"integer","extension":[)" +
        expression("calculatedExpression",
                   "%resource.item.where(linkId='a').answer.value + 1") +
        "]}");
    ASSERT_TRUE(session.set({{"go"}}, {"1"}));
    bool reported = false;
    for (const FormIssue& issue : session.issues()) reported |= issue.code == "cycle";
    EXPECT_TRUE(reported);
}

TEST(FormCalculation, VariablesReachWhatLiesBelowThem) {
    auto session = begin(
        R"({"linkId":"g","type":"group","extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/variable","valueExpression":)"
        R"({"name":"n","language":"text/fhirpath","expression":)"
        R"("%resource.item.item.where(linkId='a').answer.value"}}],"item":[)"
        R"({"linkId":"a","type":"integer"},{"linkId":"b","type":"integer","extension":[)" +
        expression("calculatedExpression", "%n + 1") + "]}]}");
    ASSERT_TRUE(session.set({{"g"}, {"a"}}, {"4"}));
    EXPECT_EQ(answers(session, "b"), R"({"valueInteger":5})");
}

TEST(FormCalculation, AContextFillsInWhatIsKnown) {
    auto options = at_the_clinic();
    options.subject =
        R"({"resourceType":"Patient","id":"p1","name":[{"given":["Ada"]}]})";
    auto session = begin(
        R"({"linkId":"n","type":"string","extension":[)" +
            expression("initialExpression", "%patient.name.given.first()") + "]}",
        R"("extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
        R"(sdc-questionnaire-launchContext","extension":[{"url":"name","valueCoding":)"
        R"({"code":"patient"}}]}],)",
        options);
    EXPECT_EQ(answers(session, "n"), R"({"valueString":"Ada"})");
    EXPECT_NE(
        session.finish()->response.find(R"("subject":{"reference":"Patient/p1"})"),
        std::string::npos);
}

TEST(FormCalculation, AQueryIsAnsweredFromWhatIsAtHand) {
    auto options = at_the_clinic();
    options.subject = R"({"resourceType":"Patient","id":"p1"})";
    options.bundle =
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation",)"
        R"("code":{"coding":[{"system":"s","code":"w"}]},"subject":{"reference":)"
        R"("Patient/p1"},"valueInteger":70}},{"resource":{"resourceType":"Observation",)"
        R"("code":{"coding":[{"system":"s","code":"w"}]},"subject":{"reference":)"
        R"("Patient/p2"},"valueInteger":99}}]})";
    auto session = begin(
        R"({"linkId":"w","type":"integer","extension":[)" +
            expression("initialExpression", "%last.entry.resource.value") + "]}",
        R"x("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/variable",)x"
        R"x("valueExpression":{"name":"last","language":"application/x-fhir-query",)x"
        R"x("expression":"Observation?code=s|w&patient={{%patient.id}}"}}],)x",
        options);
    EXPECT_EQ(answers(session, "w"), R"({"valueInteger":70})");
}

TEST(FormCalculation, WhatIsOfferedFollowsFromAnAnswer) {
    auto session = begin(R"({"linkId":"a","type":"choice","repeats":true,)" + yes_no +
                         R"(},{"linkId":"b","type":"choice","extension":[)" +
                         expression("answerExpression",
                                    "%resource.item.where(linkId='a').answer.value") +
                         "]}");
    EXPECT_TRUE(item(session, "b").options.empty());
    ASSERT_TRUE(session.set({{"a"}}, {"\"n\""}));
    ASSERT_EQ(item(session, "b").options.size(), 1u);
    ASSERT_TRUE(session.set({{"b"}}, {"\"No\""}));
    ASSERT_TRUE(session.set({{"a"}}, {"\"y\""}));
    EXPECT_TRUE(has_issue(item(session, "b"), "not-an-option"))
        << "an answer that is not offered any more is kept and told";
}

TEST(FormCalculation, AConstraintSpeaksThePatientsLanguage) {
    auto options = at_the_clinic();
    options.language = "es";
    auto session = begin(
        R"({"linkId":"a","type":"integer","extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/questionnaire-constraint","extension":[)"
        R"({"url":"key","valueId":"k"},{"url":"severity","valueCode":"error"},)"
        R"({"url":"expression","valueString":"answer.value > 3"},{"url":"human",)"
        R"("valueString":"More, please","_valueString":{"extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/translation","extension":[)"
        R"({"url":"lang","valueCode":"es"},{"url":"content","valueString":"Más"}]}]}}]}]})",
        "", options);
    ASSERT_TRUE(session.set({{"a"}}, {"2"}));
    const auto state = item(session, "a");
    ASSERT_EQ(state.issues.size(), 1u);
    EXPECT_EQ(state.issues.front().message, "Más");
    EXPECT_FALSE(session.finish());
    ASSERT_TRUE(session.set({{"a"}}, {"4"}));
    EXPECT_TRUE(session.finish());
}

TEST(FormCalculation, AConstraintOfTheFormSpeaksAtTheItemItNames) {
    auto session = begin(
        R"({"linkId":"a","type":"integer"},{"linkId":"b","type":"integer"})",
        R"x("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/targetConstraint",)x"
        R"x("extension":[{"url":"key","valueId":"k"},{"url":"severity","valueCode":"error"},)x"
        R"x({"url":"expression","valueExpression":{"language":"text/fhirpath","expression":)x"
        R"x("%resource.item.where(linkId='a').answer.value < )x"
        R"x(%resource.item.where(linkId='b').answer.value"}},{"url":"human","valueString":)x"
        R"x("a is below b"},{"url":"location","valueString":)x"
        R"x("Questionnaire.item.where(linkId='b')"}]}],)x");
    ASSERT_TRUE(session.set({{"a"}}, {"4"}));
    ASSERT_TRUE(session.set({{"b"}}, {"3"}));
    EXPECT_TRUE(item(session, "a").issues.empty());
    ASSERT_EQ(item(session, "b").issues.size(), 1u);
    EXPECT_EQ(item(session, "b").issues.front().message, "a is below b");
    EXPECT_EQ(session.issues().size(), 1u) << "said once";
}

// --- finishing and going on
// ----------------------------------------------------------------

TEST(FormEnding, AFinishedFormTakesNothingMore) {
    auto session = begin(R"({"linkId":"s","type":"string"})");
    ASSERT_TRUE(session.finish());
    EXPECT_EQ(session.set({{"s"}}, {"\"late\""}).error().code, "finished");
    EXPECT_EQ(session.finish().error().code, "finished");
}

TEST(FormEnding, WhatWasSavedGoesOnWhereItWas) {
    const std::string items = R"({"linkId":"a","type":"string"},)" + medications;
    std::string saved;
    {
        auto session = begin(items);
        ASSERT_TRUE(session.decline({{"a"}}));
        ASSERT_TRUE(session.set({{"meds"}, {"name"}}, {"\"lithium\""}));
        ASSERT_TRUE(session.add({{"meds"}}));
        ASSERT_TRUE(session.set({{"meds", 1}, {"name"}}, {"\"iron\""}));
        saved = session.so_far(FormSession::Ending::in_progress).response;
    }
    auto options = at_the_clinic();
    options.response = saved;
    auto session = begin(items, "", options);
    EXPECT_TRUE(item(session, "a").declined);
    const auto states = session.items();
    EXPECT_EQ(states.at(2).answers.at(0).text, "lithium");
    EXPECT_EQ(states.at(6).answers.at(0).text, "iron");
}

TEST(FormEnding, AResponseToAnotherFormIsRefusedRatherThanHalfRead) {
    auto options = at_the_clinic();
    options.response =
        R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
        R"("item":[{"linkId":"gone","answer":[{"valueString":"x"}]}]})";
    const auto session = FormSession::start(
        form_of(R"({"linkId":"s","type":"string"})"), nullptr, options);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, Error::Code::bad_input);
    EXPECT_NE(session.error().what.find("'gone'"), std::string::npos);
}

TEST(FormEnding, ChangingTheLanguageKeepsEveryAnswer) {
    auto session = begin(
        R"({"linkId":"s","type":"string","text":"Name","_text":{"extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/translation","extension":[{"url":"lang",)"
        R"("valueCode":"es"},{"url":"content","valueString":"Nombre"}]}]}})");
    ASSERT_TRUE(session.set({{"s"}}, {"\"Ada\""}));
    session.set_language("es");
    EXPECT_EQ(item(session, "s").text, "Nombre");
    EXPECT_EQ(answers(session, "s"), R"({"valueString":"Ada"})");
    EXPECT_NE(session.finish()->response.find("Nombre"), std::string::npos);
}

}  // namespace
}  // namespace foyer
