#include "sync/fhir/service_codes.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

using nlohmann::json;

struct KnownCode {
    std::string_view system, code;
    Service service;
};

// HL7's example code systems (FHIR R4, CC0).
constexpr std::string_view service_type =
    "http://terminology.hl7.org/CodeSystem/service-type";
constexpr std::string_view service_category =
    "http://terminology.hl7.org/CodeSystem/service-category";
// HCPCS Level II of CMS, public domain; the address is the one THO registers for FHIR.
constexpr std::string_view hcpcs =
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
constexpr std::string_view ours = "urn:foyer:service";

constexpr KnownCode known_codes[] = {
    {service_type, "5", Service::case_management},    // for older persons
    {service_type, "31", Service::holistic_class},    // relaxation therapy
    {service_type, "42", Service::family},            // parenting, family education
    {service_type, "69", Service::individual},        // bereavement counselling
    {service_type, "70", Service::crisis},            // crisis counselling
    {service_type, "71", Service::family},            // family counselling
    {service_type, "74", Service::individual},        // generalist counselling
    {service_type, "81", Service::individual},        // trauma counselling
    {service_type, "98", Service::case_management},   // disability case management
    {service_type, "105", Service::individual},       // drug, alcohol counselling
    {service_type, "109", Service::medication},       // pharmacotherapy
    {service_type, "135", Service::crisis},           // triage, crisis response
    {service_type, "136", Service::case_management},  // mental health
    {service_type, "141", Service::medication},       // psychiatry
    {service_type, "142", Service::individual},       // psychology
    {service_type, "151", Service::holistic_class},   // yoga
    {service_type, "224", Service::group},            // support groups
    {service_type, "279", Service::case_management},  // case management
    {service_type, "305", Service::individual},       // counselling
    {service_type, "308", Service::crisis},           // crisis assessment
    {service_type, "309", Service::crisis},           // crisis assistance
    {service_type, "352", Service::individual},       // grief counselling
    {service_type, "509", Service::family},           // parenting, family education
    {service_type, "536", Service::holistic_class},   // art therapy
    {service_type, "537", Service::medication},       // medication reviews
    {service_type, "541", Service::crisis},           // crisis, mental health
    {service_type, "542", Service::crisis},           // youth crisis
    {service_type, "552", Service::group},            // drug, alcohol support groups
    {service_type, "574", Service::group},            // tailored support groups
    {service_type, "591", Service::holistic_class},   // music therapy
    {service_category, "8", Service::individual},     // counselling
    {service_category, "32", Service::group},         // support groups
    {hcpcs, "H0035", Service::php},                   // partial hospitalization
    {hcpcs, "G0410", Service::php},                   // group, partial hospitalization
    {hcpcs, "G0411", Service::php},
    {hcpcs, "S9480", Service::iop},         // intensive outpatient, psychiatric
    {hcpcs, "H0015", Service::iop},         // intensive outpatient, substance use
    {hcpcs, "H0034", Service::medication},  // medication training and support
    {hcpcs, "H2010", Service::medication},  // medication services
    {hcpcs, "H2011", Service::crisis},      // crisis intervention
    {hcpcs, "S9484", Service::crisis},
    {hcpcs, "S9485", Service::crisis},
    {hcpcs, "H2027", Service::family},  // psychoeducation
    {hcpcs, "H0006", Service::case_management},
    {hcpcs, "T1016", Service::case_management},
    {hcpcs, "T1017", Service::case_management},
    {hcpcs, "H0004", Service::individual},  // behavioral health counseling
    {hcpcs, "H0005", Service::group},       // alcohol, drug group counseling
};

