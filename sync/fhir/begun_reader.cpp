#include "sync/fhir/begun_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

using nlohmann::json;

std::optional<Instant> start_of(const json& object) {
    const json* period = object_of(object, "period");
    const auto at = parse_instant(period ? text_of(*period, "start") : "");
    return at ? std::optional<Instant>(*at) : std::nullopt;
}

/// When the Encounter first had that status.
std::optional<Instant> since(const json& encounter, std::string_view status) {
    std::optional<Instant> first;
    for (const json* each : objects_of(encounter, "statusHistory")) {
        if (text_of(*each, "status") != status) continue;
        const auto start = start_of(*each);
        if (start && (!first || *start < *first)) first = start;
    }
    return first;
}

}  // namespace

std::optional<ReadBegun> read_begun(const json& encounter) {
    const auto status = text_of(encounter, "status");
    if (status != "in-progress" && status != "onleave" && status != "finished")
        return std::nullopt;
    const auto appointments = objects_of(encounter, "appointment");
    const json* subject = object_of(encounter, "subject");
    if (appointments.size() != 1 || subject == nullptr) return std::nullopt;
    auto appointment = read_reference(*appointments.front());
    auto patient = read_reference(*subject);
    const auto in_progress = since(encounter, "in-progress");
    const auto begun = in_progress ? in_progress : start_of(encounter);
    if (!appointment || !patient || !begun) return std::nullopt;
    return ReadBegun{.appointment = *std::move(appointment),
                     .patient = *std::move(patient),
                     .arrived = since(encounter, "arrived"),
                     .begun = *begun,
                     .from_history = in_progress.has_value()};
}

}  // namespace foyer
