#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "sync/clinic/site_time.h"
#include "sync/fhir/appointment_reader.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/patient_reader.h"
#include "sync/fhir/reference.h"
#include "sync/fhir/service_codes.h"

namespace foyer {
namespace {

using namespace std::chrono;
using nlohmann::json;

const Date today = November / 23 / 2026;

ReadPatient patient(const std::string& members) {
    return read_patient(json::parse(R"({"resourceType":"Patient","id":"p")" +
                                    (members.empty() ? "" : "," + members) + "}"),
                        today);
}

// --- JSON
// --------------------------------------------------------------------------------

std::string fault_of(std::string_view text) {
    const auto parsed = parse_json(text);
    return parsed ? "" : parsed.error().what;
}

TEST(ParseJson, RefusesWhatTwoReadersCouldSeeDifferently) {
    EXPECT_EQ(fault_of(R"({"a":1,"b":{"a":2}})"), "");
    EXPECT_EQ(fault_of(R"({"status":"booked","status":"cancelled"})"),
              "has \"status\" twice in one object");
    EXPECT_EQ(fault_of(R"({"id":"a\u0000b"})"), "holds U+0000");
    EXPECT_EQ(fault_of("{\"id\":\"\xC3\x28\"}"), "is not valid JSON");
    EXPECT_EQ(fault_of(R"({"a":NaN})"), "is not valid JSON");
    EXPECT_EQ(fault_of(R"({"a":1e999})"), "holds a number that is out of range");
    EXPECT_EQ(fault_of(std::string(65, '[') + std::string(65, ']')),
              "is nested deeper than 64 levels");
}

TEST(ParseJson, AcceptsNumbersOfAnyLength) {
    EXPECT_EQ(fault_of(R"({"a":)" + std::string(300, '9') + "}"), "");
}

TEST(ParseJson, FaultsNeverQuoteTheText) {
    EXPECT_EQ(fault_of(R"({"family":"Castellano)").find("Castellano"),
              std::string::npos);
    EXPECT_EQ(fault_of(R"({"family":Castellano})").find("Castellano"),
              std::string::npos);
}

TEST(CompactJson, KeepsStringsAndDigits) {
    EXPECT_EQ(compact_json("{ \"a b\\\" \" :\n [1.00, 2e5 ]\t}"),
              R"({"a b\" ":[1.00,2e5]})");
}

TEST(Clean, CutsBetweenCharacters) {
    std::string name;
    for (int i = 0; i < 3000; ++i) name += "é";
    EXPECT_EQ(clean(name).size(), 4000u);
    EXPECT_EQ(clean("x" + name).size(), 3999u);
    EXPECT_EQ(clean("  a\n\x1b b "), "a b");
}

TEST(Shown, LetsNoControlCharacterThrough) {
    EXPECT_EQ(shown("a\x1b[2Jb"), "\"a?[2Jb\"");
}

// --- references
// --------------------------------------------------------------------------

std::string reference(const std::string& text) {
    const auto read = read_reference(json{{"reference", text}});
    return read ? read->text() : "refused: " + read.error();
}

TEST(References, AreReadHoweverServersWriteThem) {
    EXPECT_EQ(reference("Patient/a1"), "Patient/a1");
    EXPECT_EQ(reference("https://x.org/fhir/Patient/a1"), "Patient/a1");
    EXPECT_EQ(reference("https://x.org/fhir/Patient/a1/_history/3"), "Patient/a1");
    EXPECT_EQ(reference("urn:uuid:018f428e"), "urn:uuid:018f428e");
}

TEST(References, ThatCannotBeFollowedSayWhy) {
    EXPECT_EQ(reference("#a"), "refused: is a contained resource");
    EXPECT_EQ(reference("Patient?identifier=1"),
              "refused: is a search, not a reference");
    EXPECT_EQ(reference("Patient"), "refused: \"Patient\" is not a reference");
    EXPECT_EQ(read_reference(json{{"identifier", json::object()}}).error(),
              "names it by an identifier only, not by a reference");
}

TEST(FhirIds, HaveOneToSixtyFourPlainCharacters) {
    EXPECT_TRUE(is_fhir_id("A-1.b"));
    EXPECT_TRUE(is_fhir_id(std::string(64, 'a')));
    EXPECT_FALSE(is_fhir_id(std::string(65, 'a')));
    EXPECT_FALSE(is_fhir_id(""));
    EXPECT_FALSE(is_fhir_id("a/b"));
    EXPECT_FALSE(is_fhir_id("a_b"));
}

// --- patients
// ----------------------------------------------------------------------------

TEST(PatientReader, TakesTheFamilyNameOfTheOfficialNameAndTheUsualGivenName) {
    const auto read = patient(R"("birthDate":"1988-04-17","name":[
        {"use":"maiden","family":"Rossi"},
        {"use":"usual","given":["Mari"],"family":"C."},
        {"use":"official","family":"Castellano","given":["Maria","Elena"]}])");
    EXPECT_EQ(read.patient.family, "Castellano");
    EXPECT_EQ(read.patient.given, "Mari");
    EXPECT_EQ(read.patient.born, April / 17 / 1988);
    EXPECT_TRUE(read.remarks.empty());
}

