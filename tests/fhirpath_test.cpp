#include "kiosk/forms/fhirpath/fhirpath.h"

#include <gtest/gtest.h>
#include <map>

namespace foyer::fhirpath {

namespace {

/// Evaluates on one resource, given as JSON.
struct Paths {
    Elements elements;
    Environment environment;
    std::map<std::string, Collection, std::less<>> variables;
    const Element* resource = nullptr;

    explicit Paths(std::string_view json = R"({"resourceType":"Patient"})") {
        resource = read(json);
        environment.resource = resource;
        environment.scratch = &elements;
        environment.variables = &variables;
    }
    const Element* read(std::string_view json) {
        const auto made = read_json(json, elements);
        EXPECT_TRUE(made) << json;
        return made ? *made : elements.object({});
    }
    tl::expected<Collection, Fault> run(std::string_view text) {
        const auto expression = Expression::compile(text);
        if (!expression) return tl::unexpected(expression.error());
        kept_.push_back(*expression);
        return evaluate(kept_.back(), {of_element(resource)}, environment);
    }
    /// The JSON of all values, or what the fault says.
    std::string answer(std::string_view text) {
        const auto result = run(text);
        if (!result) return "fault: " + result.error().what;
        std::string out;
        for (const Value& value : *result)
            out += (out.empty() ? "" : ",") + to_json(value);
        return "[" + out + "]";
    }
    Fault::Kind fault(std::string_view text) {
        const auto result = run(text);
        EXPECT_FALSE(result) << text;
        return result ? Fault::Kind::syntax : result.error().kind;
    }

private:
    std::vector<Expression> kept_;
};

constexpr char response[] = R"({
  "resourceType": "QuestionnaireResponse",
  "item": [
    {"linkId": "a", "answer": [{"valueCoding": {"system": "s", "code": "yes"}}]},
    {"linkId": "b", "answer": [{"valueCoding": {"system": "s", "code": "yes"}}]},
    {"linkId": "g", "item": [{"linkId": "c", "answer": [{"valueDecimal": 1.50}]}]}]})";

// The same coding weighs something else in each item.
constexpr char form[] = R"({
  "resourceType": "Questionnaire",
  "item": [
    {"linkId": "a", "answerOption": [{"valueCoding": {"system": "s", "code": "yes",
      "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight",
                     "valueDecimal": 3}]}}]},
    {"linkId": "b", "answerOption": [{
      "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue",
                     "valueDecimal": 1}],
      "valueCoding": {"system": "s", "code": "yes"}}]}]})";

TEST(FhirpathValues, KeepTheDigitsOfADecimal) {
    Paths paths(response);
    EXPECT_EQ(paths.answer("1.10"), "[1.10]");
    EXPECT_EQ(paths.answer("%resource.repeat(item).answer.value.ofType(decimal)"),
              "[1.50]");
    EXPECT_EQ(paths.answer("1.10 = 1.1"), "[true]");
}

TEST(FhirpathValues, AreExactDecimals) {
    Paths paths;
    EXPECT_EQ(paths.answer("0.1 + 0.2"), "[0.3]");
    EXPECT_EQ(paths.answer("0.1 * 3 = 0.3"), "[true]");
    EXPECT_EQ(paths.answer("1 / 8"), "[0.125]");
    EXPECT_EQ(paths.answer("7.0 mod 2.5"), "[2.0]");
}

TEST(FhirpathValues, BecomeFhirWithNoMoreDigitsThanItPromises) {
    Paths paths;
    const auto third = paths.run("1 / 3");
    ASSERT_TRUE(third);
    const auto fhir = to_fhir(third->front(), paths.elements);
    ASSERT_TRUE(fhir);
    EXPECT_EQ(fhir->type, "Decimal");
    EXPECT_EQ(fhir->element->text, "0.333333333333333333");
}

TEST(FhirpathValues, OfACalendarUnitBecomeAFhirQuantity) {
    Paths paths;
    EXPECT_EQ(paths.answer("4 days"),
              R"([{"value":4,"unit":"days","system":"http://unitsofmeasure.org",)"
              R"("code":"d"}])");
}

