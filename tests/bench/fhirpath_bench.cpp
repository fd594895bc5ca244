#include <benchmark/benchmark.h>
#include <map>
#include <string>

#include "kiosk/forms/fhirpath/fhirpath.h"
#include "tests/bench/benches.h"

namespace foyer {
namespace {

constexpr char weight_url[] = "http://hl7.org/fhir/StructureDefinition/itemWeight";

std::string link_id(int number) {
    return "/q" + std::to_string(number);
}

/// Answer options of four weights, as PHQ-9 has them.
std::string option(int weight, bool weighs) {
    const std::string number = std::to_string(weight);
    std::string coding = R"({"system":"http://loinc.org","code":"LA6568-)" + number +
                         R"(","display":"Several days")";
    if (weighs)
        coding += std::string(R"(,"extension":[{"url":")") + weight_url +
                  R"(","valueDecimal":)" + number + "}]";
    return coding + "}";
}

std::string response(int items, bool weighs) {
    std::string json = R"({"resourceType":"QuestionnaireResponse","item":[)";
    for (int i = 0; i < items; ++i) {
        json += std::string(i ? "," : "") + R"({"linkId":")" + link_id(i) +
                R"(","text":"Little interest or pleasure in doing things",)"
                R"("answer":[{"valueCoding":)" +
                option(i % 4, weighs) + "}]}";
    }
    return json + "]}";
}

std::string form(int items) {
    std::string json = R"({"resourceType":"Questionnaire","item":[)";
    for (int i = 0; i < items; ++i) {
        json += std::string(i ? "," : "") + R"({"linkId":")" + link_id(i) +
                R"(","type":"choice","answerOption":[)";
        for (int weight = 0; weight < 4; ++weight)
            json += std::string(weight ? "," : "") + R"({"extension":[{"url":")" +
                    "http://hl7.org/fhir/StructureDefinition/ordinalValue" +
                    R"(","valueDecimal":)" + std::to_string(weight) +
                    R"(}],"valueCoding":)" + option(weight, false) + "}";
        json += "]}";
    }
    return json + "]}";
}

/// A form and its response, and expressions over them.
struct Work {
    Elements elements;
    Elements scratch;
    std::map<std::string, fhirpath::Collection, std::less<>> variables;
    fhirpath::Environment environment;
    fhirpath::Collection focus;

    Work(int items, bool weighs) {
        const auto answers = read_json(response(items, weighs), elements);
        const auto questions = read_json(form(items), elements);
        environment.resource = *answers;
        environment.questionnaire = *questions;
        environment.variables = &variables;
        environment.scratch = &scratch;
        focus = {fhirpath::of_element(*answers)};
    }

    /// How often a second this is evaluated; `expected` is the JSON of its one value.
    void repeat(benchmark::State& state, const std::string& text,
                const std::string& expected) {
        const auto expression = fhirpath::Expression::compile(text);
        if (!expression) return state.SkipWithError(expression.error().what.c_str());
        const auto once = fhirpath::evaluate(*expression, focus, environment);
        if (!once || once->size() != 1 || to_json(once->front()) != expected)
            return state.SkipWithError("not what it should come to");
        for (auto _ : state) {
            scratch.clear();
            benchmark::DoNotOptimize(
                fhirpath::evaluate(*expression, focus, environment));
        }
        state.SetItemsProcessed(state.iterations());
    }
};

void simple_path(benchmark::State& state) {
    Work work(9, true);
    work.repeat(state, "item[4].answer.value.code", "\"LA6568-0\"");
}

/// The variables and the total that LHC-Forms' PHQ-9 has: ten expressions.
void phq9_total(benchmark::State& state) {
    Work work(9, false);
    std::vector<fhirpath::Expression> values;
    std::string total;
    for (int i = 0; i < 9; ++i) {
        const std::string id = link_id(i);
        const auto value = fhirpath::Expression::compile(
            "%questionnaire.item.where(linkId = '" + id +
            "').answerOption.where(valueCoding.code=%resource.item.where(linkId = '" +
            id +
            "').answer.valueCoding.code).extension.where(url="
            "'http://hl7.org/fhir/StructureDefinition/ordinalValue').valueDecimal");
        if (!value) return state.SkipWithError(value.error().what.c_str());
        values.push_back(*value);
        const std::string name = "%q" + std::to_string(i);
        total += (i ? " + " : "") + ("iif(" + name + ".exists(), " + name + ", 0)");
    }
    const auto sum = fhirpath::Expression::compile(total);
    if (!sum) return state.SkipWithError(sum.error().what.c_str());
    for (auto _ : state) {
        work.scratch.clear();
        for (int i = 0; i < 9; ++i)
            work.variables["q" + std::to_string(i)] = *fhirpath::evaluate(
                values[std::size_t(i)], work.focus, work.environment);
        const auto result = fhirpath::evaluate(*sum, work.focus, work.environment);
        if (!result || to_json(result->front()) != "12")
            return state.SkipWithError("the total is not 12");
    }
    state.SetItemsProcessed(state.iterations() * 10);
}

std::string sum_of(int items) {
    int sum = 0;
    for (int i = 0; i < items; ++i) sum += i % 4;
    return std::to_string(sum);
}

/// Weights on the answers, as Foyer keeps them.
void sum_of_weights(benchmark::State& state) {
    const int items = static_cast<int>(state.range(0));
    Work work(items, true);
    work.repeat(state,
                std::string("%resource.repeat(item).answer.valueCoding.extension"
                            ".where(url='") +
                    weight_url + "').valueDecimal.sum()",
                sum_of(items));
}

/// Weights looked up in the form.
void sum_of_ordinals(benchmark::State& state) {
    const int items = static_cast<int>(state.range(0));
    Work work(items, false);
    work.repeat(state, "%resource.repeat(item).answer.value.ordinal().sum()",
                sum_of(items));
}

void compiling(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(fhirpath::Expression::compile(
            "%resource.repeat(item).where(linkId = '/q1').answer.value.ordinal()"));
}

}  // namespace

void add_fhirpath() {
    using benchmark::kMicrosecond;
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("fhirpath/simple_path", simple_path)->Unit(kMicrosecond);
    RegisterBenchmark("fhirpath/phq9_total", phq9_total)->Unit(kMicrosecond);
    RegisterBenchmark("fhirpath/sum_of_weights", sum_of_weights)
        ->Arg(9)
        ->Arg(500)
        ->Unit(kMicrosecond);
    RegisterBenchmark("fhirpath/sum_of_ordinals", sum_of_ordinals)
        ->Arg(9)
        ->Arg(500)
        ->Unit(kMicrosecond);
    RegisterBenchmark("fhirpath/compile", compiling)->Unit(kMicrosecond);
}

}  // namespace foyer
