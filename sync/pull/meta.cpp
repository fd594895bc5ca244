#include "sync/pull/meta.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

using nlohmann::json;

std::string code_under(const json& object, const char* list, std::string_view system) {
    for (const json* each : objects_of(object, list))
        if (text_of(*each, "system") == system)
            return std::string(text_of(*each, "code"));
    return {};
}

const json* extension(const json& element, std::string_view url) {
    for (const json* each : objects_of(element, "extension"))
        if (text_of(*each, "url") == url) return each;
    return nullptr;
}

std::string id_of(const json& reference, std::string_view type) {
    if (const auto read = read_reference(reference))
        return read->type == type ? read->id : std::string();
    const json* identifier = object_of(reference, "identifier");
    if (!identifier || text_of(*identifier, "system") != "urn:foyer:id") return {};
    const Reference named = reference_of(text_of(*identifier, "value"));
    return named.type == type ? named.id : std::string();
}

int device_index_of(const json& reference) {
    const json* identifier = object_of(reference, "identifier");
    if (!identifier || text_of(*identifier, "system") != "urn:foyer:device") return -1;
    const auto value = text_of(*identifier, "value");
    const auto digits = value.substr(value.rfind('/') + 1);
    int index = -1;
    const auto end = digits.data() + digits.size();
    return std::from_chars(digits.data(), end, index).ptr == end ? index : -1;
}

bool is_untrusted(const json& resource, const char* time) {
    const json* meta = object_of(resource, "meta");
    if (meta && code_under(*meta, "tag", "urn:foyer:clock") == "untrusted") return true;
    const json* at = object_of(resource, time);
    const json* quality = at ? extension(*at, "urn:foyer:clock-quality") : nullptr;
    return quality && text_of(*quality, "valueCode") == "untrusted";
}

}  // namespace foyer
