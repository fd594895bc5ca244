#include "sync/pull/arrival.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "sync/clinic/call_name.h"
#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/pull/meta.h"

namespace foyer {

using nlohmann::json;

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
        if (const json* who = object_of(*agent, "who")) {
            if (seen.patient.empty()) seen.patient = id_of(*who, "Patient");
            seen.device = std::max(seen.device, device_index_of(*who));
        }
    const auto at = parse_instant(text_of(*parsed, "occurredDateTime"));
    const json* name = extension(*parsed, "urn:foyer:call-name");
    const auto called = call_name_from(name ? text_of(*name, "valueString") : "");
    if (seen.unit.empty() || seen.appointment.empty() || seen.patient.empty() || !at ||
        !called)
        return result;
    const json* late = extension(*parsed, "urn:foyer:late");
    seen.check_in = {.at = *at,
                     .clock = is_untrusted(*parsed, "_occurredDateTime")
                                  ? ClockQuality::untrusted
                                  : ClockQuality::trusted,
                     .call_name = *called,
                     .late = late && is_true(*late, "valueBoolean")};
    const json* method = extension(*parsed, "urn:foyer:attendance-method");
    seen.method = attendance_method(method ? text_of(*method, "valueCode") : "")
                      .value_or(AttendanceMethod::name);
    const json* attested = extension(*parsed, "urn:foyer:attested");
    seen.attested = attested && is_true(*attested, "valueBoolean");
    const json* by_hand = extension(*parsed, "urn:foyer:by-hand");
    seen.by_hand = by_hand && is_true(*by_hand, "valueBoolean");
    result.seen = std::move(seen);
    return result;
}

}  // namespace foyer
