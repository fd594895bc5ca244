#include "sync/pull/arrival.h"

#include <nlohmann/json.hpp>
#include <string>

#include "sync/clinic/call_name.h"
#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

namespace {

using nlohmann::json;

/// The code of `list` under a system; empty if there is none.
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
    const auto read = read_reference(reference);
    return read && read->type == type ? read->id : std::string();
}

/// A server may keep one of the two marks and not the other.
bool is_untrusted(const json& provenance, const json& meta) {
    if (code_under(meta, "tag", "urn:foyer:clock") == "untrusted") return true;
    const json* time = object_of(provenance, "_occurredDateTime");
    const json* quality = time ? extension(*time, "urn:foyer:clock-quality") : nullptr;
    return quality && text_of(*quality, "valueCode") == "untrusted";
}

}  // namespace

ArrivalRead read_arrival(std::string_view provenance, std::string_view site_id) {
    const auto parsed = parse_json(provenance);
    if (!parsed) return {};
    const json* meta = object_of(*parsed, "meta");
    const json* activity = object_of(*parsed, "activity");
    // A server that passes over `_tag` shows whatever it has.
    if (!meta || !activity || code_under(*meta, "tag", arrival_tag) != site_id ||
        code_under(*activity, "coding", "urn:foyer:act") != "check-in")
        return {};

    ArrivalRead result{.wanted = true, .seen = {}};
    ArrivalSeen seen;
    const auto key = code_under(*meta, "tag", "urn:foyer:op");
    seen.unit = key.substr(0, key.find('/'));
    for (const json* target : objects_of(*parsed, "target"))
        if (seen.appointment.empty()) seen.appointment = id_of(*target, "Appointment");
    for (const json* agent : objects_of(*parsed, "agent"))
        if (const json* who = object_of(*agent, "who"); who && seen.patient.empty())
            seen.patient = id_of(*who, "Patient");
    const auto at = parse_instant(text_of(*parsed, "occurredDateTime"));
    const json* name = extension(*parsed, "urn:foyer:call-name");
    const auto called = call_name_from(name ? text_of(*name, "valueString") : "");
    if (seen.unit.empty() || seen.appointment.empty() || seen.patient.empty() || !at ||
        !called)
        return result;
    const json* late = extension(*parsed, "urn:foyer:late");
    seen.check_in = {.at = *at,
                     .clock = is_untrusted(*parsed, *meta) ? ClockQuality::untrusted
                                                           : ClockQuality::trusted,
                     .call_name = *called,
                     .late = late && is_true(*late, "valueBoolean")};
    result.seen = std::move(seen);
    return result;
}

}  // namespace foyer
