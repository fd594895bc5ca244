#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/push/resources.h"
#include "sync/records/attendance_unit.h"

namespace foyer {
namespace {

using Json = nlohmann::json;

/// A unit with a body; written to $FOYER_KEEP_BUNDLES for the validators of others.
Unit unit_of(const std::string& body, Lane lane = Lane::arrivals) {
    Unit unit;
    unit.id = unit_id(body);
    unit.lane = lane;
    unit.body = body;
    return unit;
}

Json kept(const std::string& name, const Result<std::string>& bundle) {
    EXPECT_TRUE(bundle) << (bundle ? "" : bundle.error().what);
    if (!bundle) return {};
    if (const char* folder = std::getenv("FOYER_KEEP_BUNDLES"))
        std::ofstream(std::string(folder) + "/push-" + name + ".json") << *bundle;
    const Json json = Json::parse(*bundle, nullptr, false);
    EXPECT_TRUE(json.is_object());
    EXPECT_LE(json["entry"].size(), 8u);
    for (const auto& entry : json["entry"])
        if (entry["request"]["method"] == "POST") {
            EXPECT_TRUE(entry["request"].contains("ifNoneExist")) << name;
        }
    return json;
}
Json resource(const Json& bundle, const std::string& type) {
    for (const auto& entry : bundle["entry"])
        if (entry["resource"]["resourceType"] == type) return entry["resource"];
    ADD_FAILURE() << "no " << type;
    return {};
}

class PushedResources : public testing::Test {
protected:
    PushedResources() {
        site.device_index = 3;
        site.device_name = "Lobby";
    }
    std::string check_in(bool shared, const std::string& more = "") const {
        return R"({"act":"check-in","appointment":"a1","patient":"ada","shared":)" +
               std::string(shared ? "true" : "false") +
               R"(,"at":"2026-11-23T14:45:00.000Z","clock":"trusted",)"
               R"("call_name":"Fern 27","late":false,"device":3)" +
               more + "}";
    }
    std::optional<Contended> booked(const std::string& status = "booked") const {
        return Contended{
            "Appointment", "a1",
            R"({"resourceType":"Appointment","id":"a1","meta":{"versionId":"7"},)"
            R"("extension":[{"url":"urn:clinic:x","valueDecimal":1.500}],)"
            R"("status":")" +
                status +
                R"(","start":"2026-11-23T15:00:00Z","end":"2026-11-23T16:00:00Z",)"
                R"("participant":[{"actor":{"reference":"Practitioner/p"},)"
                R"("status":"accepted"},{"actor":{"reference":"Patient/ada"},)"
                R"("status":"needs-action"}]})",
            "7"};
    }
    Site site;
    Speaker speaker{"clinic", 3, "Lobby"};
};

TEST_F(PushedResources, ACheckInArrivesAndSaysWhoAndWhen) {
    const auto text =
        check_in_bundle(unit_of(check_in(false)), speaker, site, booked());
    const auto bundle = kept("check-in", text);
    ASSERT_EQ(bundle["entry"].size(), 2u);
    EXPECT_EQ(bundle["entry"][0]["request"]["ifMatch"], "W/\"7\"");
    EXPECT_EQ(resource(bundle, "Appointment")["status"], "arrived");
    EXPECT_EQ(resource(bundle, "Appointment")["participant"][1]["status"], "accepted");
    EXPECT_NE(text->find("\"valueDecimal\":1.500}"), std::string::npos);
    const auto provenance = resource(bundle, "Provenance");
    EXPECT_EQ(provenance["occurredDateTime"], "2026-11-23T14:45:00.000Z");
    EXPECT_EQ(provenance["agent"][0]["who"]["reference"], "Patient/ada");
    EXPECT_EQ(provenance["agent"][1]["who"]["identifier"]["value"], "clinic/3");
    EXPECT_EQ(provenance["extension"][0]["valueString"], "Fern 27");
    EXPECT_EQ(provenance["meta"]["tag"][1]["system"], "urn:foyer:arrival");
    EXPECT_EQ(provenance["meta"]["tag"][1]["code"], "clinic");
}

