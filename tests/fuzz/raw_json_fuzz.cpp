#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"

using nlohmann::json;

namespace {

/// "participant/0/status": numbers are places in arrays.
foyer::JsonPath path_from(std::string_view text) {
    foyer::JsonPath path;
    while (!text.empty()) {
        const auto step = text.substr(0, text.find('/'));
        const bool number =
            !step.empty() && step.size() < 6 &&
            step.find_first_not_of("0123456789") == std::string_view::npos;
        path.push_back(number ? foyer::JsonStep(std::stoul(std::string(step)))
                              : foyer::JsonStep(step));
        text.remove_prefix(std::min(step.size() + 1, text.size()));
    }
    return path;
}

json* place_in(json& root, const foyer::JsonPath& path) {
    json* at = &root;
    for (const auto& step : path) {
        if (step.index) {
            if (!at->is_array() || *step.index > at->size()) return nullptr;
            if (*step.index == at->size()) at->push_back(nullptr);
            at = &(*at)[*step.index];
        } else {
            if (!at->is_object()) return nullptr;
            at = &(*at)[std::string(step.name)];
        }
    }
    return at;
}

}  // namespace

/// The first line is a path, the rest a JSON text. What is changed means the same as
/// when a JSON library changes it, and what stood around it stands there still.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto end = std::min(all.find('\n'), all.size());
    const auto path = path_from(all.substr(0, end));
    const auto text = all.substr(std::min(end + 1, all.size()));
    constexpr std::string_view value = R"({"new":[1.50]})";

    const auto changed = foyer::with_value(text, path, value);
    auto tree = foyer::parse_json(text);
    if (!changed) return 0;
    if (!tree) std::abort();
    json* place = place_in(*tree, path);
    if (place == nullptr) std::abort();
    *place = json::parse(value);
    if (json::parse(*changed, nullptr, false) != *tree) std::abort();

    const auto there = foyer::raw_value(*changed, path);
    if (!there || *there != value) std::abort();
    const auto before = static_cast<std::size_t>(there->data() - changed->data());
    const auto after = changed->size() - before - value.size();
    // Before and behind the value nothing is lost; at most its name and a comma came.
    if (!text.ends_with(std::string_view(*changed).substr(before + value.size())))
        std::abort();
    std::size_t same = 0;
    while (same < before && same < text.size() && (*changed)[same] == text[same])
        ++same;
    if (same + after > text.size() && same != before) std::abort();
    return 0;
}
