#include "sync/pull/attendance.h"

#include <nlohmann/json.hpp>
#include <string>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/pull/meta.h"

namespace foyer {

namespace {

using nlohmann::json;

std::string text_under(const json& object, std::string_view url, const char* value) {
    const json* found = extension(object, url);
    return std::string(found ? text_of(*found, value) : "");
}

bool is_attendance(const json& observation, std::string_view site_id) {
    const json* meta = object_of(observation, "meta");
    const json* what = object_of(observation, "code");
    // A server that passes over `_tag` shows whatever it has.
    return meta && what && code_under(*meta, "tag", attendance_tag) == site_id &&
           code_under(*what, "coding", "urn:foyer:observation") == "attendance";
}

/// The session, which may have left the schedule long ago.
bool read_session(const json& observation, AttendanceEvent& event) {
    const json* session = extension(observation, "urn:foyer:session");
    const json* period = session ? object_of(*session, "valuePeriod") : nullptr;
    const auto starts = parse_instant(period ? text_of(*period, "start") : "");
    const auto ends = parse_instant(period ? text_of(*period, "end") : "");
    const auto what =
        service(text_under(observation, "urn:foyer:service", "valueCode"));
    if (!starts || !ends || !what) return false;
    event.starts = *starts;
    event.ends = *ends;
    event.service = *what;
    return true;
}

/// Who said it, and what an amendment says of itself.
void read_speaker(const json& observation, AttendanceEvent& event) {
    if (event.method == AttendanceMethod::facilitator)
        for (const json* who : objects_of(observation, "performer"))
            event.by = clean(text_of(*who, "display"));
    if (const json* device = object_of(observation, "device"))
        event.device = device_index_of(*device);
    const json* attested = extension(observation, "urn:foyer:attested");
    event.attested = attested && is_true(*attested, "valueBoolean");
    const json* by_hand = extension(observation, "urn:foyer:by-hand");
    event.by_hand = by_hand && is_true(*by_hand, "valueBoolean");
    event.amends = text_under(observation, "urn:foyer:amends", "valueString");
    if (event.amends.empty()) return;
    event.voided = text_of(observation, "status") == "entered-in-error";
    for (const json* note : objects_of(observation, "note"))
        event.reason = clean(text_of(*note, "text"));
}

}  // namespace

AttendanceRead read_attendance(std::string_view observation, std::string_view site_id) {
    const auto parsed = parse_json(observation);
    if (!parsed || !is_attendance(*parsed, site_id)) return {};
    AttendanceRead result{.wanted = true, .event = {}};
    AttendanceEvent event;
    for (const json* each : objects_of(*parsed, "identifier"))
        if (text_of(*each, "system") == "urn:foyer:op") {
            const auto key = text_of(*each, "value");
            event.unit = key.substr(0, key.find('/'));
        }
    if (const json* whom = object_of(*parsed, "subject"))
        event.patient = id_of(*whom, "Patient");
    for (const json* each : objects_of(*parsed, "focus"))
        event.appointment = id_of(*each, "Appointment");
    event.sign_up = text_under(*parsed, "urn:foyer:sign-up", "valueString");
    const auto at = parse_instant(text_of(*parsed, "effectiveInstant"));
    const auto recorded = parse_instant(text_of(*parsed, "issued"));
    const json* value = object_of(*parsed, "valueCodeableConcept");
    const auto kind =
        attendance_kind(value ? code_under(*value, "coding", attendance_tag) : "");
    const json* method = object_of(*parsed, "method");
    event.method =
        attendance_method(
            method ? code_under(*method, "coding", "urn:foyer:attendance-method") : "")
            .value_or(AttendanceMethod::name);
    const bool whose =
        !event.patient.empty() && !(event.appointment.empty() && event.sign_up.empty());
    if (event.unit.empty() || !whose || !at || !kind || !read_session(*parsed, event))
        return result;
    event.kind = *kind;
    event.at = *at;
    event.recorded = recorded ? *recorded : *at;
    event.clock = is_untrusted(*parsed, "_effectiveInstant") ? ClockQuality::untrusted
                                                             : ClockQuality::trusted;
    read_speaker(*parsed, event);
    result.event = std::move(event);
    return result;
}

}  // namespace foyer