/// Looked for in this order: "IOP evening group" is IOP, "family group" is family.
constexpr std::pair<std::string_view, Service> known_words[] = {
    {"php", Service::php},
    {"partial hospital", Service::php},
    {"day program", Service::php},
    {"hospitalización parcial", Service::php},
    {"hospitalizacion parcial", Service::php},
    {"iop", Service::iop},
    {"intensive outpatient", Service::iop},
    {"ambulatorio intensivo", Service::iop},
    {"crisis", Service::crisis},
    {"case management", Service::case_management},
    {"case manager", Service::case_management},
    {"manejo de casos", Service::case_management},
    {"aftercare", Service::aftercare},
    {"after care", Service::aftercare},
    {"step down", Service::aftercare},
    {"continuing care", Service::aftercare},
    {"yoga", Service::holistic_class},
    {"mindfulness", Service::holistic_class},
    {"meditation", Service::holistic_class},
    {"tai chi", Service::holistic_class},
    {"art class", Service::holistic_class},
    {"art therapy", Service::holistic_class},
    {"music class", Service::holistic_class},
    {"music therapy", Service::holistic_class},
    {"holistic", Service::holistic_class},
    {"wellness class", Service::holistic_class},
    {"psychoeducation", Service::family},
    {"psycho education", Service::family},
    {"family", Service::family},
    {"couples", Service::family},
    {"familia", Service::family},
    {"medication", Service::medication},
    {"med check", Service::medication},
    {"med management", Service::medication},
    {"med mgmt", Service::medication},
    {"psychiatric follow up", Service::medication},
    {"psychiatry", Service::medication},
    {"medicamento", Service::medication},
    {"group", Service::group},
    {"grupo", Service::group},
    {"individual", Service::individual},
    {"psychotherapy", Service::individual},
    {"counseling", Service::individual},
    {"counselling", Service::individual},
    {"therapy session", Service::individual},
    {"therapy visit", Service::individual},
};

/// Lower case, everything but letters and digits one space, a space at both ends: a
/// phrase is found at the beginning of words only.
std::string for_comparison(std::string_view words) {
    std::string out = " ";
    for (const char c : words.substr(0, 256)) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (kept) {
            out += upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.back() != ' ') out += ' ';
    return out;
}

std::optional<Service> of_code(std::string_view system, std::string_view code,
                               const std::vector<ServiceCode>& own) {
    if (code.empty()) return std::nullopt;
    for (const auto& entry : own)
        if (!entry.is_virtual && entry.code == code &&
            (entry.system.empty() || entry.system == system))
            return entry.service;
    if (system == ours) return service(code);
    for (const auto& entry : known_codes)
        if (entry.code == code && entry.system == system) return entry.service;
    return std::nullopt;
}

}  // namespace

std::optional<Service> service_from_words(std::string_view words) {
    const std::string text = for_comparison(words);
    // Abbreviations count only as whole words, phrases also with an ending ("groups").
    for (const auto& [phrase, meaning] : known_words) {
        const std::string wanted =
            " " + std::string(phrase) + (phrase.size() <= 3 ? " " : "");
        if (text.find(wanted) != std::string::npos) return meaning;
    }
    return std::nullopt;
}

Service service_of(const json& resource, const std::vector<ServiceCode>& own) {
    std::vector<const json*> concepts;
    for (const char* element :
         {"serviceType", "type", "appointmentType", "serviceCategory", "category"})
        for (const json* each : objects_of(resource, element)) concepts.push_back(each);

    for (const json* each : concepts)
        for (const json* coding : objects_of(*each, "coding"))
            if (const auto known =
                    of_code(text_of(*coding, "system"), text_of(*coding, "code"), own))
                return *known;
    for (const json* each : concepts) {
        if (const auto known = service_from_words(text_of(*each, "text")))
            return *known;
        for (const json* coding : objects_of(*each, "coding"))
            if (const auto known = service_from_words(text_of(*coding, "display")))
                return *known;
    }
    return Service::other;
}

bool is_virtual(const json& resource, const std::vector<ServiceCode>& own) {
    // HL7 v3-ActCode VR (virtual encounter) and SNOMED CT 448337001 (telemedicine
    // consultation with patient).
    std::vector<ServiceCode> codes = {
        {"http://terminology.hl7.org/CodeSystem/v3-ActCode", "VR"},
        {"http://snomed.info/sct", "448337001"}};
    for (const auto& entry : own)
        if (entry.is_virtual) codes.push_back(entry);
    for (const char* element : {"serviceType", "appointmentType", "serviceCategory"})
        for (const json* each : objects_of(resource, element))
            for (const json* coding : objects_of(*each, "coding"))
                for (const auto& wanted : codes)
                    if (text_of(*coding, "code") == wanted.code &&
                        (wanted.system.empty() ||
                         text_of(*coding, "system") == wanted.system))
                        return true;
    return false;
}

}  // namespace foyer
