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

std::string computed(const std::string& kind, const std::string& text) {
    return R"("extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
           R"(sdc-questionnaire-)" +
           kind + R"(","valueExpression":{"language":"text/fhirpath","expression":")" +
           text + "\"}}]";
}

ItemPath in_answer(const std::string& question, int answer, const std::string& inside) {
    return {{question, answer}, {inside}};
}

// --- the items of a question's answers
// -----------------------------------------------------

const std::string with_items =
    R"({"linkId":"q","type":"string","repeats":true,"item":[)"
    R"({"linkId":"i","type":"string","initial":[{"valueString":"begin"}]},)"
    R"({"linkId":"n","type":"integer"},)"
    R"({"linkId":"e","type":"string","enableWhen":[{"question":"n","operator":"exists",)"
    R"("answerBoolean":true}]},{"linkId":"c","type":"integer",)" +
    computed("calculatedExpression", "1 + 1") + "}]}";

TEST(FormAnswerItems, OfANewAnswerBeginAsTheFormSays) {
    auto session = begin(with_items);
    ASSERT_TRUE(session.set({{"q"}}, {"\"a\"", "\"b\""}));
    const auto items = session.items();
    ASSERT_EQ(items.size(), 9U);
    EXPECT_EQ(items[5].answers.at(0).json, R"({"valueString":"begin"})");
    EXPECT_FALSE(items[7].enabled);
    EXPECT_EQ(items[8].answers.at(0).json, R"({"valueInteger":2})");
}

TEST(FormAnswerItems, StayWithTheirAnswer) {
    auto session = begin(with_items);
    ASSERT_TRUE(session.set({{"q"}}, {"\"a\"", "\"b\""}));
    ASSERT_TRUE(session.set(in_answer("q", 1, "n"), {"7"}));
    ASSERT_TRUE(session.set({{"q"}}, {"\"b\""}));
    EXPECT_EQ(answers(session, "n"), R"({"valueInteger":7})");
    ASSERT_TRUE(session.set({{"q"}}, {"\"changed\""}));
    EXPECT_EQ(answers(session, "n"), R"({"valueInteger":7})");
}

TEST(FormAnswerItems, AreMissedByTotalsWhenTheyGo) {
    auto session = begin(
        with_items + R"(,{"linkId":"t","type":"integer",)" +
        computed("calculatedExpression",
                 "%resource.item.answer.item.where(linkId='n').answer.value.sum()") +
        "}");
    ASSERT_TRUE(session.set({{"q"}}, {"\"a\"", "\"b\""}));
    ASSERT_TRUE(session.set(in_answer("q", 0, "n"), {"1"}));
    ASSERT_TRUE(session.set(in_answer("q", 1, "n"), {"2"}));
    EXPECT_EQ(answers(session, "t"), R"({"valueInteger":3})");
    ASSERT_TRUE(session.set({{"q"}}, {"\"a\""}));
    EXPECT_EQ(answers(session, "t"), R"({"valueInteger":1})");
}

TEST(FormAnswerItems, OfADisabledGroupAreDisabled) {
    auto session = begin(
        R"({"linkId":"z","type":"boolean"},{"linkId":"q","type":"string","repeats":true,)"
        R"("item":[{"linkId":"g","type":"group","enableWhen":[{"question":"z",)"
        R"("operator":"=","answerBoolean":true}],"item":[{"linkId":"x",)"
        R"("type":"string"}]}]})");
    ASSERT_TRUE(session.set({{"q"}}, {"\"a\"", "\"b\""}));
    const auto items = session.items();
    ASSERT_EQ(items.size(), 6U);
    EXPECT_FALSE(items[3].enabled);
    EXPECT_FALSE(items[5].enabled);
}

// --- values that R4 does not know
// ----------------------------------------------------------

TEST(FormValues, AreTakenOnlyIfTheyAreValidR4) {
    auto session = begin(
        R"({"linkId":"choice","type":"choice","answerOption":[{"valueCoding":{"code":"1"}}]},)"
        R"({"linkId":"quantity","type":"quantity"},{"linkId":"file","type":"attachment"},)"
        R"({"linkId":"who","type":"reference"},{"linkId":"url","type":"url"},)"
        R"({"linkId":"text","type":"string"})");
    const auto refused = [&](const char* where, const char* value) {
        const auto done = session.set({{where}}, {value});
        ASSERT_FALSE(done) << value;
        EXPECT_EQ(done.error().code, "wrong-type") << value;
        EXPECT_EQ(answers(session, where), "");
    };
    refused("choice", R"({"valueCoding":{"code":5}})");
    refused("choice", R"({"valueCoding":{"code":["9"]}})");
    refused("choice", R"({"valueCoding":{"code":"9","made-up":"x"}})");
    refused("choice", R"({"valueCoding":"1"})");
    refused("quantity", R"({"valueQuantity":{"value":5,"comparator":"~"}})");
    refused("quantity", R"({"valueQuantity":{"value":5,"code":"kg"}})");
    refused("file", R"({"valueAttachment":{"contentType":"a/b","data":"%%%%"}})");
    refused("file", R"({"valueAttachment":{"data":"aGk="}})");
    refused("file", R"({"valueAttachment":{"url":"u","size":-1}})");
    refused("who", R"({"valueReference":{"reference":5}})");
    refused("url", R"("two words")");
    refused("text", R"("a bell: \u0007")");
}

TEST(FormValues, AQuantitysCodeMeansTheFormsUnit) {
    auto session =
        begin(R"({"linkId":"w","type":"quantity","extension":[{"url":)"
              R"("http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",)"
              R"("valueCoding":{"system":"http://unitsofmeasure.org","code":"kg"}}]})");
    ASSERT_TRUE(session.set({{"w"}}, {R"({"value":70,"code":"kg"})"}));
    EXPECT_EQ(answers(session, "w"), R"({"valueQuantity":{"value":70,"code":"kg",)"
                                     R"("system":"http://unitsofmeasure.org"}})");
}

TEST(FormValues, AnOptionsOwnTypeIsNoWrongType) {
    auto session = begin(R"({"linkId":"c","type":"choice","answerOption":[)"
                         R"({"valueInteger":1},{"valueInteger":2}]})");
    EXPECT_EQ(session.set({{"c"}}, {R"({"valueInteger":9})"}).error().code,
              "not-an-option");
    EXPECT_TRUE(session.set({{"c"}}, {R"({"valueInteger":2})"}));
}

TEST(FormValues, AnOptionMayBeGivenAsItIsOffered) {
    auto session = begin(
        R"({"linkId":"c","type":"choice","answerOption":[{"extension":[{"url":)"
        R"("http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3}],)"
        R"("valueCoding":{"code":"1"}}]})");
    const OptionState option = item(session, "c").options.at(0);
    EXPECT_NE(option.extensions.find("ordinalValue"), std::string::npos);
    const std::string whole =
        R"({"extension":)" + option.extensions + "," + option.json.substr(1);
    EXPECT_TRUE(session.set({{"c"}}, {whole}));
    EXPECT_FALSE(session.set({{"c"}}, {R"({"valueString":"a","valueInteger":1})"}));
}

