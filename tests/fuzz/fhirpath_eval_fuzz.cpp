#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/forms/fhirpath/fhirpath.h"

namespace {

constexpr std::string_view response = R"({
  "resourceType": "QuestionnaireResponse", "id": "r", "authored": "2026-11-23T09:00:00Z",
  "contained": [{"resourceType": "Patient", "id": "p", "birthDate": "1974-12-25",
                 "name": [{"given": ["Ada", "B."], "family": "L"}]}],
  "subject": {"reference": "#p"},
  "item": [
    {"linkId": "a", "answer": [{"valueCoding": {"system": "s", "code": "yes",
      "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight",
                     "valueDecimal": 1.50}]}}]},
    {"linkId": "b", "answer": [{"valueQuantity": {"value": 185, "code": "[lb_av]",
      "system": "http://unitsofmeasure.org"}}, {"valueTime": "09:30:00"}]},
    {"linkId": "g", "item": [{"linkId": "c", "answer": [{"valueInteger": 3},
      {"valueDate": "2026-02"}, {"valueBoolean": true}, {"valueString": "x"}]}]}]})";

constexpr std::string_view form = R"({
  "resourceType": "Questionnaire", "item": [{"linkId": "a", "answerOption": [
    {"valueCoding": {"system": "s", "code": "yes"}, "extension": [{"url":
      "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 2}]}]}]})";

}  // namespace

/// Every expression comes to values, which can be written, or to a fault.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace foyer;
    static Elements elements;
    static const Element* const resource = *read_json(response, elements);
    static const Element* const questionnaire = *read_json(form, elements);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto expression = fhirpath::Expression::compile(text);
    if (!expression) return 0;
    Elements scratch;
    fhirpath::Environment environment;
    environment.resource = resource;
    environment.questionnaire = questionnaire;
    environment.scratch = &scratch;
    environment.steps = 20'000;
    const auto result =
        fhirpath::evaluate(*expression, {fhirpath::of_element(resource)}, environment);
    if (!result) {
        if (result.error().what.empty() || result.error().offset > size) std::abort();
        return 0;
    }
    static_cast<void>(fhirpath::as_boolean(*result));
    for (const auto& value : *result) {
        if (fhirpath::type_name(value).empty()) std::abort();
        if (fhirpath::to_json(value).empty()) std::abort();
        static_cast<void>(fhirpath::to_fhir(value, scratch));
    }
    return 0;
}