TEST_F(PushedResources, TheAnchorIsTheSameWhateverTheAppointmentSays) {
    const Unit unit = unit_of(check_in(false));
    const auto with = anchor_of(*check_in_bundle(unit, speaker, site, booked()));
    const auto without = anchor_of(*check_in_bundle(unit, speaker, site, {}));
    ASSERT_TRUE(with);
    EXPECT_EQ(*with, "Provenance?_tag=urn%3Afoyer%3Aop%7C" + unit.id + "%2Fprovenance");
    EXPECT_EQ(*with, *without);
}

TEST_F(PushedResources, WhoHasArrivedIsNotArrivedAgain) {
    for (const char* status : {"arrived", "checked-in", "fulfilled"}) {
        const auto bundle = kept(
            std::string("already-") + status,
            check_in_bundle(unit_of(check_in(false)), speaker, site, booked(status)));
        EXPECT_EQ(bundle["entry"].size(), 1u);
    }
}

TEST_F(PushedResources, AnEncounterIsMadeWhereTheSiteWantsOne) {
    site.server.encounters = true;
    const auto bundle = kept("encounter", check_in_bundle(unit_of(check_in(false)),
                                                          speaker, site, booked()));
    EXPECT_EQ(resource(bundle, "Encounter")["status"], "arrived");
    EXPECT_EQ(resource(bundle, "Provenance")["target"].size(), 2u);
}

TEST_F(PushedResources, AGroupsSignInIsAnObservationThatNobodyChanges) {
    const auto bundle = kept("group", check_in_bundle(unit_of(check_in(true)), speaker,
                                                      site, booked(), Label::part2));
    ASSERT_EQ(bundle["entry"].size(), 3u);
    const auto sign_in = resource(bundle, "Observation");
    EXPECT_EQ(sign_in["effectiveInstant"], "2026-11-23T14:45:00.000Z");
    EXPECT_EQ(sign_in["focus"][0]["reference"], "Appointment/a1");
    EXPECT_EQ(sign_in["encounter"]["reference"], bundle["entry"][1]["fullUrl"]);
    for (const auto& entry : bundle["entry"])
        EXPECT_EQ(entry["resource"]["meta"]["security"][0]["code"], "42CFRPart2");
}

TEST_F(PushedResources, WhereAttendanceIsTakenOnePatientsCheckInSignsIn) {
    const auto bundle = kept(
        "sign-in", check_in_bundle(
                       unit_of(check_in(false, R"(,"service":"iop","method":"slip",)"
                                               R"("attested":true,)"
                                               R"("starts":"2026-11-23T15:00:00.000Z",)"
                                               R"("ends":"2026-11-23T16:00:00.000Z")")),
                       speaker, site, booked()));
    ASSERT_EQ(bundle["entry"].size(), 4u);
    EXPECT_EQ(resource(bundle, "Appointment")["status"], "arrived");
    EXPECT_EQ(resource(bundle, "Provenance")["target"].size(), 3u);
    const auto sign_in = resource(bundle, "Observation");
    EXPECT_EQ(sign_in["method"]["coding"][0]["code"], "slip");
    EXPECT_EQ(sign_in["meta"]["tag"][0]["system"], "urn:foyer:attendance");
    EXPECT_EQ(sign_in["meta"]["tag"][0]["code"], "clinic");
    EXPECT_EQ(sign_in["extension"][0]["valuePeriod"]["end"],
              "2026-11-23T16:00:00.000Z");
    EXPECT_EQ(sign_in["extension"][2]["valueBoolean"], true);
    EXPECT_EQ(sign_in["performer"][0]["reference"], "Patient/ada");
}