TEST(FhirpathValues, SayTheirFhirType) {
    Paths paths(response);
    const auto codes = paths.run("item.answer.value.code");
    ASSERT_TRUE(codes);
    EXPECT_EQ(type_name(codes->front()), "FHIR.code");
    const auto items = paths.run("item");
    EXPECT_EQ(type_name(items->front()), "FHIR.BackboneElement");
    EXPECT_EQ(type_name(paths.run("1")->front()), "System.Integer");
}

TEST(FhirpathValues, OfAnItemAloneKnowTheirType) {
    Paths paths(response);
    const Value item =
        of_element(paths.resource->one("item"), "QuestionnaireResponse.item");
    const auto expression = Expression::compile("answer.value is Coding");
    const auto result = evaluate(*expression, {item}, paths.environment);
    ASSERT_TRUE(result);
    EXPECT_EQ(as_boolean(*result), true);
}

TEST(FhirpathDates, OfDifferentPrecisionAreNotCompared) {
    Paths paths;
    EXPECT_EQ(paths.answer("@2018-03 < @2018-03-01"), "[]");
    EXPECT_EQ(paths.answer("@2018-03 < @2018-04-01"), "[true]");
}

TEST(FhirpathDates, MoveToTheMonthsLastDay) {
    Paths paths;
    EXPECT_EQ(paths.answer("@2024-01-31 + 1 month"), "[\"2024-02-29\"]");
    EXPECT_EQ(paths.answer("@2024-02-29 - 1 year"), "[\"2023-02-28\"]");
    EXPECT_EQ(paths.answer("@0001-01-01 - 1 day"), "[]");
    EXPECT_EQ(paths.answer("@2024 + 99999999999 days"), "[]");
}

TEST(FhirpathDates, KnowTheClockThatTheyAreGiven) {
    Paths paths;
    paths.environment.now = Instant{std::chrono::sys_days{std::chrono::November / 23 /
                                                          std::chrono::year{2026}}} +
                            std::chrono::hours{2};
    paths.environment.offset_from_utc = std::chrono::hours{-5};
    EXPECT_EQ(paths.answer("today()"), "[\"2026-11-22\"]");
    EXPECT_EQ(paths.answer("now()"), "[\"2026-11-22T21:00:00.000-05:00\"]");
}

TEST(FhirpathWeights, StandOnTheAnswersCoding) {
    Paths paths(R"({"resourceType":"QuestionnaireResponse","item":[
        {"linkId":"a","answer":[{"valueCoding":{"code":"x","extension":[
            {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight",
             "valueDecimal":2.5}]}}]}]})");
    EXPECT_EQ(paths.answer("%resource.item.answer.value.weight()"), "[2.5]");
}

TEST(FhirpathWeights, AreFoundInTheItemOfTheForm) {
    Paths paths(response);
    paths.environment.questionnaire = paths.read(form);
    EXPECT_EQ(paths.answer("item.where(linkId = 'a').answer.value.ordinal()"), "[3]");
    EXPECT_EQ(paths.answer("item.where(linkId = 'b').answer.weight()"), "[1]");
    EXPECT_EQ(paths.answer("repeat(item).answer.value.ordinal().sum()"), "[4]");
}

TEST(FhirpathWeights, AreFoundInAContainedCodeSystem) {
    Paths paths(response);
    paths.environment.questionnaire = paths.read(R"({"resourceType":"Questionnaire",
        "contained":[{"resourceType":"CodeSystem","url":"s","concept":[{"code":"yes",
            "property":[{"code":"itemWeight","valueDecimal":7}]}]}]})");
    EXPECT_EQ(paths.answer("item.where(linkId = 'a').answer.value.weight()"), "[7]");
}

TEST(FhirpathReferences, AreFoundInContainedResourcesAndInABundle) {
    Paths paths(R"({"resourceType":"Bundle","entry":[
        {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p",
         "active":true}},
        {"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:1"},
         "performer":[{"reference":"Patient/p"}]}}]})");
    EXPECT_EQ(paths.answer("entry.resource.subject.resolve().active"), "[true]");
    EXPECT_EQ(paths.answer("entry.resource.performer.resolve() is Patient"), "[true]");
}

