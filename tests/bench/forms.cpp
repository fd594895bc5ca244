#include "tests/bench/forms.h"

#include <fstream>
#include <sstream>

namespace foyer::bench {

namespace {

constexpr char calculated[] =
    R"("extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
    R"(sdc-questionnaire-calculatedExpression","valueExpression":)"
    R"({"language":"text/fhirpath","expression":")";

std::string question(int number) {
    const std::string id = std::to_string(number);
    return R"({"linkId":"q)" + id + R"(","text":"Question )" + id +
           R"(","type":"integer"})";
}

std::string total(const std::string& link_id, const std::string& from) {
    return R"({"linkId":")" + link_id + R"(","type":"integer","readOnly":true,)" +
           calculated + from + ".where(linkId != '" + link_id +
           R"x(').answer.value.sum()"}}]})x";
}

}  // namespace

std::string large_form(int items, int expressions) {
    constexpr int in_a_group = 10;
    std::string json =
        R"({"resourceType":"Questionnaire","status":"active","title":"Large","item":[)";
    for (int first = 0; first < items; first += in_a_group) {
        const int group = first / in_a_group;
        const std::string id = "g" + std::to_string(group);
        json += std::string(first ? "," : "") + R"({"linkId":")" + id +
                R"(","type":"group","text":"Part","item":[)";
        for (int i = first; i < first + in_a_group && i < items; ++i)
            json += (i > first ? "," : "") + question(i);
        if (group < expressions)
            json += "," + total("t" + std::to_string(group),
                                "%resource.item.where(linkId='" + id + "').item");
        json += "]}";
    }
    if (expressions == 0) json += "," + total("total", "%resource.repeat(item)");
    return json + "]}";
}

std::string phq9_form() {
    std::ostringstream text;
    text << std::ifstream(FOYER_SOURCE_DIR "/assets/forms/phq-9.json").rdbuf();
    return text.str();
}

}  // namespace foyer::bench