TEST_F(PushedResources, ASignatureIsAProvenanceOfItsSignIn) {
    const Unit unit{
        .id = unit_id("signature|u1|3"),
        .lane = Lane::consents,
        .at = parse_instant("2026-11-23T14:45:00Z").value(),
        .visit = std::nullopt,
        .patient = std::nullopt,
        .body = R"({"act":"signature","appointment":"a1","patient":"ada","device":3,)"
                R"("at":"2026-11-23T14:45:00.000Z","service":"php","signs":"u1",)"
                R"("png":"iVBORw0KGgo="})",
        .after = "u1"};
    const auto bundle =
        kept("signature", signature_bundle(unit, speaker, Label::part2));
    ASSERT_EQ(bundle["entry"].size(), 1u);
    const auto provenance = resource(bundle, "Provenance");
    EXPECT_EQ(provenance["target"][0]["reference"], "Appointment/a1");
    EXPECT_EQ(provenance["target"][1]["identifier"]["value"], "u1/sign-in");
    const auto& signature = provenance["signature"][0];
    EXPECT_EQ(signature["who"]["reference"], "Patient/ada");
    EXPECT_EQ(signature["when"], "2026-11-23T14:45:00.000Z");
    EXPECT_EQ(signature["sigFormat"], "image/png");
    EXPECT_EQ(signature["data"], "iVBORw0KGgo=");
    EXPECT_EQ(provenance["meta"]["security"][0]["code"], "42CFRPart2");

    const auto named = kept("signature-named",
                            signature_bundle(unit, speaker, {}, Names::identifiers));
    EXPECT_EQ(resource(named, "Provenance")["target"][0]["identifier"]["value"],
              "Appointment/a1");
}

AttendanceEvent left(AttendanceKind kind = AttendanceKind::sign_out) {
    AttendanceEvent event;
    event.appointment = "a1";
    event.patient = "ada";
    event.service = Service::php;
    event.starts = parse_instant("2026-11-23T15:00:00Z").value();
    event.ends = parse_instant("2026-11-23T16:00:00Z").value();
    event.kind = kind;
    event.at = event.recorded = parse_instant("2026-11-23T15:58:00Z").value();
    event.device = 3;
    event.attested = true;
    event.unit = unit_id(act_of(event));
    return event;
}
AttendanceEvent said_by_amara() {
    auto event = left();
    event.at = parse_instant("2026-11-23T15:45:00Z").value();
    event.recorded = parse_instant("2026-11-23T16:20:00Z").value();
    event.by = "Amara Okafor";
    event.method = AttendanceMethod::facilitator;
    event.attested = false;
    event.unit = unit_id(act_of(event));
    return event;
}

TEST_F(PushedResources, EachEventOfAttendanceIsAnObservationOfItsOwn) {
    using Kind = AttendanceKind;
    for (const Kind kind :
         {Kind::sign_in, Kind::break_out, Kind::break_in, Kind::sign_out}) {
        const auto event = left(kind);
        const Unit unit = unit_of(event, true);
        const auto text = attendance_bundle(unit, speaker, Label::part2);
        const auto bundle = kept(std::string("attendance-") + code(kind), text);
        ASSERT_EQ(bundle["entry"].size(), 2u);
        const auto observation = resource(bundle, "Observation");
        EXPECT_EQ(observation["status"], "final");
        EXPECT_EQ(observation["valueCodeableConcept"]["coding"][0]["code"], code(kind));
        EXPECT_EQ(observation["effectiveInstant"], "2026-11-23T15:58:00.000Z");
        EXPECT_EQ(observation["encounter"]["identifier"]["value"],
                  unit_id("check-in|Appointment/a1|Patient/ada") + "/encounter");
        EXPECT_EQ(observation["focus"][0]["reference"], "Appointment/a1");
        EXPECT_EQ(*anchor_of(*text), "Observation?identifier=urn%3Afoyer%3Aop%7C" +
                                         unit.id + "%2F" + code(kind));
        for (const auto& entry : bundle["entry"])
            EXPECT_EQ(entry["resource"]["meta"]["security"][0]["code"], "42CFRPart2");
    }
}