TEST(PatientReader, PrefersANameThatHasNotEnded) {
    const auto read = patient(R"("name":[
        {"use":"official","family":"Before","period":{"end":"2020-01-01"}},
        {"use":"official","family":"Now"}])");
    EXPECT_EQ(read.patient.family, "Now");
}

TEST(PatientReader, FindsNamesInText) {
    const auto comma = patient(R"("name":[{"text":"Castellano, Maria Elena"}])");
    EXPECT_EQ(comma.patient.family + "|" + comma.patient.given, "Castellano|Maria");
    const auto plain = patient(R"("name":{"text":"Maria Elena Castellano"})");
    EXPECT_EQ(plain.patient.family + "|" + plain.patient.given, "Castellano|Maria");
}

TEST(PatientReader, ASingleNameIsBoth) {
    const auto read = patient(R"("name":[{"given":["Suharto"]}])");
    EXPECT_EQ(read.patient.family, "Suharto");
    EXPECT_EQ(read.patient.given, "Suharto");
}

TEST(PatientReader, AnUncertainBirthDateIsNone) {
    for (const auto* born :
         {"1988", "1988-04", "17.04.1988", "1988-02-30", "2099-01-01"}) {
        const auto read = patient("\"birthDate\":\"" + std::string(born) +
                                  "\",\"name\":[{\"family\":\"Castellano\"}]");
        EXPECT_FALSE(read.patient.born) << born;
        ASSERT_EQ(read.remarks.size(), 1u);
        EXPECT_EQ(read.remarks[0].find("1988"), std::string::npos);
    }
}

TEST(PatientReader, PrefersTheMobileNumberAndNeverTakesThatOfWork) {
    EXPECT_EQ(patient(R"("telecom":[
        {"system":"phone","use":"home","value":"555-0101"},
        {"system":"email","use":"mobile","value":"a@b"},
        {"system":"phone","use":"mobile","value":"555-0102"}])")
                  .patient.phone,
              "555-0102");
    EXPECT_EQ(patient(R"("telecom":[{"system":"phone","use":"work","value":"1"}])")
                  .patient.phone,
              "");
}

TEST(PatientReader, TakesThePreferredLanguage) {
    EXPECT_EQ(patient(R"("communication":[
        {"language":{"coding":[{"code":"en"}]}},
        {"language":{"coding":[{"code":"es-US"}]},"preferred":true}])")
                  .patient.language,
              "es-US");
}