TEST(FormValues, AnInitialQuantityWithoutAValueSaysTheUnit) {
    const std::string unit =
        R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",)"
        R"("valueCoding":{"system":"u","code":")";
    auto session =
        begin(R"({"linkId":"w","type":"quantity","extension":[)" + unit + R"(kg"}},)" +
              unit + R"(lb"}}],"initial":[{"valueQuantity":{"code":"lb"}}]})");
    ASSERT_TRUE(session.set({{"w"}}, {"5"}));
    EXPECT_EQ(answers(session, "w"),
              R"({"valueQuantity":{"value":5,"unit":"lb","system":"u","code":"lb"}})");
}

TEST(FormValues, AMomentIsTheSameInAnotherZone) {
    auto session =
        begin(R"({"linkId":"d","type":"dateTime"},{"linkId":"e","type":"string",)"
              R"("enableWhen":[{"question":"d","operator":"=",)"
              R"("answerDateTime":"2026-05-05T10:00:00Z"}]})");
    ASSERT_TRUE(session.set({{"d"}}, {"\"2026-05-05T12:00:00+02:00\""}));
    EXPECT_TRUE(item(session, "e").enabled);
}

TEST(FormCalculation, ALongChainInUnknownOrderIsNoCircle) {
    std::string items = R"({"linkId":"c0","type":"integer"})";
    for (int i = 1; i <= 40; ++i)
        items = R"({"linkId":"c)" + std::to_string(i) + R"(","type":"integer",)" +
                computed("calculatedExpression",
                         "%resource.item.where(linkId = 'c' & '" +
                             std::to_string(i - 1) + "').answer.value + 1") +
                "}," + items;
    FormSession session = begin(items, "");
    ASSERT_TRUE(session.set({{"c0"}}, {"2"}));
    EXPECT_EQ(answers(session, "c40"), R"({"valueInteger":42})");
    EXPECT_TRUE(session.issues().empty());
}

// --- checks
// --------------------------------------------------------------------------------

std::string core(const std::string& name, const std::string& value) {
    return R"({"url":"http://hl7.org/fhir/StructureDefinition/)" + name + "\"," +
           value + "}";
}

