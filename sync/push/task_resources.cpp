#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/push/resources.h"
#include "sync/push/writing.h"

namespace foyer {

namespace {

using r4::Json;

constexpr const char* task_code = "http://hl7.org/fhir/CodeSystem/task-code";

/// What the desk reads. Nothing of what a patient comes for: the list is open at the
/// front desk.
struct DeskWords {
    std::string_view reason, priority, text;
};
constexpr std::array desk_words = {
    DeskWords{"no-match", "routine", "Nobody was found for what a patient typed."},
    DeskWords{"no-visit-today", "routine", "A patient without a visit today."},
    DeskWords{"other-day", "routine", "A patient whose visit is on another day."},
    DeskWords{"other-site", "routine", "A patient whose visit is at another site."},
    DeskWords{"cancelled", "urgent", "A patient whose visit is cancelled."},
    DeskWords{"too-early", "routine", "A patient came before check-in opens."},
    DeskWords{"over", "urgent", "A patient whose visit is over."},
    DeskWords{"late", "routine", "A patient came late."},
    DeskWords{"not-me", "routine", "A patient was shown as somebody else."},
    DeskWords{"ambiguous", "routine", "Two patients fit what was typed."},
    DeskWords{"bad-slip", "routine", "A slip could not be read."},
    DeskWords{"unknown-slip", "routine", "A slip of a visit that the kiosk lacks."},
    DeskWords{"contact-changed", "routine", "A patient's phone number is not right."},
    DeskWords{"walk-in", "urgent", "Somebody came without a visit."},
    DeskWords{"guest", "routine", "A guest is here."},
    DeskWords{"guest-admitted", "routine", "A guest goes in with a patient."},
    DeskWords{"private-room", "urgent", "A patient asks for a private room."},
    DeskWords{"see-at-once", "urgent", "A patient is here who is to be seen at once."},
    DeskWords{"guardian-away", "routine",
              "A patient is here alone; something needs their parent or guardian."},
    DeskWords{"help", "stat", "Somebody at the kiosk asks for a person."},
    DeskWords{"save-failed", "urgent", "A kiosk could not save a check-in."},
    DeskWords{"form-refused", "routine", "A patient would rather not fill in a form."},
    DeskWords{"form-failed", "urgent", "A kiosk could not save a form."},
    DeskWords{"not-signed-in", "routine",
              "A patient was here today; no sign-in is recorded."},
    DeskWords{"sign-out-missed", "routine",
              "A patient comes to sign out long after the end."},
    DeskWords{"sign-in-disputed", "urgent",
              "A slip signed somebody in who says that it is not theirs."},
    // What the exchange with the server found.
    DeskWords{"visit-cancelled", "urgent",
              "A patient is here; the visit was cancelled meanwhile."},
    DeskWords{"visit-no-show", "urgent",
              "A patient is here; the visit was marked as a no-show meanwhile."},
    DeskWords{"visit-moved", "urgent",
              "A patient is here; the visit was moved to another day meanwhile."},
    DeskWords{"visit-gone", "urgent",
              "A patient is here; the visit is no longer in the schedule."},
    DeskWords{"not-a-participant", "urgent",
              "A patient is here; the visit is another patient's meanwhile."},
    DeskWords{"patient-gone", "routine",
              "A patient asked for a change; the record is gone meanwhile."},
    DeskWords{"encounter-cancelled", "routine",
              "A patient was at a session; its record was called off meanwhile."},
    DeskWords{"seat-lost", "urgent",
              "A patient was promised a seat of a class; it is theirs no longer."},
    DeskWords{"left-after-arrival", "routine",
              "A patient gives up a class at which they have arrived."},
    DeskWords{"unit-refused", "urgent",
              "The server did not take what a kiosk recorded; see \"foyer status\"."},
    DeskWords{"safety-refused", "stat",
              "Somebody needs a clinician now; the server did not take the message. "
              "Ask at the kiosk."},
};

DeskWords words_for(std::string_view reason) {
    const auto* found = std::ranges::find(desk_words, reason, &DeskWords::reason);
    return found != desk_words.end()
               ? *found
               : DeskWords{reason, "routine", "A kiosk asks for somebody at the desk."};
}

/// A Task that waits for somebody of the clinic.
Json task(const Writing& writing, const Act& act, const char* role,
          const std::string& code, const std::string& what) {
    Json json = writing.resource("Task", role, false);
    json["identifier"] = Json::array({writing.identifier(role)});
    json["status"] = "requested";
    json["intent"] = "order";
    json["priority"] = "routine";
    json["code"] = r4::concept_of({r4::coding(ours::task, code, what)}, what);
    json["authoredOn"] = act.at;
    json["requester"] = writing.device();
    return json;
}

Json input(const char* type, const char* name, Json value) {
    return {{"type", {{"text", type}}}, {name, std::move(value)}};
}

/// The link ids on the way to the item that the unit names: "phq9/phq9-9".
std::string item_named_in(const nlohmann::json& path) {
    std::string item;
    for (const auto& step : path)
        item += (item.empty() ? "" : "/") + std::string(text_of(step, "id"));
    return item;
}

/// Of somebody who waits in the lobby: by which name, and for what. Nobody has seen who
/// they are.
void add_lobby(const nlohmann::json& body, Json& json, Json& inputs) {
    const std::string name(text_of(body, "call_name"));
    if (name.empty()) return;
    json["businessStatus"] =
        r4::concept_of({r4::coding(ours::identity, "unverified", "")}, "unverified");
    inputs.push_back(input("call-name", "valueString", name));
    for (const char* what : {"need", "topic", "code", "release"})
        if (const std::string value(text_of(body, what)); !value.empty())
            inputs.push_back(input(what, "valueCode", value));
    if (const std::string guest(text_of(body, "guest")); !guest.empty())
        inputs.push_back(input("guest", "valueString", guest));
    if (const std::string by(text_of(body, "decided_by")); !by.empty())
        inputs.push_back(input("decided-by", "valueString", by));
    const auto whom = body.find("whom");
    if (whom != body.end() && whom->is_array())
        for (const auto& one : *whom)
            if (one.is_string())
                inputs.push_back(input("may-be-told", "valueString", one));
    if (const auto release = text_of(body, "release"); !release.empty())
        json["description"] =
            json["description"].get<std::string>() +
            (release == "on-file" ? " Release on file."
                                  : " No release: public lobby only.");
}

/// Which question, of which form, and the answer as it was given. Inputs and not a
/// contained resource: the invariants of those (dom-3) are more than some validators
/// can evaluate, and every work list shows inputs.
void add_answer(const Act& act, const nlohmann::json& body, Json& inputs) {
    if (!act.form.empty())
        inputs.push_back(input("questionnaire", "valueCanonical", act.form));
    const auto path = nlohmann::json::parse(text_of(body, "path"), nullptr, false);
    if (path.is_array() && !path.empty())
        inputs.push_back(input("item", "valueString", item_named_in(path)));
    const auto answer = raw_value(text_of(body, "answer"), {});
    const auto value = answer ? Json::parse(*answer, nullptr, false) : Json();
    if (!value.is_object()) return;
    for (const auto& [name, given] : value.items())
        if (name.starts_with("value"))
            inputs.push_back(input("answer", name.c_str(), given));
}

}  // namespace

Result<std::string> safety_bundle(const Unit& unit, const Speaker& speaker, const Site&,
                                  Label label, Names names) {
    const auto act = TRY(act_of(unit));
    if (act.patient.empty())
        return fail(Error::Code::bad_input, "push: a safety unit without its Patient");
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    const Writing writing(unit, act, speaker, label);
    Json json = task(writing, act, "safety", "safety",
                     "An answer at a kiosk needs a clinician now");
    json["priority"] = "stat";
    const std::string what(text_of(body, "what")), level(text_of(body, "level")),
        rule(text_of(body, "rule"));
    if (!what.empty())
        json["businessStatus"] =
            r4::concept_of({r4::coding(ours::safety, what, "")}, what);
    if (!rule.empty())
        json["reasonCode"] = r4::concept_of({r4::coding(ours::safety, rule, "")}, rule);
    std::string text = "An answer at a kiosk needs a clinician now.";
    if (!level.empty()) text += " Level: " + level + ".";
    if (!what.empty()) text += " The answer was " + what + ".";
    json["description"] = text;
    json["for"] = r4::named("Patient", act.patient, names);
    Json inputs = Json::array();
    add_answer(act, body, inputs);
    if (!level.empty()) inputs.push_back(input("level", "valueCode", level));
    if (!what.empty()) inputs.push_back(input("what", "valueCode", what));
    if (!inputs.empty()) json["input"] = std::move(inputs);
    return transaction_of({writing.create(json, "safety")});
}

Result<std::string> desk_bundle(const Unit& unit, const Speaker& speaker, const Site&,
                                Label label, Names names) {
    const auto act = TRY(act_of(unit));
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    const std::string reason(text_of(body, "reason"));
    if (reason.empty())
        return fail(Error::Code::bad_input, "push: a note for the desk without reason");
    const DeskWords words = words_for(reason);
    const Writing writing(unit, act, speaker, label);
    Json json = task(writing, act, "desk", "desk", "A kiosk asks the front desk");
    json["priority"] = words.priority;
    json["reasonCode"] =
        r4::concept_of({r4::coding(ours::reason, reason, "")}, words.text);
    json["description"] = words.text;
    // What is gone from the server cannot be referred to there.
    const Names visit = reason == "visit-gone" ? Names::identifiers : names;
    const Names whom = reason == "patient-gone" ? Names::identifiers : names;
    if (!act.appointment.empty())
        json["focus"] = r4::named("Appointment", act.appointment, visit);
    if (!act.patient.empty()) json["for"] = r4::named("Patient", act.patient, whom);
    Json inputs = Json::array();
    add_lobby(body, json, inputs);
    if (!act.form.empty()) inputs.push_back(input("form", "valueUri", act.form));
    if (const auto of = text_of(body, "of"); !of.empty())
        inputs.push_back(input("act", "valueCode", of));
    if (const auto of = text_of(body, "of_unit"); !of.empty())
        inputs.push_back(input("unit", "valueString", of));
    if (!inputs.empty()) json["input"] = std::move(inputs);
    return transaction_of({writing.create(json, "desk")});
}

namespace {

struct NewContact {
    std::string phone, email;
};

/// The place in `telecom` of what the kiosk shows: the first of the uses in the order
/// in which patient_reader.cpp asks them; none if there is none.
std::optional<std::size_t> place_of(const nlohmann::json& patient,
                                    std::string_view system) {
    const auto telecom = patient.find("telecom");
    if (telecom == patient.end() || !telecom->is_array()) return std::nullopt;
    for (const std::string_view use : {"mobile", "home", "", "temp", "work"})
        for (std::size_t i = 0; i < telecom->size(); ++i) {
            const auto& point = (*telecom)[i];
            const auto* period = object_of(point, "period");
            if (text_of(point, "system") == system && text_of(point, "use") == use &&
                (period == nullptr || text_of(*period, "end").empty()))
                return i;
        }
    return std::nullopt;
}

/// `json` with one way to reach the patient put in the place of the one they had.
Result<std::string> with_contact(std::string json, const char* system,
                                 const std::string& value) {
    if (value.empty()) return json;
    const auto patient = nlohmann::json::parse(json, nullptr, false);
    if (const auto place = place_of(patient, system))
        return with_value(json, {"telecom", *place, "value"}, json_text(value));
    const std::string point = r4::dumped(Json{{"system", system}, {"value", value}});
    if (!has(patient, "telecom"))
        return with_value(json, {"telecom"}, "[" + point + "]");
    const auto all = raw_value(json, {"telecom"});
    return with_value(json, {"telecom", raw_elements(*all).size()}, point);
}

Json proposal(const Writing& writing, const Act& act, const NewContact& wanted) {
    Json json = task(writing, act, "contact", "contact",
                     "A patient asks for other contact data");
    json["intent"] = "proposal";
    json["code"]["coding"].push_back(r4::coding(task_code, "change", ""));
    json["description"] = "A patient asks for another phone number or e-mail address.";
    json["focus"] = writing.patient();
    json["for"] = writing.patient();
    Json inputs = Json::array();
    if (!wanted.phone.empty())
        inputs.push_back(input("phone", "valueContactPoint",
                               {{"system", "phone"}, {"value", wanted.phone}}));
    if (!wanted.email.empty())
        inputs.push_back(input("email", "valueContactPoint",
                               {{"system", "email"}, {"value", wanted.email}}));
    json["input"] = std::move(inputs);
    return json;
}

}  // namespace

Result<std::string> contact_bundle(const Unit& unit, const Speaker& speaker,
                                   const Site& site,
                                   const std::optional<Contended>& patient) {
    const auto act = TRY(act_of(unit));
    if (act.patient.empty())
        return fail(Error::Code::bad_input, "push: contact data without their Patient");
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    const Writing writing(unit, act, speaker, Label::none);
    const std::string whom = "Patient/" + act.patient;
    if (act.name == "contact-confirmed")
        return transaction_of(
            {writing.create(writing.provenance({.targets = {whom},
                                                .operation = "",
                                                .act = "contact-confirmed",
                                                .text = "Contact data confirmed"}),
                            "provenance")});

    const NewContact wanted{std::string(text_of(body, "phone")),
                            std::string(text_of(body, "email"))};
    if (wanted.phone.empty() && wanted.email.empty())
        return fail(Error::Code::bad_input, "push: a contact change without a value");
    if (!site.server.direct_contact)
        return transaction_of(
            {writing.create(proposal(writing, act, wanted), "contact")});

    std::vector<Entry> entries;
    if (patient) {
        std::string json = TRY(with_contact(patient->json, "phone", wanted.phone));
        json = TRY(with_contact(std::move(json), "email", wanted.email));
        if (json != patient->json)
            entries.push_back(Writing::update(*patient, std::move(json)));
    }
    entries.push_back(
        writing.create(writing.provenance({.targets = {whom},
                                           .operation = "UPDATE",
                                           .act = "contact",
                                           .text = "Contact data changed"}),
                       "provenance"));
    return transaction_of(entries);
}

}  // namespace foyer