TEST(PatientReader, TakesWrongTypesAsAbsent) {
    const auto read = patient(R"("name":[5,{"family":["x"],"given":{"a":1}}],
        "telecom":"x","birthDate":19880417,"communication":[null],"deceasedBoolean":"yes")");
    EXPECT_EQ(read.patient.family, "");
    EXPECT_EQ(read.remarks.size(), 2u);  // no name, no birth date
}

TEST(PatientReader, TakesADeceasedPatientWithARemark) {
    const auto read = patient(
        R"("name":[{"family":"A"}],"birthDate":"1990-01-01","deceasedBoolean":true)");
    EXPECT_EQ(read.remarks.size(), 1u);
}

TEST(PatientReader, KeepsAnyScriptAndThreeHundredCharacters) {
    std::string name;
    for (int i = 0; i < 300; ++i) name += "Ж";
    EXPECT_EQ(patient(R"("name":[{"family":")" + name + "\"}]").patient.family, name);
}

// --- appointments
// ------------------------------------------------------------------------

json appointment() {
    return json::parse(R"({"resourceType":"Appointment","id":"a7","status":"booked",
        "start":"2026-11-23T10:00:00-05:00","end":"2026-11-23T10:50:00-05:00",
        "participant":[{"actor":{"reference":"Patient/p1"}},
                       {"actor":{"reference":"Practitioner/amara"}},
                       {"actor":{"reference":"Location/suite-210"}}]})");
}

std::string refusal(const json& resource) {
    const auto read = read_appointment(resource, {});
    return read ? "" : read.error();
}

TEST(AppointmentReader, ReadsTimesAndParticipants) {
    const auto read = read_appointment(appointment(), {});
    ASSERT_TRUE(read);
    EXPECT_EQ(format_instant(*read->starts), "2026-11-23T15:00:00.000Z");
    EXPECT_EQ(*read->ends - *read->starts, minutes(50));
    EXPECT_EQ(read->patients.at(0).id, "p1");
    EXPECT_EQ(read->practitioner.text(), "Practitioner/amara");
    EXPECT_EQ(read->location.id, "suite-210");
}

TEST(AppointmentReader, SaysWhichElementIsAtFault) {
    const auto with = [](const char* name, json value) {
        auto resource = appointment();
        resource[name] = std::move(value);
        return refusal(resource);
    };
    EXPECT_EQ(with("status", "maybe"),
              "status: \"maybe\" is not an R4 Appointment status");
    EXPECT_EQ(
        with("start", "2026-13-01"),
        "start: \"2026-13-01\" is not a FHIR instant (a date, a time and an offset)");
    EXPECT_NE(with("start", "2026-11-23T10:00:00"), "");
    EXPECT_EQ(with("end", "2026-11-23T09:00:00-05:00"), "end: lies before the start");
    EXPECT_EQ(with("participant", json::array()), "participant: no Patient takes part");
    EXPECT_NE(
        with("participant", json::parse(R"([{"actor":{"identifier":{"value":"1"}}}])"))
            .find("by an identifier only"),
        std::string::npos);
}

TEST(AppointmentReader, ComparesTimesOfDifferentZonesAsInstants) {
    auto resource = appointment();
    // The night the clocks go back: 01:30 EDT is before 01:15 EST.
    resource["start"] = "2026-11-01T01:30:00-04:00";
    resource["end"] = "2026-11-01T01:15:00-05:00";
    const auto read = read_appointment(resource, {});
    ASSERT_TRUE(read);
    EXPECT_EQ(*read->ends - *read->starts, minutes(45));
}

TEST(AppointmentReader, AssumesAnHourWhereTheEndIsMissing) {
    auto resource = appointment();
    resource.erase("end");
    EXPECT_EQ(
        *read_appointment(resource, {})->ends - *read_appointment(resource, {})->starts,
        hours(1));
    EXPECT_EQ(read_appointment(resource, {})->remarks.size(), 1u);
    resource["minutesDuration"] = 25;
    EXPECT_EQ(
        *read_appointment(resource, {})->ends - *read_appointment(resource, {})->starts,
        minutes(25));
}