TEST(FhirpathMistakes, AreFaultsWithAPlace) {
    Paths paths;
    const auto broken = Expression::compile("name.given[");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().kind, Fault::Kind::syntax);
    EXPECT_EQ(broken.error().offset, 11u);
    EXPECT_EQ(paths.fault("name.unheardOf()"), Fault::Kind::semantic);
    EXPECT_EQ(paths.fault("%nobody"), Fault::Kind::execution);
    EXPECT_EQ(paths.fault("(1 | 2).single()"), Fault::Kind::execution);
}

TEST(FhirpathMistakes, AreEmptyUnlessStrict) {
    Paths paths;
    EXPECT_EQ(paths.answer("Patient.nme"), "[]");
    paths.environment.strict = true;
    EXPECT_EQ(paths.fault("Patient.nme"), Fault::Kind::semantic);
}

TEST(FhirpathLimits, StopWhatDoesNotEnd) {
    Paths paths(response);
    paths.environment.steps = 200'000;
    for (const char* text : {
             "('a').repeat($this & 'a')",
             "1.repeat($this + 1)",
             "1.repeatAll($this | 2)",
             "repeat(%resource.item).repeat(item | %resource.item)"
             ".aggregate($total & 'x' & iif($total.length() > 5, $total, ''), 'y')"
             ".repeat($this & 'b')",
         })
        EXPECT_EQ(paths.fault(text), Fault::Kind::limit) << text;
}

TEST(FhirpathLimits, EndARepeatThatGoesRound) {
    Paths paths(response);
    EXPECT_EQ(paths.answer("1.repeat(1 | 2 | 3).count()"), "[3]");
    EXPECT_EQ(paths.answer("item.repeat(%resource.item | item).count()"), "[4]");
}

TEST(FhirpathLimits, HoldTextsThatGrow) {
    Paths paths;
    std::string doubling = "'0123456789'";
    for (int i = 0; i < 40; ++i) doubling += ".select($this & $this)";
    EXPECT_EQ(paths.fault(doubling), Fault::Kind::limit);
    std::string inserting = "'ab'";
    for (int i = 0; i < 30; ++i) inserting += ".replace('', 'xxxxxxxx')";
    EXPECT_EQ(paths.fault(inserting), Fault::Kind::limit);
    std::string matching = "'ab'";
    for (int i = 0; i < 30; ++i) matching += ".replaceMatches('(.)', '$1$1$1')";
    EXPECT_EQ(paths.fault(matching), Fault::Kind::limit);
}

TEST(FhirpathLimits, HoldCollectionsThatGrow) {
    Paths paths;
    std::string doubling = "(1 | 2 | 3)";
    for (int i = 0; i < 40; ++i) doubling += ".select($this.combine($this))";
    EXPECT_EQ(paths.fault(doubling), Fault::Kind::limit);
}

