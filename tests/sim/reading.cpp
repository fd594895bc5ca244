#include "tests/sim/reading.h"

#include <nlohmann/json.hpp>

namespace foyer::sim {

using nlohmann::json;

std::string text_at(const json& resource, const std::string& pointer) {
    const json::json_pointer path(pointer);
    if (!resource.contains(path)) return {};
    const json& found = resource.at(path);
    return found.is_string() ? found.get<std::string>() : std::string();
}

const json* extension(const json& element, std::string_view url) {
    const auto list = element.find("extension");
    if (list == element.end()) return nullptr;
    for (const json& each : *list)
        if (each.value("url", "") == url) return &each;
    return nullptr;
}

std::string extension_text(const json& element, std::string_view url,
                           const std::string& value) {
    const json* found = extension(element, url);
    return found ? text_at(*found, "/" + value) : "";
}

}  // namespace foyer::sim