TEST_F(PushedResources, AFacilitatorsWordIsTheirsByNameAndTime) {
    const auto bundle =
        kept("attendance-confirmed",
             attendance_bundle(unit_of(said_by_amara(), true), speaker));
    const auto observation = resource(bundle, "Observation");
    EXPECT_EQ(observation["performer"][0], Json({{"display", "Amara Okafor"}}));
    EXPECT_EQ(observation["effectiveInstant"], "2026-11-23T15:45:00.000Z");
    EXPECT_EQ(observation["issued"], "2026-11-23T16:20:00.000Z");
    const auto provenance = resource(bundle, "Provenance");
    EXPECT_EQ(provenance["occurredDateTime"], "2026-11-23T16:20:00.000Z");
    EXPECT_EQ(provenance["agent"][0]["who"], Json({{"display", "Amara Okafor"}}));
}

TEST_F(PushedResources, AnAmendmentIsAnotherObservationWithItsReason) {
    for (const bool voided : {false, true}) {
        auto event = said_by_amara();
        event.amends = left().unit;
        event.reason = "The bus came early";
        event.voided = voided;
        event.unit = unit_id(act_of(event));
        const auto bundle =
            kept(std::string("attendance-") + (voided ? "void" : "amended"),
                 attendance_bundle(unit_of(event, true), speaker));
        const auto observation = resource(bundle, "Observation");
        EXPECT_EQ(observation["status"], voided ? "entered-in-error" : "amended");
        EXPECT_EQ(observation["derivedFrom"][0]["identifier"]["value"],
                  left().unit + "/sign-out");
        EXPECT_EQ(observation["note"][0]["text"], "The bus came early");
        EXPECT_NE(observation["identifier"][0]["value"], left().unit + "/sign-out");
    }
}

TEST_F(PushedResources, AttendanceOfAVisitThatIsGoneNamesItByIdentifier) {
    const auto bundle =
        kept("attendance-gone", attendance_bundle(unit_of(left(), false), speaker,
                                                  Label::none, Names::identifiers));
    const auto observation = resource(bundle, "Observation");
    EXPECT_EQ(observation["focus"][0]["identifier"]["value"], "Appointment/a1");
    EXPECT_EQ(observation["subject"]["identifier"]["value"], "Patient/ada");
    EXPECT_EQ(observation["encounter"]["identifier"]["value"],
              unit_id("check-in|Appointment/a1") + "/encounter");
}

const std::string ended =
    R"({"act":"attendance-close","appointment":"a1","patient":"ada","shared":true,)"
    R"("service":"php","at":"2026-11-23T16:20:00.000Z","by":"Amara Okafor",)"
    R"("device":3,"history":[{"status":"in-progress",)"
    R"("from":"2026-11-23T14:45:00.000Z","until":"2026-11-23T15:20:00.000Z"},)"
    R"({"status":"onleave","from":"2026-11-23T15:20:00.000Z",)"
    R"("until":"2026-11-23T15:30:00.000Z"},{"status":"in-progress",)"
    R"("from":"2026-11-23T15:30:00.000Z","until":"2026-11-23T15:58:00.000Z"}]})";

