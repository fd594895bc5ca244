#include "sync/push/attendance_resources.h"

#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/fhir/reference.h"
#include "sync/push/resources.h"
#include "sync/records/attendance_unit.h"

namespace foyer {

namespace {

using r4::Json;

const char* words(AttendanceKind kind) {
    switch (kind) {
        case AttendanceKind::sign_in:
            return "Signed in";
        case AttendanceKind::break_out:
            return "Left for a break";
        case AttendanceKind::break_in:
            return "Back from a break";
        case AttendanceKind::sign_out:
            return "Signed out";
    }
    return "";
}

Json by_key(const char* type, const std::string& key) {
    return {{"type", type},
            {"identifier", {{"system", ours::operation}, {"value", key}}}};
}

/// What the ledger needs of the session when its Appointment has left the schedule.
Json extensions(const AttendanceEvent& event) {
    Json all =
        Json::array({{{"url", ours::session},
                      {"valuePeriod",
                       {{"start", format_instant(event.starts)},
                        {"end", format_instant(std::max(event.starts, event.ends))}}}},
                     {{"url", ours::service}, {"valueCode", code(event.service)}},
                     {{"url", ours::attested}, {"valueBoolean", event.attested}}});
    if (!event.amends.empty())
        all.push_back({{"url", ours::amends}, {"valueString", event.amends}});
    if (!event.sign_up.empty())
        all.push_back({{"url", ours::sign_up}, {"valueString", event.sign_up}});
    return all;
}

const char* status(const AttendanceEvent& event) {
    if (event.amends.empty()) return "final";
    return event.voided ? "entered-in-error" : "amended";
}

}  // namespace

Json attendance_observation(const Writing& writing, const AttendanceEvent& event,
                            const Speaker& speaker, std::string_view role,
                            Names names) {
    Json json = writing.resource("Observation", role, false);
    // By this the other kiosks of the site find it.
    json["meta"]["tag"].push_back(
        {{"system", ours::attendance}, {"code", speaker.site_id}});
    json["extension"] = extensions(event);
    json["identifier"] = Json::array({writing.identifier(role)});
    json["status"] = status(event);
    json["code"] = r4::concept_of(
        {r4::coding(ours::observation, "attendance", "Attendance")}, "Attendance");
    json["subject"] = r4::named("Patient", event.patient, names);
    if (!event.appointment.empty())
        json["focus"] =
            Json::array({r4::named("Appointment", event.appointment, names)});
    json["effectiveInstant"] = format_instant(event.at);
    json["_effectiveInstant"]["extension"] =
        Json::array({{{"url", ours::clock_quality}, {"valueCode", code(event.clock)}}});
    json["issued"] = format_instant(event.recorded);
    json["performer"] =
        Json::array({event.by.empty() ? r4::named("Patient", event.patient, names)
                                      : Json{{"display", event.by}}});
    const char* kind = words(event.kind);
    json["valueCodeableConcept"] =
        r4::concept_of({r4::coding(ours::attendance, code(event.kind), kind)}, kind);
    if (!event.reason.empty())
        json["note"] = Json::array(
            {{{"time", format_instant(event.recorded)}, {"text", event.reason}}});
    json["method"] = r4::concept_of(
        {r4::coding(ours::attendance_method, code(event.method), "")}, "");
    json["device"] = writing.device();
    if (!event.amends.empty())
        json["derivedFrom"] =
            Json::array({by_key("Observation", event.amends + "/" + code(event.kind))});
    return json;
}

Result<std::string> attendance_bundle(const Unit& unit, const Speaker& speaker,
                                      Label label, Names names) {
    auto act = TRY(act_of(unit));
    const auto event = attendance_in(unit);
    if (!event)
        return fail(Error::Code::bad_input, "push: an attendance lacks something");
    // What a facilitator says is done when they say it.
    if (!event->by.empty()) act.at = format_instant(event->recorded);
    const Writing writing(unit, act, speaker, label);
    const char* role = code(event->kind);

    Json observation = attendance_observation(writing, *event, speaker, role, names);
    // The check-in may still be on its way, or be another kiosk's to tell: its
    // Encounter is named by what the act makes it.
    if (!event->appointment.empty())
        observation["encounter"] = by_key(
            "Encounter",
            unit_id(check_in_act(event->appointment, event->patient, act.shared)) +
                "/encounter");
    const Writing::Told told{.targets = {writing.full_url(role)},
                             .operation = "CREATE",
                             .act = "attendance",
                             .text = "Attendance at a kiosk",
                             .by = event->by,
                             .names = names};
    return transaction_of({writing.create(observation, role),
                           writing.create(writing.provenance(told), told.role)});
}

}  // namespace foyer
