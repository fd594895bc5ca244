#include "sync/fhir/release.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

namespace {

using nlohmann::json;

bool has_code(const json& concept_json, const std::vector<ServiceCode>& codes) {
    for (const json* coding : objects_of(concept_json, "coding"))
        for (const auto& wanted : codes)
            if (text_of(*coding, "code") == wanted.code &&
                (wanted.system.empty() || text_of(*coding, "system") == wanted.system))
                return true;
    return false;
}

bool is_release(const json& consent, const std::vector<ServiceCode>& codes) {
    return std::ranges::any_of(
        objects_of(consent, "category"),
        [&](const json* category) { return has_code(*category, codes); });
}

/// A date or dateTime is as long as it is written: a day, or the day of an instant.
std::string day_part(std::string_view text) {
    return std::string(text.substr(0, 10));
}

/// FHIR dates compare as text; "2026" stands for all of it.
bool in_force(const json& rule, const std::string& day) {
    const auto* period = object_of(rule, "period");
    if (period == nullptr) return true;
    const auto start = day_part(text_of(*period, "start"));
    const auto end = day_part(text_of(*period, "end"));
    return (start.empty() || day.substr(0, start.size()) >= start) &&
           (end.empty() || day.substr(0, end.size()) <= end);
}

std::string name_of(const json& concept_json) {
    if (const auto text = text_of(concept_json, "text"); !text.empty())
        return std::string(text);
    for (const json* coding : objects_of(concept_json, "coding"))
        if (const auto text = text_of(*coding, "display"); !text.empty())
            return std::string(text);
    return {};
}

/// Whom a rule is about: by name, else by what they are to the patient.
void add_actors(const json& rule, std::vector<std::string>& whom) {
    for (const json* actor : objects_of(rule, "actor")) {
        const auto* reference = object_of(*actor, "reference");
        std::string name(reference ? text_of(*reference, "display")
                                   : std::string_view());
        if (const auto* role = object_of(*actor, "role"))
            if (const auto relation = name_of(*role); !relation.empty())
                name += name.empty() ? relation : " (" + relation + ")";
        if (!name.empty()) whom.push_back(std::move(name));
    }
}

bool permits_by_default(const json& consent, const json* root) {
    const auto type = root ? text_of(*root, "type") : std::string_view();
    if (!type.empty()) return type == "permit";
    const auto* policy = object_of(consent, "policyRule");
    return policy == nullptr || !has_code(*policy, {{"", "OPTOUT"}});
}

std::optional<Release> release_in(const json& consent, const std::string& day) {
    Release release{.consent = std::string(text_of(consent, "id")), .whom = {}};
    const auto* root = object_of(consent, "provision");
    if (root != nullptr && !in_force(*root, day)) return std::nullopt;
    bool permitted = permits_by_default(consent, root);
    if (permitted && root != nullptr) add_actors(*root, release.whom);
    if (root != nullptr)
        for (const json* nested : objects_of(*root, "provision")) {
            if (text_of(*nested, "type") != "permit" || !in_force(*nested, day))
                continue;
            permitted = true;
            add_actors(*nested, release.whom);
        }
    if (!permitted) return std::nullopt;
    return release;
}

}  // namespace

Result<std::vector<Release>> releases_of(Store& store, std::string_view patient,
                                         Date day, const Site& site) {
    std::vector<Release> found;
    const auto consents = TRY(store.resources("Consent"));
    const std::string today = format_date(day);
    for (const auto& text : consents) {
        const json consent = json::parse(text, nullptr, false);
        if (!consent.is_object() || text_of(consent, "status") != "active") continue;
        const auto* who = object_of(consent, "patient");
        const auto reference =
            who ? read_reference(*who) : tl::unexpected(std::string("nobody"));
        if (!reference || reference->type != "Patient" || reference->id != patient ||
            !is_release(consent, site.release_codes))
            continue;
        if (auto release = release_in(consent, today))
            found.push_back(*std::move(release));
    }
    return found;
}

}  // namespace foyer