TEST_F(PushedResources, TheEndOfASessionFinishesTheEncounter) {
    const auto made = kept(
        "attendance-close-new",
        attendance_close_bundle(unit_of(ended), speaker, std::nullopt, Label::part2));
    const auto encounter = resource(made, "Encounter");
    EXPECT_EQ(encounter["status"], "finished");
    EXPECT_EQ(encounter["identifier"][0]["value"],
              unit_id("check-in|Appointment/a1|Patient/ada") + "/encounter");
    EXPECT_EQ(resource(made, "Provenance")["agent"][0]["who"]["display"],
              "Amara Okafor");

    auto there = encounter;
    there["id"] = "e1";
    there["status"] = "arrived";
    there.erase("period");
    there.erase("statusHistory");
    const Contended held{"Encounter", "e1", there.dump(), "4"};
    const auto changed = kept("attendance-close",
                              attendance_close_bundle(unit_of(ended), speaker, held));
    ASSERT_EQ(changed["entry"].size(), 2u);
    EXPECT_EQ(changed["entry"][1]["request"]["ifMatch"], "W/\"4\"");
    EXPECT_EQ(resource(changed, "Encounter")["period"]["end"],
              "2026-11-23T15:58:00.000Z");
    EXPECT_EQ(resource(changed, "Encounter")["statusHistory"].size(), 3u);

    const Contended done{"Encounter", "e1", resource(changed, "Encounter").dump(), "5"};
    EXPECT_EQ(kept("attendance-close-again",
                   attendance_close_bundle(unit_of(ended), speaker, done))["entry"]
                  .size(),
              1u);
}

TEST_F(PushedResources, WhatATypeLeftOutWasReferredToByIsNotReferredTo) {
    const auto bundle = kept(
        "no-encounter",
        within_abilities(*check_in_bundle(unit_of(check_in(true)), speaker, site, {}),
                         {"Encounter"}));
    ASSERT_EQ(bundle["entry"].size(), 2u);
    EXPECT_EQ(resource(bundle, "Provenance")["target"].size(), 2u);
    EXPECT_FALSE(resource(bundle, "Observation").contains("encounter"));
}

TEST_F(PushedResources, AnAttendanceThatLacksItsKindIsNotSent) {
    const Unit unit =
        unit_of(R"({"act":"attendance","appointment":"a1","patient":"ada",)"
                R"("at":"2026-11-23T15:58:00Z"})");
    EXPECT_EQ(attendance_bundle(unit, speaker).error().code, Error::Code::bad_input);
}

TEST_F(PushedResources, ATimeThatNobodyTrustsSaysSo) {
    const auto bundle = kept(
        "untrusted",
        check_in_bundle(unit_of(R"({"act":"check-in","appointment":"a1",)"
                                R"("patient":"ada","late":true,"clock":"untrusted",)"
                                R"("at":"2026-11-23T14:45:00Z","device":5})"),
                        speaker, site, {}));
    const auto provenance = resource(bundle, "Provenance");
    EXPECT_EQ(provenance["_occurredDateTime"]["extension"][0]["valueCode"],
              "untrusted");
    EXPECT_EQ(provenance["meta"]["tag"][1]["code"], "untrusted");
    EXPECT_EQ(provenance["agent"][1]["who"]["identifier"]["value"], "clinic/5");
}

TEST_F(PushedResources, DonePaperworkIsCheckedIn) {
    const auto bundle =
        kept("paperwork",
             paperwork_bundle(unit_of(R"({"act":"paperwork","appointment":"a1",)"
                                      R"("patient":"ada","shared":false,)"
                                      R"("at":"2026-11-23T14:50:00Z","device":3})"),
                              speaker, site, booked("arrived")));
    EXPECT_EQ(resource(bundle, "Appointment")["status"], "checked-in");
}

TEST_F(PushedResources, AnEarlierArrivalIsToldUnderTheDevicesName) {
    const auto bundle =
        kept("earlier", earlier_bundle(unit_of(check_in(false)), speaker));
    const std::string tag = resource(bundle, "Provenance")["meta"]["tag"][0]["code"];
    EXPECT_TRUE(tag.ends_with("/provenance-clinic/3")) << tag;
    const auto arrival = resource(bundle, "Provenance")["meta"]["tag"][1];
    EXPECT_EQ(arrival["system"], "urn:foyer:arrival");
}

std::string safety(const std::string& what, const std::string& answer) {
    return R"({"act":"safety","patient":"ada","form":"https://x.example/forms/phq-9",)"
           R"("rule":"phq-9/item-9","level":"alert","what":")" +
           what +
           R"(","path":"[{\"id\":\"g\",\"at\":0,\"nth\":1},{\"id\":\"9\",\"at\":0}]",)"
           R"("answer":)" +
           Json(answer).dump() +
           R"(,"at":"2026-11-23T14:45:00.000Z","clock":"trusted","device":3})";
}

