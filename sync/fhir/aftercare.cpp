#include "sync/fhir/aftercare.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

namespace {

using nlohmann::json;

template <std::size_t size>
std::size_t place_in(const std::array<std::string_view, size>& all,
                     std::string_view one) {
    return std::size_t(std::ranges::find(all, one) - all.begin());
}

bool is_open(const json& task) {
    constexpr std::array<std::string_view, 6> open = {
        "requested", "received", "accepted", "ready", "in-progress", "on-hold"};
    return place_in(open, text_of(task, "status")) < open.size();
}

bool is_aftercare(const json& task) {
    const auto* code = object_of(task, "code");
    if (code == nullptr) return false;
    return std::ranges::any_of(objects_of(*code, "coding"), [](const json* coding) {
        return text_of(*coding, "system") == "urn:foyer:task" &&
               text_of(*coding, "code") == "aftercare";
    });
}

bool is_for(const json& task, std::string_view patient) {
    const auto* who = object_of(task, "for");
    const auto reference =
        who ? read_reference(*who) : tl::unexpected(std::string("nobody"));
    return reference && reference->type == "Patient" && reference->id == patient;
}

/// http://hl7.org/fhir/StructureDefinition/translation
std::string description_of(const json& task, std::string_view language) {
    if (const auto* extended = object_of(task, "_description"))
        for (const json* translation : objects_of(*extended, "extension")) {
            std::string_view lang, content;
            for (const json* part : objects_of(*translation, "extension")) {
                if (text_of(*part, "url") == "lang") lang = text_of(*part, "valueCode");
                if (text_of(*part, "url") == "content")
                    content = text_of(*part, "valueString");
            }
            if (lang == language && !content.empty()) return clean(content);
        }
    return clean(text_of(task, "description"));
}

struct Line {
    std::size_t urgency = 0;
    std::string since, said;
};

}  // namespace

Result<std::vector<std::string>> aftercare_tasks(Store& store, std::string_view patient,
                                                 std::string_view language,
                                                 std::size_t at_most) {
    constexpr std::array<std::string_view, 3> urgent_first = {"stat", "asap", "urgent"};
    const auto tasks = TRY(store.resources("Task"));
    std::vector<Line> lines;
    for (const auto& text : tasks) {
        const json task = json::parse(text, nullptr, false);
        if (!task.is_object() || !is_open(task) || !is_aftercare(task) ||
            !is_for(task, patient))
            continue;
        auto said = description_of(task, language);
        if (said.empty()) continue;
        lines.push_back({place_in(urgent_first, text_of(task, "priority")),
                         std::string(text_of(task, "authoredOn")), std::move(said)});
    }
    std::ranges::sort(lines, {}, [](const Line& line) {
        return std::tie(line.urgency, line.since, line.said);
    });
    std::vector<std::string> said;
    for (std::size_t i = 0; i < std::min(at_most, lines.size()); ++i)
        said.push_back(std::move(lines[i].said));
    return said;
}

}  // namespace foyer
