#include "sync/records/display_names.h"

#include <array>
#include <nlohmann/json.hpp>

namespace foyer {

namespace {

using nlohmann::json;

/// Longer ones are notes for staff and do not fit a line of the screen.
constexpr std::size_t short_description = 40;

json parsed(std::string_view text) {
    return json::parse(text, nullptr, false);
}

std::string text_of(const json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// An empty list for anything that is not one.
const json& list_of(const json& object, const char* name) {
    static const json none = json::array();
    if (!object.is_object()) return none;
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : none;
}

std::string given_of(const json& name) {
    for (const json& given : list_of(name, "given"))
        if (given.is_string() && !given.get_ref<const std::string&>().empty())
            return given.get<std::string>();
    return {};
}

}  // namespace

std::string first_name(std::string_view practitioner_json) {
    const json practitioner = parsed(practitioner_json);
    const json& names = list_of(practitioner, "name");
    for (const std::string_view use : {"usual", "official"})
        for (const json& name : names)
            if (text_of(name, "use") == use && !given_of(name).empty())
                return given_of(name);
    for (const json& name : names)
        if (text_of(name, "use") != "old" && !given_of(name).empty())
            return given_of(name);
    return {};
}

std::string practitioner_of(std::string_view practitioner_role_json) {
    const json role = parsed(practitioner_role_json);
    if (!role.is_object() || !role.contains("practitioner")) return {};
    const std::string reference = text_of(role["practitioner"], "reference");
    // Absolute references name the same resource by the server's address.
    const auto type = reference.rfind("Practitioner/");
    return type == reference.npos ? "" : reference.substr(type);
}

std::string place_name(std::string_view location_json) {
    const json location = parsed(location_json);
    const std::string name = text_of(location, "name");
    const std::string description = text_of(location, "description");
    if (description.empty() || description.size() > short_description ||
        description == name)
        return name;
    return name.empty() ? description : name + ", " + description;
}

bool is_virtual_place(std::string_view location_json) {
    const json location = parsed(location_json);
    if (!location.is_object() || !location.contains("physicalType")) return false;
    for (const json& coding : list_of(location["physicalType"], "coding"))
        if (text_of(coding, "code") == "vi") return true;
    return false;
}

}  // namespace foyer
