#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/push/attendance_resources.h"
#include "sync/push/resources.h"
#include "sync/push/seen_appointment.h"
#include "sync/push/writing.h"
#include "sync/records/attendance_unit.h"

namespace foyer {

namespace {

using r4::Json;

Result<Act> visit_act_of(const Unit& unit) {
    auto act = TRY(act_of(unit));
    if (act.appointment.empty() || act.patient.empty())
        return fail(Error::Code::bad_input,
                    "push: " + act.name + " without its Appointment or Patient");
    return act;
}

struct Target {
    bool shared = false;
    std::optional<std::string> changed;  ///< the Appointment, when it is to be PUT
};

/// What becomes of the Appointment itself. Everything but its status and our
/// participant's stays byte for byte (sync.md decision 3).
Result<Target> target_of(const Act& act, const std::optional<Contended>& appointment,
                         const char* status, const Site& site) {
    Target target{act.shared, {}};
    if (!appointment) return target;
    const auto seen = TRY(seen_appointment(appointment->json, site.service_codes));
    target.shared = target.shared || seen.shared();
    if (target.shared || holds_already(act, seen)) return target;
    std::string json =
        TRY(with_value(appointment->json, {"status"}, json_text(status)));
    if (const auto* ours = seen.participant(act.patient);
        ours != nullptr && ours->status != "accepted")
        json = TRY(
            with_value(json, {"participant", ours->place, "status"}, R"("accepted")"));
    target.changed = std::move(json);
    return target;
}

/// Signing in, where the service takes attendance or the Appointment is shared.
Json sign_in(const Writing& writing, const Act& act, const Unit& unit,
             const Speaker& speaker) {
    auto event = attendance_in(unit);
    const bool counted = event.has_value();
    if (!event) {
        event.emplace();
        event->appointment = act.appointment;
        event->patient = act.patient;
        event->at = event->recorded = *parse_instant(act.at);
        event->clock = act.trusted ? ClockQuality::trusted : ClockQuality::untrusted;
    }
    Json json =
        attendance_observation(writing, *event, speaker, code(AttendanceKind::sign_in));
    json["encounter"] = {{"reference", writing.full_url("encounter")}};
    // Nobody counts hours of it, and what the session is is not known.
    if (!counted) {
        json.erase("extension");
        json["meta"]["tag"].erase(json["meta"]["tag"].size() - 1);
        if (json["meta"]["tag"].empty()) json["meta"].erase("tag");
        if (json["meta"].empty()) json.erase("meta");
        json.erase("method");
    }
    return json;
}

/// What the other kiosks of the site look for, and take from it: how the patient is
/// called in the lobby, and that they came late.
void tell_kiosks(Json& provenance, const Unit& unit, const Speaker& speaker) {
    provenance["meta"]["tag"].push_back(
        {{"system", ours::arrival}, {"code", speaker.site_id}});
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    Json extensions = Json::array();
    if (const auto name = text_of(body, "call_name"); !name.empty())
        extensions.push_back({{"url", ours::call_name}, {"valueString", name}});
    if (is_true(body, "late"))
        extensions.push_back({{"url", ours::late}, {"valueBoolean", true}});
    if (const auto method = text_of(body, "method"); !method.empty())
        extensions.push_back({{"url", ours::attendance_method}, {"valueCode", method}});
    if (is_true(body, "attested"))
        extensions.push_back({{"url", ours::attested}, {"valueBoolean", true}});
    if (is_true(body, "by_hand"))
        extensions.push_back({{"url", ours::by_hand}, {"valueBoolean", true}});
    if (!extensions.empty()) provenance["extension"] = std::move(extensions);
}

}  // namespace

Json encounter_resource(const Writing& writing, const Act& act) {
    Json json = writing.resource("Encounter", "encounter", false);
    json["identifier"] = Json::array({writing.identifier("encounter")});
    json["status"] = "arrived";
    json["class"] = r4::coding("http://terminology.hl7.org/CodeSystem/v3-ActCode",
                               "AMB", "ambulatory");
    json["subject"] = writing.patient();
    json["appointment"] = Json::array({r4::reference("Appointment", act.appointment)});
    return json;
}

Result<std::string> check_in_bundle(const Unit& unit, const Speaker& speaker,
                                    const Site& site,
                                    const std::optional<Contended>& appointment,
                                    Label label) {
    const auto act = TRY(visit_act_of(unit));
    const Writing writing(unit, act, speaker, label);
    auto target = TRY(target_of(act, appointment, "arrived", site));
    const bool signed_in =
        target.shared || (act.service && takes_attendance(*act.service));
    const bool with_encounter = signed_in || site.server.encounters;

    Writing::Told told{.targets = {"Appointment/" + act.appointment},
                       .operation = target.changed ? "UPDATE" : "CREATE",
                       .act = "check-in",
                       .text = "Check-in at a kiosk"};
    if (with_encounter) told.targets.push_back(writing.full_url("encounter"));
    if (signed_in) told.targets.push_back(writing.full_url("sign-in"));
    Json provenance = writing.provenance(told);
    tell_kiosks(provenance, unit, speaker);

    std::vector<Entry> entries;
    if (target.changed)
        entries.push_back(Writing::update(*appointment, *std::move(target.changed)));
    entries.push_back(writing.create(provenance, told.role));
    if (with_encounter)
        entries.push_back(
            writing.create(encounter_resource(writing, act), "encounter"));
    if (signed_in)
        entries.push_back(
            writing.create(sign_in(writing, act, unit, speaker), "sign-in"));
    return transaction_of(entries);
}

Result<std::string> paperwork_bundle(const Unit& unit, const Speaker& speaker,
                                     const Site& site,
                                     const std::optional<Contended>& appointment,
                                     Label label) {
    const auto act = TRY(visit_act_of(unit));
    const Writing writing(unit, act, speaker, label);
    auto target = TRY(target_of(act, appointment, "checked-in", site));
    const Writing::Told told{.targets = {"Appointment/" + act.appointment},
                             .operation = target.changed ? "UPDATE" : "",
                             .act = "paperwork",
                             .text = "Paperwork is complete"};
    std::vector<Entry> entries;
    if (target.changed)
        entries.push_back(Writing::update(*appointment, *std::move(target.changed)));
    entries.push_back(writing.create(writing.provenance(told), told.role));
    return transaction_of(entries);
}

Result<std::string> earlier_bundle(const Unit& unit, const Speaker& speaker,
                                   Label label) {
    const auto act = TRY(visit_act_of(unit));
    const Writing writing(unit, act, speaker, label);
    const Writing::Told told{.role = "provenance-" + speaker.device(),
                             .targets = {"Appointment/" + act.appointment},
                             .operation = "",
                             .act = "check-in",
                             .text = "Check-in at a kiosk, earlier than it was told"};
    Json provenance = writing.provenance(told);
    tell_kiosks(provenance, unit, speaker);
    return transaction_of({writing.create(provenance, told.role)});
}

}  // namespace foyer