/// The input of that type; null if there is none.
nlohmann::json input_of(const nlohmann::json& task, const std::string& type) {
    for (const auto& input : task.value("input", nlohmann::json::array()))
        if (input["type"]["text"] == type) return input;
    return nullptr;
}

TEST_F(PushedResources, ASafetyTaskCarriesTheAnswerAndRefersToNothingUnsent) {
    for (const char* what : {"given", "changed", "abandoned"}) {
        const auto bundle =
            kept(std::string("safety-") + what,
                 safety_bundle(unit_of(safety(what, R"({"valueCoding":{"code":"1"}})")),
                               speaker, site, Label::part2));
        const auto task = resource(bundle, "Task");
        EXPECT_EQ(task["priority"], "stat");
        EXPECT_EQ(task["for"]["reference"], "Patient/ada");
        EXPECT_FALSE(task.contains("focus"));
        EXPECT_EQ(task["businessStatus"]["text"], what);
        EXPECT_TRUE(
            input_of(task, "item")["valueString"].get<std::string>().ends_with("/9"));
        EXPECT_EQ(input_of(task, "answer")["valueCoding"]["code"], "1");
        EXPECT_EQ(task["meta"]["security"][0]["code"], "42CFRPart2");
    }
}

TEST_F(PushedResources, ADeclinedSafetyItemIsDeclinedAndNotZero) {
    const auto bundle =
        kept("safety-declined",
             safety_bundle(unit_of(safety("declined", "")), speaker, site));
    const auto task = resource(bundle, "Task");
    EXPECT_TRUE(input_of(task, "answer").is_null());
    EXPECT_EQ(input_of(task, "what")["valueCode"], "declined");
}

TEST_F(PushedResources, ASafetyTaskCanDoWithoutReferences) {
    const auto bundle =
        kept("safety-plain", safety_bundle(unit_of(safety("given", "")), speaker, site,
                                           Label::none, Names::identifiers));
    EXPECT_EQ(resource(bundle, "Task")["for"]["identifier"]["value"], "Patient/ada");
}

TEST_F(PushedResources, ATaskForTheDeskSaysNothingOfWhatAPatientComesFor) {
    for (const char* reason :
         {"no-match",        "no-visit-today", "other-day",      "other-site",
          "cancelled",       "too-early",      "over",           "late",
          "not-me",          "ambiguous",      "bad-slip",       "unknown-slip",
          "contact-changed", "walk-in",        "guest",          "help",
          "save-failed",     "form-refused",   "form-failed",    "visit-cancelled",
          "visit-no-show",   "visit-moved",    "visit-gone",     "not-a-participant",
          "patient-gone",    "unit-refused",   "safety-refused", "private-room",
          "see-at-once",     "guardian-away",  "guest-admitted"}) {
        const auto bundle = kept(
            std::string("desk-") + reason,
            desk_bundle(unit_of(R"({"act":"desk","reason":")" + std::string(reason) +
                                R"(","at":"2026-11-23T14:45:00.000Z","device":3,)"
                                R"("appointment":"a1","patient":"ada",)"
                                R"("form":"https://x.example/forms/phq-9"})"),
                        speaker, site));
        const auto task = resource(bundle, "Task");
        EXPECT_EQ(task["reasonCode"]["coding"][0]["code"], reason);
        const std::string text = task["description"];
        EXPECT_NE(text, "A kiosk asks for somebody at the desk.") << reason;
        EXPECT_EQ(text.find("phq"), std::string::npos);
    }
    const auto help = kept("desk-help-alone",
                           desk_bundle(unit_of(R"({"act":"desk","reason":"help",)"
                                               R"("at":"2026-11-23T14:45:00.000Z"})"),
                                       speaker, site));
    EXPECT_EQ(resource(help, "Task")["priority"], "stat");
}