TEST(FhirpathLimits, HoldTheDepthOfAnExpression) {
    const std::string deep = std::string(100'000, '(') + "1";
    ASSERT_FALSE(Expression::compile(deep));
    EXPECT_EQ(Expression::compile(deep).error().kind, Fault::Kind::limit);
    EXPECT_EQ(Expression::compile(std::string(100'000, '-') + "1").error().kind,
              Fault::Kind::limit);
    std::string chain = "a";
    for (int i = 0; i < 20'000; ++i) chain += ".a";
    EXPECT_EQ(Expression::compile(chain).error().kind, Fault::Kind::limit);
    std::string sum = "1";
    for (int i = 0; i < 20'000; ++i) sum += "+1";
    EXPECT_EQ(Expression::compile(sum).error().kind, Fault::Kind::limit);
}

TEST(FhirpathLimits, EvaluateAllTheDepthThatTheyLetThrough) {
    Paths paths;
    std::string chain = "1";
    for (int i = 0; i < 490; ++i) chain += ".select($this)";
    EXPECT_EQ(paths.answer(chain), "[1]");
    std::string nested = "1";
    for (int i = 0; i < 98; ++i) nested = "iif(true, " + nested + ".select($this))";
    EXPECT_EQ(paths.answer(nested), "[1]");
}

TEST(FhirpathLimits, MakeNothingOfNumbersThatAreTooLarge) {
    Paths paths;
    EXPECT_EQ(paths.answer("10.power(400)"), "[]");
    EXPECT_EQ(paths.answer("1000.exp()"), "[]");
    EXPECT_EQ(paths.answer("9223372036854775807 + 1"), "[]");
    EXPECT_EQ(paths.answer("(9223372036854775807 * 9223372036854775807) * "
                           "(9223372036854775807 * 9223372036854775807)"),
              "[]");
    EXPECT_EQ(Expression::compile(std::string(60, '9')).error().kind,
              Fault::Kind::syntax);
}

TEST(FhirpathLimits, RunAPatternInLinearTime) {
    Paths paths;
    const std::string text(20'000, 'a');
    EXPECT_EQ(paths.answer("'" + text + "!'.matches('^(a+)+$')"), "[false]");
    EXPECT_EQ(paths.fault("'a'.matches('(a)\\\\1')"), Fault::Kind::execution);
}

Reads reads_of(std::string_view text) {
    const auto expression = Expression::compile(text);
    EXPECT_TRUE(expression) << text;
    return expression ? expression->reads() : Reads{};
}

using Names = std::vector<std::string>;

TEST(FhirpathReads, NameTheItemsThatALinkIdNarrows) {
    const Reads one = reads_of("%resource.item.where(linkId = 'a').answer.value");
    EXPECT_FALSE(one.everything);
    EXPECT_EQ(one.link_ids, Names{"a"});
    const Reads two = reads_of(
        "%resource.repeat(item).where(linkId='a' or 'b' = linkId).answer.valueCoding"
        ".code");
    EXPECT_FALSE(two.everything);
    EXPECT_EQ(two.link_ids, (Names{"a", "b"}));
    const Reads in = reads_of(
        "%context.descendants().where(linkId in ('a' | 'b')).answer.value.sum()");
    EXPECT_FALSE(in.everything);
    EXPECT_EQ(in.link_ids, (Names{"a", "b"}));
}

TEST(FhirpathReads, LookAtEverythingWithoutALinkId) {
    EXPECT_TRUE(reads_of("%resource.repeat(item).answer.value.sum()").everything);
    EXPECT_TRUE(reads_of("item.answer.value").everything);
    EXPECT_TRUE(reads_of("%resource.item.where(linkId = %x).answer").everything);
    EXPECT_TRUE(reads_of("%resource.item.where(linkId != 'a').answer").everything);
    EXPECT_TRUE(reads_of("%resource").everything);
    // What lies below a named group.
    EXPECT_FALSE(
        reads_of("%resource.item.where(linkId='g').item.answer.value").everything);
    EXPECT_FALSE(reads_of("%resource.item.where(linkId='g').item.where(linkId='c')"
                          ".answer.value")
                     .everything);
}

TEST(FhirpathReads, CollectVariablesAndTheClock) {
    const Reads reads = reads_of("iif(%a > %b + %a, today(), %ucum)");
    EXPECT_FALSE(reads.everything);
    EXPECT_EQ(reads.variables, (Names{"a", "b"}));
    EXPECT_TRUE(reads.clock);
    EXPECT_FALSE(reads_of("%a").clock);
}

TEST(FhirpathReads, OfAScoreThatLooksIntoTheFormAreItsItems) {
    const Reads reads = reads_of(
        "%questionnaire.item.where(linkId = '/44250-9').answerOption.where("
        "valueCoding.code=%resource.item.where(linkId = '/44250-9').answer"
        ".valueCoding.code).extension.where(url=%scoreExt).valueDecimal");
    EXPECT_FALSE(reads.everything);
    EXPECT_EQ(reads.link_ids, Names{"/44250-9"});
    EXPECT_EQ(reads.variables, (Names{"questionnaire", "resource", "scoreExt"}));
}

}  // namespace

}  // namespace foyer::fhirpath
