#include "kiosk/forms/known_extensions.h"

#include <algorithm>
#include <array>

namespace foyer {

namespace {

constexpr std::string_view core = "http://hl7.org/fhir/StructureDefinition/";
constexpr std::array<std::string_view, 38> of_core = {
    "cqf-calculatedValue",
    "cqf-expression",
    "designNote",
    "entryFormat",
    "itemWeight",
    "maxDecimalPlaces",
    "maxSize",
    "maxValue",
    "mimeType",
    "minLength",
    "minValue",
    "ordinalValue",
    "preferredTerminologyServer",
    "questionnaire-choiceOrientation",
    "questionnaire-constraint",
    "questionnaire-displayCategory",
    "questionnaire-hidden",
    "questionnaire-itemControl",
    "questionnaire-maxOccurs",
    "questionnaire-minOccurs",
    "questionnaire-optionExclusive",
    "questionnaire-optionPrefix",
    "questionnaire-referenceProfile",
    "questionnaire-referenceResource",
    "questionnaire-signatureRequired",
    "questionnaire-sliderStepValue",
    "questionnaire-supportLink",
    "questionnaire-unit",
    "questionnaire-unitOption",
    "questionnaire-usageMode",
    "regex",
    "rendering-markdown",
    "rendering-style",
    "rendering-xhtml",
    "targetConstraint",
    "terminology-server",
    "translation",
    "variable",
};

constexpr std::string_view sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
constexpr std::array<std::string_view, 15> of_sdc = {
    "itemWeight",
    "sdc-questionnaire-answerExpression",
    "sdc-questionnaire-calculatedExpression",
    "sdc-questionnaire-enableWhenExpression",
    "sdc-questionnaire-entryMode",
    "sdc-questionnaire-initialExpression",
    "sdc-questionnaire-itemWeight",
    "sdc-questionnaire-launchContext",
    "sdc-questionnaire-observation-extract-category",
    "sdc-questionnaire-observationExtract",
    "sdc-questionnaire-openLabel",
    "sdc-questionnaire-preferredTerminologyServer",
    "sdc-questionnaire-shortText",
    "sdc-questionnaire-targetConstraint",
    "sdc-questionnaire-width",
};

constexpr std::array<std::string_view, 8> ours = {
    "urn:foyer:about",
    "urn:foyer:consent",
    "urn:foyer:consent-decision",
    "urn:foyer:consent-expiry",
    "urn:foyer:consent-withdrawal",
    "urn:foyer:expires-after-days",
    "urn:foyer:form-language",
    "urn:foyer:part",
};

template <class List>
bool has(const List& list, std::string_view name) {
    return std::ranges::find(list, name) != list.end();
}

}  // namespace

bool is_known_extension(std::string_view url) {
    if (url.starts_with(sdc)) return has(of_sdc, url.substr(sdc.size()));
    if (url.starts_with(core)) return has(of_core, url.substr(core.size()));
    return has(ours, url);
}

}  // namespace foyer