TEST_F(PushedResources, ATaskOfSomebodyInTheLobbySaysByWhichNameTheyAreCalled) {
    const auto task = resource(
        kept("desk-drop-in",
             desk_bundle(unit_of(R"({"act":"desk","reason":"walk-in","need":)"
                                 R"("case-management","topic":"housing","call_name":)"
                                 R"("Fern 27","identity":"unverified",)"
                                 R"("at":"2026-11-23T14:45:00.000Z","device":3})"),
                         speaker, site)),
        "Task");
    EXPECT_EQ(task["businessStatus"]["coding"][0]["code"], "unverified");
    EXPECT_EQ(input_of(task, "call-name")["valueString"], "Fern 27");
    EXPECT_EQ(input_of(task, "need")["valueCode"], "case-management");
    EXPECT_EQ(input_of(task, "topic")["valueCode"], "housing");
    EXPECT_FALSE(task.contains("for"));
    // Another kiosk carried it: the other devices are not told the rest.
    const auto carried =
        resource(kept("desk-walk-in-carried",
                      desk_bundle(unit_of(R"({"act":"desk","reason":"walk-in","need":)"
                                          R"("question","call_name":"Fern 27",)"
                                          R"("at":"2026-11-23T14:45:00.000Z"})"),
                                  speaker, site)),
                 "Task");
    EXPECT_EQ(carried["businessStatus"]["coding"][0]["code"], "unverified");
}

TEST_F(PushedResources, ATaskOfAGuestSaysWhoMayBeToldWhat) {
    const auto guest = [&](const std::string& name, const std::string& more) {
        return resource(
            kept(name, desk_bundle(unit_of(R"({"act":"desk","reason":"guest","need":)"
                                           R"("guest","guest":"Rosa","call_name":)"
                                           R"("Fern 27","at":"2026-11-23T14:45:00Z",)" +
                                           more + "}"),
                                   speaker, site)),
            "Task");
    };
    const auto known =
        guest("guest-release",
              R"("code":"fits","appointment":"a1","patient":"ada","release":"on-file",)"
              "\"whom\":[\"Rosa (sister)\"]");
    EXPECT_EQ(known["for"]["reference"], "Patient/ada");
    EXPECT_EQ(known["focus"]["reference"], "Appointment/a1");
    EXPECT_EQ(known["description"], "A guest is here. Release on file.");
    EXPECT_EQ(input_of(known, "guest")["valueString"], "Rosa");
    EXPECT_EQ(input_of(known, "may-be-told")["valueString"], "Rosa (sister)");

    const auto without =
        guest("guest-no-release",
              R"("code":"fits","appointment":"a1","patient":"ada","release":"none")");
    EXPECT_EQ(without["description"],
              "A guest is here. No release: public lobby only.");
    const auto wrong = guest("guest-wrong-code", R"("code":"wrong")");
    EXPECT_EQ(input_of(wrong, "code")["valueCode"], "wrong");
    EXPECT_FALSE(wrong.contains("for"));
}

TEST_F(PushedResources, ContactDataConfirmedProposedAndChanged) {
    kept("contact-confirmed",
         contact_bundle(unit_of(R"({"act":"contact-confirmed","patient":"ada",)"
                                R"("at":"2026-11-23T14:45:00Z","device":3})"),
                        speaker, site, {}));
    const Unit change =
        unit_of(R"({"act":"contact","patient":"ada","phone":"555-0100",)"
                R"("email":"a@b.example","at":"2026-11-23T14:45:00Z"})");
    const auto task =
        resource(kept("contact", contact_bundle(change, speaker, site, {})), "Task");
    EXPECT_EQ(task["intent"], "proposal");
    EXPECT_EQ(task["input"].size(), 2u);

    site.server.direct_contact = true;
    const auto direct = kept(
        "contact-direct",
        contact_bundle(change, speaker, site,
                       Contended{"Patient", "ada",
                                 R"({"resourceType":"Patient","id":"ada"})", "2"}));
    EXPECT_EQ(resource(direct, "Patient")["telecom"].size(), 2u);
}

