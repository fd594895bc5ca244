#include "sync/push/attendance_resources.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/fhir/reference.h"
#include "sync/push/resources.h"
#include "sync/records/attendance_unit.h"
#include "sync/server/fhir_server.h"

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
    if (event.by_hand) all.push_back({{"url", ours::by_hand}, {"valueBoolean", true}});
    if (!event.amends.empty())
        all.push_back({{"url", ours::amends}, {"valueString", event.amends}});
    if (!event.sign_up.empty())
        all.push_back({{"url", ours::sign_up}, {"valueString", event.sign_up}});
    return all;
}

/// The Encounter of a visit, as its check-in makes it.
std::string encounter_key(const Act& act) {
    return unit_id(check_in_act(act.appointment, act.patient, act.shared)) +
           "/encounter";
}

/// What a session that is over says: [{"status", "from", "until"}, ...].
Result<Json> status_history(const nlohmann::json& body) {
    Json history = Json::array();
    for (const auto* each : objects_of(body, "history")) {
        const auto status = text_of(*each, "status");
        if (!parse_instant(text_of(*each, "from")) ||
            !parse_instant(text_of(*each, "until")) ||
            (status != "in-progress" && status != "onleave"))
            return fail(Error::Code::bad_input, "push: a session without its times");
        history.push_back(
            {{"status", status},
             {"period",
              {{"start", text_of(*each, "from")}, {"end", text_of(*each, "until")}}}});
    }
    if (history.empty())
        return fail(Error::Code::bad_input, "push: a session without its times");
    return history;
}

/// Whether the Encounter says so already, but for the words of the server.
bool holds_already(const Contended& encounter, const Json& period,
                   const Json& history) {
    const auto held = nlohmann::json::parse(encounter.json, nullptr, false);
    const auto says = [&](const char* name, const Json& value) {
        const auto found = held.find(name);
        return found != held.end() && *found == nlohmann::json::parse(value.dump());
    };
    return text_of(held, "status") == "finished" && says("period", period) &&
           says("statusHistory", history);
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
        observation["encounter"] = by_key("Encounter", encounter_key(act));
    const Writing::Told told{.targets = {writing.full_url(role)},
                             .operation = "CREATE",
                             .act = "attendance",
                             .text = "Attendance at a kiosk",
                             .by = event->by,
                             .names = names};
    return transaction_of({writing.create(observation, role),
                           writing.create(writing.provenance(told), told.role)});
}

std::string encounter_of(const Act& act) {
    return "Encounter?identifier=" +
           encoded(std::string(ours::operation) + "|" + encounter_key(act));
}

Result<std::string> signature_bundle(const Unit& unit, const Speaker& speaker,
                                     Label label, Names names) {
    const auto act = TRY(act_of(unit));
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    const auto signs = text_of(body, "signs"), png = text_of(body, "png");
    if (act.appointment.empty() || act.patient.empty() || signs.empty() || png.empty())
        return fail(Error::Code::bad_input, "push: a signature without what it signs");
    const Writing writing(unit, act, speaker, label);
    const Writing::Told told{.operation = "CREATE",
                             .act = "signature",
                             .text = "Signed at a kiosk",
                             .names = names};
    Json provenance = writing.provenance(told);
    provenance["target"] =
        Json::array({r4::named("Appointment", act.appointment, names),
                     by_key("Observation",
                            std::string(signs) + "/" + code(AttendanceKind::sign_in))});
    // The datatype Signature: who, when, and what it looks like.
    provenance["signature"] = Json::array(
        {{{"type",
           Json::array({r4::coding("urn:iso-astm:E1762-95:2013",
                                   "1.2.840.10065.1.12.1.1", "Author's Signature")})},
          {"when", act.at},
          {"who", writing.patient(names)},
          {"sigFormat", "image/png"},
          {"data", png}}});
    return transaction_of({writing.create(provenance, told.role)});
}

Result<std::string> attendance_close_bundle(const Unit& unit, const Speaker& speaker,
                                            const std::optional<Contended>& encounter,
                                            Label label) {
    const auto act = TRY(act_of(unit));
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    if (act.appointment.empty() || act.patient.empty())
        return fail(Error::Code::bad_input, "push: a session without its Appointment");
    const Json history = TRY(status_history(body));
    const Json period = {{"start", history.front()["period"]["start"]},
                         {"end", history.back()["period"]["end"]}};
    const Writing writing(unit, act, speaker, label);

    std::vector<Entry> entries;
    std::string target;
    if (encounter) {
        target = "Encounter/" + encounter->id;
        if (!holds_already(*encounter, period, history)) {
            auto json =
                TRY(with_value(encounter->json, {"status"}, json_text("finished")));
            json = TRY(with_value(json, {"period"}, r4::dumped(period)));
            json = TRY(with_value(json, {"statusHistory"}, r4::dumped(history)));
            entries.push_back(Writing::update(*encounter, std::move(json)));
        }
    } else {
        // Nobody told of a check-in: the facilitator said that the patient was there.
        Json json = encounter_resource(writing, act);
        json["identifier"][0]["value"] = encounter_key(act);
        json["status"] = "finished";
        json["statusHistory"] = history;
        json["period"] = period;
        auto entry = writing.create(json, "encounter");
        entry.if_none_exist =
            std::string("identifier=") + ours::operation + "|" + encounter_key(act);
        target = entry.full_url;
        entries.push_back(std::move(entry));
    }
    const Writing::Told told{.targets = {target},
                             .operation = encounter ? "UPDATE" : "CREATE",
                             .act = "attendance-close",
                             .text = "Attendance closed by the facilitator",
                             .by = std::string(text_of(body, "by"))};
    // First, because it is what the unit is looked for by.
    entries.insert(entries.begin(),
                   writing.create(writing.provenance(told), told.role));
    return transaction_of(entries);
}

}  // namespace foyer