TEST(AppointmentReader, OnlySomeStatusesMayLackATime) {
    auto resource = appointment();
    resource.erase("start");
    EXPECT_EQ(refusal(resource), "start: missing");
    for (const auto* status : {"proposed", "waitlist", "cancelled"}) {
        resource["status"] = status;
        EXPECT_EQ(refusal(resource), "") << status;
    }
}

TEST(AppointmentReader, KnowsAVisitByVideoByItsCodes) {
    EXPECT_FALSE(read_appointment(appointment(), {})->virtual_visit);
    const auto by = [](const char* element, const char* system, const char* code) {
        auto resource = appointment();
        const json concept_json = {{"coding", {{{"system", system}, {"code", code}}}}};
        if (std::string_view(element) == "appointmentType")
            resource[element] = concept_json;
        else
            resource[element] = json::array({concept_json});
        return read_appointment(resource, {{"", "OUR-VIDEO", Service::other, true}})
            ->virtual_visit;
    };
    const char* act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    EXPECT_TRUE(by("serviceType", act, "VR"));
    EXPECT_TRUE(by("appointmentType", act, "VR"));
    EXPECT_TRUE(by("serviceCategory", "http://snomed.info/sct", "448337001"));
    EXPECT_TRUE(by("serviceType", "http://ours", "OUR-VIDEO"));
    EXPECT_FALSE(by("serviceType", "http://elsewhere", "VR"));
    EXPECT_FALSE(by("serviceType", act, "AMB"));
}

// --- services
// ----------------------------------------------------------------------------

TEST(Services, AreKnownByTheClinicsOwnCodesFirst) {
    const auto resource = json::parse(
        R"({"serviceType":[{"coding":[{"system":"urn:foyer:service","code":"iop"}]}]})");
    EXPECT_EQ(service_of(resource, {}), Service::iop);
    EXPECT_EQ(service_of(resource, {{"urn:foyer:service", "iop", Service::php}}),
              Service::php);
    // That a visit is by video says nothing of what it is for.
    EXPECT_EQ(service_of(resource, {{"urn:foyer:service", "iop", Service::php, true}}),
              Service::iop);
}

TEST(Services, AreKnownByPublishedCodes) {
    const auto of = [](const char* system, const char* code) {
        return service_of(
            json{{"serviceType",
                  {{{"coding", {{{"system", system}, {"code", code}}}}}}}},
            {});
    };
    EXPECT_EQ(of("http://terminology.hl7.org/CodeSystem/service-type", "151"),
              Service::holistic_class);
    EXPECT_EQ(of("http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "H0035"),
              Service::php);
    EXPECT_EQ(of("http://elsewhere", "H0035"), Service::other);
}

TEST(Services, AreKnownByTheirWords) {
    EXPECT_EQ(service_from_words("IOP - Evening Group"), Service::iop);
    EXPECT_EQ(service_from_words("Partial Hospitalization Program"), Service::php);
    EXPECT_EQ(service_from_words("Med Management 20"), Service::medication);
    EXPECT_EQ(service_from_words("Process Groups"), Service::group);
    EXPECT_EQ(service_from_words("Family psychoeducation"), Service::family);
    EXPECT_EQ(service_from_words("Case Management"), Service::case_management);
    EXPECT_EQ(service_from_words("Morning yoga"), Service::holistic_class);
    EXPECT_EQ(service_from_words("Step-down from residential"), Service::aftercare);
    EXPECT_EQ(service_from_words("CRISIS"), Service::crisis);
    EXPECT_EQ(service_from_words("Individual psychotherapy"), Service::individual);
    EXPECT_EQ(service_from_words("Biopsy"), std::nullopt);  // no "iop" inside a word
    EXPECT_EQ(service_from_words("General Discussion"), std::nullopt);
}

}  // namespace
}  // namespace foyer