TEST(FormChecks, DecimalPlacesCountTheExponent) {
    auto session = begin(R"({"linkId":"d","type":"decimal","extension":[)" +
                         core("maxDecimalPlaces", R"("valueInteger":1)") + "]}");
    const std::vector<std::pair<const char*, bool>> cases = {{"1.5", true},
                                                             {"1.25", false},
                                                             {"1.25e1", true},
                                                             {"1e-3", false},
                                                             {"2E2", true}};
    for (const auto& [literal, fine] : cases) {
        ASSERT_TRUE(session.set({{"d"}}, {literal}));
        EXPECT_EQ(item(session, "d").issues.empty(), fine) << literal;
    }
}

TEST(FormChecks, ARegexIsForNumbersToo) {
    auto session = begin(R"({"linkId":"n","type":"integer","extension":[)" +
                         core("regex", R"("valueString":"[1-3]")") + "]}");
    ASSERT_TRUE(session.set({{"n"}}, {"7"}));
    EXPECT_EQ(item(session, "n").issues.at(0).code, "regex");
}

TEST(FormChecks, AKindOfFileMayHaveAStar) {
    auto session = begin(R"({"linkId":"f","type":"attachment","extension":[)" +
                         core("mimeType", R"("valueCode":"image/*")") + "]}");
    const auto file = [](const std::string& type) {
        return R"({"valueAttachment":{"contentType":")" + type + R"(","data":"AAAA"}})";
    };
    ASSERT_TRUE(session.set({{"f"}}, {file("image/png")}));
    EXPECT_TRUE(item(session, "f").issues.empty());
    ASSERT_TRUE(session.set({{"f"}}, {file("text/plain")}));
    EXPECT_FALSE(item(session, "f").issues.empty());
}

TEST(FormChecks, NobodyIsAskedForWhatLiesInAHiddenGroup) {
    auto session =
        begin(R"({"linkId":"g","type":"group","required":true,"extension":[)" +
              core("questionnaire-hidden", R"("valueBoolean":true)") +
              R"(],"item":[{"linkId":"x","type":"string","required":true}]})");
    EXPECT_TRUE(session.finish());
}

TEST(FormChecks, AnEmptyExpansionLeavesWhatTheSetIsComposedOf) {
    auto session = begin(
        R"({"linkId":"c","type":"choice","answerValueSet":"#v"})",
        R"("contained":[{"resourceType":"ValueSet","id":"v","expansion":{"total":0},)"
        R"("compose":{"include":[{"system":"s","concept":[{"code":"1"}]}]}}],)");
    EXPECT_EQ(item(session, "c").options.size(), 1U);
}

TEST(FormCalculation, FollowsTheOptionsThatAreOffered) {
    const std::string form =
        R"({"linkId":"n","type":"integer"},{"linkId":"c","type":"choice","extension":[)";
    const auto kind = [](const std::string& name, const std::string& text) {
        const std::string whole = computed(name, text);
        return whole.substr(13, whole.size() - 14);  // without "extension":[ and ]
    };
    auto session = begin(
        form + kind("calculatedExpression", "2") + "," +
        kind("answerExpression", "%resource.item.where(linkId='n').answer.value") +
        "]}");
    ASSERT_TRUE(session.set({{"n"}}, {"2"}));
    EXPECT_EQ(answers(session, "c"), R"({"valueInteger":2})");
    ASSERT_TRUE(session.set({{"n"}}, {"3"}));
    EXPECT_EQ(answers(session, "c"), "");
}

TEST(FormCalculation, ANewInstanceThatReadsItselfComesToRest) {
    auto session = begin(
        R"({"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"c",)"
        R"("type":"integer",)" +
        computed("calculatedExpression", "%context.descendants().count()") + "}]}");
    const std::string first = answers(session, "c");
    ASSERT_TRUE(session.add({{"g"}}));
    EXPECT_EQ(session.items().at(3).answers.at(0).json, first);
}

TEST(FormCalculation, AFormFullOfEndlessExpressionsLoadsAllTheSame) {
    std::string items = R"({"linkId":"s","type":"string"})";
    for (int i = 0; i < 60; ++i)
        items += R"(,{"linkId":"b)" + std::to_string(i) + R"(","type":"integer",)" +
                 computed("calculatedExpression",
                          "(1 | 2).repeat($this | $this + 1).count()") +
                 "}";
    FormSession session = begin(items, "");
    ASSERT_TRUE(session.set({{"s"}}, {"\"a\""}));
    EXPECT_EQ(session.issues().size(), 60U);
}

TEST(FormChecks, ValueSetsThatNameOneAnotherEndAndOfferACodeOnce) {
    std::string sets = R"({"resourceType":"ValueSet","id":"v0","url":"v0","compose":)"
                       R"({"include":[{"system":"s","concept":[{"code":"1"}]}]}})";
    for (int i = 1; i <= 30; ++i) {
        const std::string id = "v" + std::to_string(i);
        const std::string other =
            R"({"valueSet":["v)" + std::to_string(i - 1) + "\",\"" + id + "\"]}";
        sets += R"(,{"resourceType":"ValueSet","id":")" + id + R"(","url":")" + id +
                R"(","compose":{"include":[)" + other + "," + other + "]}}";
    }
    auto session = begin(R"({"linkId":"c","type":"choice","answerValueSet":"#v30"})",
                         R"("contained":[)" + sets + "],");
    EXPECT_EQ(item(session, "c").options.size(), 1U);
}

TEST(FormChecks, AFormHasNoMoreOptionsThanTheMemoryHolds) {
    std::string concepts;
    for (int i = 0; i < 20'000; ++i)
        concepts += (i ? ",{\"code\":\"" : "{\"code\":\"") + std::to_string(i) + "\"}";
    std::string items;
    for (int i = 0; i < 40; ++i)
        items += (i ? ",{\"linkId\":\"c" : "{\"linkId\":\"c") + std::to_string(i) +
                 R"(","type":"choice","answerValueSet":"#v"})";
    const auto form = form_of(
        items,
        R"("contained":[{"resourceType":"ValueSet","id":"v","compose":{"include":)"
        R"([{"system":"s","concept":[)" +
            concepts + "]}]}}],");
    EXPECT_FALSE(form->notices().empty());
}

// --- what goes to the clinic and comes back
// ------------------------------------------------

const std::string extracted =
    R"({"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
    R"(sdc-questionnaire-observationExtract","valueBoolean":)";

TEST(FormObservations, EachInstanceHasItsOwnAndTheNearestWordCounts) {
    auto session = begin(
        R"({"linkId":"g","type":"group","repeats":true,"extension":[)" + extracted +
        R"(true}],"item":[{"linkId":"x","type":"integer","code":[{"code":"x"}]},)"
        R"({"linkId":"n","type":"integer","code":[{"code":"n"}],"extension":[)" +
        extracted + R"(false}]}]})");
    ASSERT_TRUE(session.add({{"g"}}));
    ASSERT_TRUE(session.set({{"g", 0}, {"x"}}, {"1"}));
    ASSERT_TRUE(session.set({{"g", 0}, {"n"}}, {"1"}));
    ASSERT_TRUE(session.set({{"g", 1}, {"x"}}, {"2"}));
    const auto done = session.finish();
    ASSERT_EQ(done->observations.size(), 2U);
    EXPECT_NE(done->observations[1].find("\"valueInteger\":2"), std::string::npos);
}

TEST(FormObservations, ANumberHasItsUnit) {
    auto session = begin(
        R"({"linkId":"w","type":"decimal","code":[{"code":"w"}],"extension":[)" +
            core(
                "questionnaire-unit",
                R"("valueCoding":{"system":"http://unitsofmeasure.org","code":"kg"})") +
            "]}",
        "\"extension\":[" + extracted + "true}],");
    ASSERT_TRUE(session.set({{"w"}}, {"70.50"}));
    EXPECT_NE(session.finish()->observations.at(0).find(
                  R"({"value":70.50,"unit":"kg",)"
                  R"("system":"http://unitsofmeasure.org","code":"kg"})"),
              std::string::npos);
}

TEST(FormResume, ADeclinedCalculatedValueStaysDeclined) {
    const std::string items = R"({"linkId":"c","type":"integer",)" +
                              computed("calculatedExpression", "1 + 1") + "}";
    auto session = begin(items);
    ASSERT_TRUE(session.decline({{"c"}}));
    auto options = at_the_clinic();
    options.response = session.so_far(FormSession::Ending::in_progress).response;
    const auto again = begin(items, {}, options);
    EXPECT_TRUE(item(again, "c").declined);
    EXPECT_EQ(answers(again, "c"), "");
}

// --- paths
// ---------------------------------------------------------------------------------

TEST(FormPaths, AQuestionTakesNoIndexOfItsOwn) {
    auto session = begin(R"({"linkId":"s","type":"string","repeats":true})");
    EXPECT_TRUE(session.set({{"s", 0}}, {"\"a\""}));
    EXPECT_EQ(session.set({{"s", 1}}, {"\"b\""}).error().code, "unknown-path");
}

TEST(FormPaths, AnotherInstanceIsAskedForByTheGroupsLinkIdAlone) {
    auto session = begin(R"({"linkId":"g","type":"group","repeats":true,"item":[)"
                         R"({"linkId":"x","type":"string"}]})");
    ASSERT_TRUE(session.add(*session.find_group("g")));
    ASSERT_TRUE(session.add(*session.find_group("g")));
    EXPECT_EQ(session.find("g").error().code, "ambiguous");
    EXPECT_EQ(session.items().size(), 6U);
}

}  // namespace
}  // namespace foyer
