#include "sync/fhir/part2_consents.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

namespace {

using nlohmann::json;

bool says_part2(const json* element, const char* codings) {
    return element != nullptr &&
           std::ranges::any_of(objects_of(*element, codings), [](const json* coding) {
               return text_of(*coding, "code") == "42CFRPart2";
           });
}

bool is_part2(const json& consent) {
    return says_part2(object_of(consent, "meta"), "security") ||
           says_part2(object_of(consent, "policyRule"), "coding");
}

}  // namespace

Result<std::vector<Part2Consent>> part2_consents_of(
    Store& store, const std::set<std::string>& patients) {
    std::vector<Part2Consent> found;
    for (auto& text : TRY(store.resources("Consent"))) {
        const json consent = json::parse(text, nullptr, false);
        if (!consent.is_object() || text_of(consent, "status") != "active" ||
            !is_part2(consent))
            continue;
        const auto* who = object_of(consent, "patient");
        if (who == nullptr) continue;
        const auto patient = read_reference(*who);
        if (!patient || patient->type != "Patient" || !patients.contains(patient->id))
            continue;
        found.push_back({patient->id, std::string(text_of(consent, "id")), text});
    }
    std::ranges::sort(found, {}, [](const Part2Consent& one) {
        return std::tie(one.patient, one.consent);
    });
    return found;
}

}  // namespace foyer