TEST_F(PushedResources, ASegmentOfTheLogIsAnAuditEvent) {
    const auto bundle = kept(
        "audit",
        audit_bundle(
            unit_of(R"({"act":"audit","from":7,"to":8,"at":"2026-11-23T15:00:00Z",)"
                    R"("entries":[{"seq":7,"at":"2026-11-23T14:45:00.000Z",)"
                    R"("action":"checked-in","subject":"9f","device":3,"mac":"5c"},)"
                    R"({"seq":8,"at":"2026-11-23T14:46:00.000Z","action":"desk-told",)"
                    R"("subject":"","device":3,"mac":"6d"}],"head":"6d"})"),
            speaker, site));
    const auto event = resource(bundle, "AuditEvent");
    EXPECT_EQ(event["entity"][0]["detail"][0]["type"], "7");
    EXPECT_EQ(event["entity"][0]["detail"].size(), 3u);
}

TEST_F(PushedResources, AKioskIsADevice) {
    const Unit unit = unit_of(R"({"act":"device","version":"0.1.0","state":"active",)"
                              R"("at":"2026-11-23T15:00:00Z"})");
    const auto made = kept("device", device_bundle(unit, speaker, site));
    EXPECT_EQ(resource(made, "Device")["identifier"][0]["value"], "clinic/3");
    const auto changed = kept(
        "device-changed",
        device_bundle(unit, speaker, site,
                      Contended{"Device", "d",
                                R"({"resourceType":"Device","id":"d",)"
                                R"("status":"inactive","version":[{"value":"0"}]})",
                                "4"}));
    EXPECT_EQ(resource(changed, "Device")["version"][0]["value"], "0.1.0");
    EXPECT_EQ(*anchor_of(made.dump()), *anchor_of(changed.dump()));
}

TEST_F(PushedResources, WhatAServerDoesNotTakeGoesAsADocument) {
    site.server.encounters = true;
    const auto bundle = *check_in_bundle(unit_of(check_in(true)), speaker, site, {});
    const auto less = kept("no-observation", within_abilities(bundle, {"Observation"}));
    EXPECT_EQ(resource(less, "DocumentReference")["subject"]["reference"],
              "Patient/ada");
    EXPECT_EQ(
        kept("no-encounter", within_abilities(bundle, {"Provenance"}))["entry"].size(),
        2u);
    const auto task = *desk_bundle(
        unit_of(R"({"act":"desk","reason":"help","at":"2026-11-23T14:45:00Z"})"),
        speaker, site);
    EXPECT_EQ(within_abilities(task, {"Task"}).error().code, Error::Code::refused);
    const auto alone = *earlier_bundle(unit_of(check_in(false)), speaker);
    EXPECT_EQ(within_abilities(alone, {"Provenance"}).error().code,
              Error::Code::not_found);
}

TEST_F(PushedResources, ABodyThatLacksSomethingIsRefused) {
    EXPECT_FALSE(check_in_bundle(unit_of(R"({"act":"check-in"})"), speaker, site, {}));
    EXPECT_FALSE(safety_bundle(unit_of(R"({"act":"safety"})"), speaker, site));
    EXPECT_FALSE(desk_bundle(unit_of(R"({"act":"desk"})"), speaker, site));
    EXPECT_FALSE(desk_bundle(unit_of(R"({"act":"desk","reason":"help",)"
                                     R"("patient":"../x"})"),
                             speaker, site));
    EXPECT_FALSE(
        audit_bundle(unit_of(R"({"act":"audit","entries":[]})"), speaker, site));
    EXPECT_FALSE(anchor_of("{"));
    EXPECT_FALSE(anchor_of("{}"));
}

}  // namespace
}  // namespace foyer
