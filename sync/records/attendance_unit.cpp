#include "sync/records/attendance_unit.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/clinic/standing_events.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

constexpr const char* act_name = "attendance";

Json to_json(const AttendanceEvent& event) {
    Json body = {{"act", act_name},
                 {"appointment", event.appointment},
                 {"patient", event.patient},
                 {"service", code(event.service)},
                 {"starts", format_instant(event.starts)},
                 {"ends", format_instant(event.ends)},
                 {"kind", code(event.kind)},
                 {"at", format_instant(event.at)},
                 {"clock", code(event.clock)},
                 {"device", event.device},
                 {"method", code(event.method)},
                 {"attested", event.attested},
                 {"recorded", format_instant(event.recorded)}};
    if (!event.sign_up.empty()) body["sign_up"] = event.sign_up;
    if (event.by_hand) body["by_hand"] = true;
    if (!event.by.empty()) body["by"] = event.by;
    if (!event.amends.empty()) body["amends"] = event.amends;
    if (!event.reason.empty()) body["reason"] = event.reason;
    if (event.voided) body["voided"] = true;
    return body;
}

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

bool flag_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::optional<AttendanceEvent> event_in(const Json& body, std::string unit) {
    if (!body.is_object() || text_at(body, "act") != act_name) return std::nullopt;
    const auto kind = attendance_kind(text_at(body, "kind"));
    const auto at = parse_instant(text_at(body, "at"));
    const auto starts = parse_instant(text_at(body, "starts"));
    const auto ends = parse_instant(text_at(body, "ends"));
    const auto method = attendance_method(text_at(body, "method"));
    if (!kind || !at || !starts || !ends || !method) return std::nullopt;
    AttendanceEvent event;
    event.unit = std::move(unit);
    event.appointment = text_at(body, "appointment");
    event.sign_up = text_at(body, "sign_up");
    event.patient = text_at(body, "patient");
    event.service = service(text_at(body, "service")).value_or(Service::other);
    event.starts = *starts;
    event.ends = *ends;
    event.kind = *kind;
    event.at = *at;
    event.clock = text_at(body, "clock") == code(ClockQuality::trusted)
                      ? ClockQuality::trusted
                      : ClockQuality::untrusted;
    if (const auto device = body.find("device");
        device != body.end() && device->is_number_integer())
        event.device = device->get<int>();
    event.method = *method;
    event.attested = flag_at(body, "attested");
    event.by_hand = flag_at(body, "by_hand");
    event.by = text_at(body, "by");
    event.amends = text_at(body, "amends");
    event.reason = text_at(body, "reason");
    event.voided = flag_at(body, "voided");
    event.recorded = parse_instant(text_at(body, "recorded")).value_or(*at);
    const bool whose =
        !event.patient.empty() && !(event.appointment.empty() && event.sign_up.empty());
    if (!whose || event.unit.empty()) return std::nullopt;
    return event;
}

}  // namespace

std::string act_of(const AttendanceEvent& event) {
    std::string act = "attendance|";
    if (!event.amends.empty())
        return act + "amends|" + event.amends + "|" +
               (event.voided ? "void" : format_instant(event.at)) + "|" +
               format_instant(event.recorded);
    act += event.appointment.empty() ? "sign-up/" + event.sign_up
                                     : "Appointment/" + event.appointment;
    act += "|Patient/" + event.patient + "|" + code(event.kind) + "|" +
           format_instant(event.at);
    return event.by.empty() ? act : act + "|" + event.by;
}

std::string check_in_act(std::string_view appointment, std::string_view patient,
                         bool shared) {
    std::string act = "check-in|Appointment/";
    act += appointment;
    if (shared) (act += "|Patient/") += patient;
    return act;
}

Unit unit_of(const AttendanceEvent& event, bool shared) {
    Json body = to_json(event);
    body["shared"] = shared;
    return {.id = event.unit,
            .lane = Lane::attendance,
            .at = event.recorded,
            .visit = std::nullopt,
            .patient = std::nullopt,
            .body = dumped(body)};
}

std::optional<AttendanceEvent> attendance_in(const Unit& unit) {
    Json body = Json::parse(unit.body, nullptr, false);
    if (!body.is_object() || text_at(body, "act") != "check-in")
        return event_in(body, unit.id);
    const auto visit = service(text_at(body, "service"));
    if (!visit || !takes_attendance(*visit)) return std::nullopt;
    // What an older version queued lacks some of it.
    body["act"] = act_name;
    body["kind"] = code(AttendanceKind::sign_in);
    if (!attendance_method(text_at(body, "method")))
        body["method"] = code(AttendanceMethod::name);
    if (!body.contains("ends")) body["ends"] = text_at(body, "starts");
    return event_in(body, unit.id);
}

std::string to_text(const AttendanceEvent& event) {
    Json row = to_json(event);
    row["unit"] = event.unit;
    return dumped(row);
}

Result<AttendanceEvent> attendance_from(std::string_view text) {
    const auto row = Json::parse(text, nullptr, false);
    auto event = row.is_object() ? event_in(row, text_at(row, "unit")) : std::nullopt;
    if (!event) return fail(Error::Code::corrupt, "records: an attendance is damaged");
    return *std::move(event);
}

std::vector<AttendanceEvent> standing(const std::vector<AttendanceEvent>& events) {
    std::vector<const AttendanceEvent*> given;
    for (const auto& event : events) given.push_back(&event);
    const StandingEvents stand(std::move(given));
    std::vector<AttendanceEvent> all;
    for (const auto* event : stand.all()) all.push_back(*event);
    return all;
}

}  // namespace foyer
