#include "sync/fhir/patient_reader.h"

#include <initializer_list>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

using nlohmann::json;
using Uses = std::initializer_list<std::string_view>;

/// Whether a name or number was in use up to a day before today. Periods name days or
/// moments; the day is enough here.
bool ended(const json& element, Date today) {
    const json* period = object_of(element, "period");
    if (!period) return false;
    const auto end = parse_date(text_of(*period, "end").substr(0, 10));
    return end && *end < today;
}

std::string first_given(const json& name) {
    const auto given = name.find("given");
    if (given == name.end()) return {};
    if (given->is_string()) return clean(given->get_ref<const std::string&>());
    if (given->is_array())
        for (const json& each : *given)
            if (each.is_string())
                if (auto text = clean(each.get_ref<const std::string&>());
                    !text.empty())
                    return text;
    return {};
}

std::string family_of(const json& name) {
    return clean(text_of(name, "family"));
}

/// "Castellano, Maria" or "Maria Castellano"; a single word is both.
struct Split {
    std::string given, family;
};
Split split(const std::string& text) {
    if (const auto comma = text.find(','); comma != std::string::npos) {
        const std::string rest = clean(std::string_view(text).substr(comma + 1));
        return {rest.substr(0, rest.find(' ')), clean(text.substr(0, comma))};
    }
    const auto last = text.rfind(' ');
    if (last == std::string::npos) return {text, text};
    return {text.substr(0, text.find(' ')), text.substr(last + 1)};
}

/// The names in the order in which they are asked, current ones before ended ones.
std::vector<const json*> in_order(const json& resource, Uses uses, Date today) {
    std::vector<const json*> ordered;
    for (const bool old : {false, true})
        for (const auto use : uses)
            for (const json* name : objects_of(resource, "name"))
                if (text_of(*name, "use") == use && ended(*name, today) == old)
                    ordered.push_back(name);
    return ordered;
}

void read_names(const json& resource, Date today, ReadPatient& read) {
    const Uses for_family = {"official", "usual", "",      "temp",
                             "nickname", "old",   "maiden"};
    const Uses for_given = {"usual", "nickname", "official", "", "temp", "old"};
    auto& patient = read.patient;
    for (const json* name : in_order(resource, for_family, today))
        if (patient.family.empty()) patient.family = family_of(*name);
    for (const json* name : in_order(resource, for_given, today))
        if (patient.given.empty()) patient.given = first_given(*name);

    for (const json* name : in_order(resource, for_family, today)) {
        const std::string text = clean(text_of(*name, "text"));
        if (text.empty()) continue;
        const auto [given, family] = split(text);
        if (patient.family.empty()) {
            patient.family = family;
            if (given != family)
                read.remarks.emplace_back(
                    "name: has no family name; the last name is taken from its text");
        }
        if (patient.given.empty()) patient.given = given;
    }
    if (patient.family.empty()) patient.family = patient.given;
    if (patient.given.empty()) patient.given = patient.family;
    if (patient.family.empty())
        read.remarks.emplace_back("name: missing; this person is found by slip only");
}

void read_birth_date(const json& resource, Date today, ReadPatient& read) {
    const auto remark = [&](const char* why) {
        read.remarks.push_back(std::string("birthDate: ") + why +
                               "; this person is found by slip only");
    };
    if (!has(resource, "birthDate")) return remark("missing");
    const auto born = parse_date(text_of(resource, "birthDate"));
    if (!born) return remark("not a full date (YYYY-MM-DD)");
    if (*born > today) return remark("lies in the future");
    read.patient.born = *born;
}

std::string phone_of(const json& resource, Date today) {
    for (const std::string_view use : {"mobile", "home", "", "temp"})
        for (const json* point : objects_of(resource, "telecom")) {
            const auto system = text_of(*point, "system");
            if (system != "phone" && system != "sms" && !system.empty()) continue;
            if (text_of(*point, "use") != use || ended(*point, today)) continue;
            auto value = clean(text_of(*point, "value"));
            if (system.empty() && value.find('@') != std::string::npos) continue;
            if (!value.empty()) return value;
        }
    return {};
}

/// The preferred language to speak with the patient, else the first one listed.
std::string language_of(const json& resource) {
    std::string first;
    for (const json* each : objects_of(resource, "communication")) {
        const json* language = object_of(*each, "language");
        if (!language) continue;
        for (const json* coding : objects_of(*language, "coding")) {
            const auto code = text_of(*coding, "code");
            if (code.empty() || code.size() > 35) continue;  // BCP 47: longest is 35
            if (is_true(*each, "preferred")) return clean(code);
            if (first.empty()) first = clean(code);
        }
    }
    return first;
}

}  // namespace

ReadPatient read_patient(const json& resource, Date today) {
    ReadPatient read;
    read.patient.id = text_of(resource, "id");
    read_names(resource, today, read);
    read_birth_date(resource, today, read);
    read.patient.phone = phone_of(resource, today);
    read.patient.language = language_of(resource);

    const bool dead = is_true(resource, "deceasedBoolean") ||
                      !text_of(resource, "deceasedDateTime").empty();
    bool replaced = false;
    for (const json* link : objects_of(resource, "link"))
        replaced = replaced || text_of(*link, "type") == "replaced-by";
    const auto active = resource.find("active");
    const bool inactive =
        active != resource.end() && active->is_boolean() && !active->get<bool>();
    if (dead || replaced || inactive)
        read.remarks.emplace_back(
            "marked inactive, deceased or replaced; taken, the desk decides");
    return read;
}

}  // namespace foyer
