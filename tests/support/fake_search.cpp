#include "tests/support/fake_search.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

namespace foyer::fake {
namespace {

using nlohmann::json;
using namespace std::chrono;

enum class Kind { token, reference, date, uri };

struct Parameter {
    Kind kind;
    std::vector<std::string> paths;  ///< "participant.actor"
    std::string target = {};         ///< of a reference: this type only
};

using Parameters = std::map<std::string, Parameter, std::less<>>;

/// R4 search parameters by type: those that Foyer asks for, and some beside them.
const std::map<std::string, Parameters, std::less<>>& table() {
    using enum Kind;
    static const Parameter identifier{token, {"identifier"}};
    static const Parameter status{token, {"status"}};
    static const auto patient = [](const char* path) {
        return Parameter{reference, {path}, "Patient"};
    };
    static const auto any = [](const char* path) {
        return Parameter{reference, {path}};
    };
    static const std::map<std::string, Parameters, std::less<>> all = {
        {"Appointment",
         {{"identifier", identifier},
          {"status", status},
          {"date", {date, {"start"}}},
          {"actor", any("participant.actor")},
          {"patient", patient("participant.actor")},
          {"practitioner", {reference, {"participant.actor"}, "Practitioner"}},
          {"location", {reference, {"participant.actor"}, "Location"}},
          {"service-type", {token, {"serviceType"}}},
          {"slot", any("slot")}}},
        {"AuditEvent",
         {{"date", {date, {"recorded"}}},
          {"agent", any("agent.who")},
          {"entity", any("entity.what")},
          {"type", {token, {"type"}}},
          {"patient", {reference, {"agent.who", "entity.what"}, "Patient"}}}},
        {"Binary", {}},
        {"Communication",
         {{"identifier", identifier}, {"status", status}, {"subject", any("subject")}}},
        {"Consent",
         {{"identifier", identifier},
          {"status", status},
          {"patient", patient("patient")},
          {"date", {date, {"dateTime"}}},
          {"scope", {token, {"scope"}}},
          {"category", {token, {"category"}}}}},
        {"Device",
         {{"identifier", identifier},
          {"status", status},
          {"patient", patient("patient")},
          {"location", any("location")}}},
        {"DocumentReference",
         {{"identifier", {token, {"identifier", "masterIdentifier"}}},
          {"status", status},
          {"patient", patient("subject")},
          {"subject", any("subject")},
          {"type", {token, {"type"}}},
          {"date", {date, {"date"}}}}},
        {"Encounter",
         {{"identifier", identifier},
          {"status", status},
          {"patient", patient("subject")},
          {"subject", any("subject")},
          {"appointment", any("appointment")},
          {"class", {token, {"class"}}},
          {"date", {date, {"period"}}}}},
        {"Flag",
         {{"identifier", identifier},
          {"patient", patient("subject")},
          {"subject", any("subject")}}},
        {"HealthcareService",
         {{"identifier", identifier},
          {"location", any("location")},
          {"organization", any("providedBy")},
          {"active", {token, {"active"}}}}},
        {"Location",
         {{"identifier", identifier},
          {"status", status},
          {"organization", any("managingOrganization")}}},
        {"Observation",
         {{"identifier", identifier},
          {"status", status},
          {"code", {token, {"code"}}},
          {"category", {token, {"category"}}},
          {"patient", patient("subject")},
          {"subject", any("subject")},
          {"encounter", any("encounter")},
          {"focus", any("focus")},
          {"derived-from", any("derivedFrom")},
          {"date",
           {date, {"effectiveDateTime", "effectiveInstant", "effectivePeriod"}}}}},
        {"Organization", {{"identifier", identifier}, {"active", {token, {"active"}}}}},
        {"Patient",
         {{"identifier", identifier},
          {"birthdate", {date, {"birthDate"}}},
          {"gender", {token, {"gender"}}},
          {"active", {token, {"active"}}}}},
        {"Practitioner", {{"identifier", identifier}, {"active", {token, {"active"}}}}},
        {"PractitionerRole",
         {{"identifier", identifier},
          {"practitioner", any("practitioner")},
          {"location", any("location")}}},
        {"Provenance",
         {{"target", any("target")},
          {"agent", any("agent.who")},
          {"recorded", {date, {"recorded"}}},
          {"patient", patient("target")}}},
        {"Questionnaire",
         {{"identifier", identifier},
          {"status", status},
          {"url", {uri, {"url"}}},
          {"version", {token, {"version"}}},
          {"date", {date, {"date"}}}}},
        {"QuestionnaireResponse",
         {{"identifier", identifier},
          {"status", status},
          {"questionnaire", {uri, {"questionnaire"}}},
          {"patient", patient("subject")},
          {"subject", any("subject")},
          {"source", any("source")},
          {"encounter", any("encounter")},
          {"authored", {date, {"authored"}}}}},
        {"Schedule",
         {{"identifier", identifier},
          {"actor", any("actor")},
          {"active", {token, {"active"}}},
          {"service-type", {token, {"serviceType"}}},
          {"date", {date, {"planningHorizon"}}}}},
        {"ServiceRequest",
         {{"identifier", identifier},
          {"status", status},
          {"patient", patient("subject")},
          {"subject", any("subject")}}},
        {"Slot",
         {{"identifier", identifier},
          {"status", status},
          {"schedule", any("schedule")},
          {"service-type", {token, {"serviceType"}}},
          {"start", {date, {"start"}}}}},
        {"Task",
         {{"identifier", identifier},
          {"status", status},
          {"owner", any("owner")},
          {"requester", any("requester")},
          {"patient", patient("for")},
          {"subject", any("for")},
          {"focus", any("focus")},
          {"code", {token, {"code"}}},
          {"intent", {token, {"intent"}}},
          {"priority", {token, {"priority"}}},
          {"authored-on", {date, {"authoredOn"}}},
          {"modified", {date, {"lastModified"}}}}},
    };
    return all;
}

const Parameter* parameter_of(std::string_view type, std::string_view name) {
    static const Parameters common = {
        {"_id", {Kind::token, {"id"}}},
        {"_lastUpdated", {Kind::date, {"meta.lastUpdated"}}},
        {"_tag", {Kind::token, {"meta.tag"}}},
        {"_security", {Kind::token, {"meta.security"}}},
        {"_profile", {Kind::uri, {"meta.profile"}}},
    };
    if (const auto it = common.find(name); it != common.end()) return &it->second;
    const auto of_type = table().find(type);
    if (of_type == table().end()) return nullptr;
    const auto it = of_type->second.find(name);
    return it == of_type->second.end() ? nullptr : &it->second;
}

/// Calls `found` for everything at a path, through lists.
void walk(const json& at, std::string_view path,
          const std::function<void(const json&)>& found) {
    if (at.is_array()) {
        for (const json& one : at) walk(one, path, found);
        return;
    }
    if (path.empty()) return found(at);
    if (!at.is_object()) return;
    const auto dot = path.find('.');
    const auto it = at.find(path.substr(0, dot));
    if (it == at.end()) return;
    walk(*it, dot == path.npos ? "" : path.substr(dot + 1), found);
}

bool any_of(const json& resource, const Parameter& parameter,
            const std::function<bool(const json&)>& good) {
    bool hit = false;
    for (const std::string& path : parameter.paths)
        walk(resource, path, [&](const json& one) { hit = hit || good(one); });
    return hit;
}

std::string text_at(const json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_string() ? it->get<std::string>()
                                                 : std::string();
}

bool token_matches(const json& found, std::string_view wanted) {
    if (found.is_object() && found.contains("coding")) {
        bool hit = false;
        walk(found, "coding",
             [&](const json& coding) { hit = hit || token_matches(coding, wanted); });
        return hit;
    }
    std::string system, code;
    if (found.is_string())
        code = found.get<std::string>();
    else if (found.is_boolean())
        code = found.get<bool>() ? "true" : "false";
    else if (found.is_object()) {
        system = text_at(found, "system");
        code = text_at(found, found.contains("value") ? "value" : "code");
    }
    const auto bar = wanted.find('|');
    if (bar == wanted.npos) return code == wanted;
    const std::string_view wanted_system = wanted.substr(0, bar);
    const std::string_view wanted_code = wanted.substr(bar + 1);
    // A plain code has the system of its value set, which is not known here.
    if (found.is_string()) return code == wanted_code;
    return system == wanted_system && (wanted_code.empty() || code == wanted_code);
}

/// "http://clinic.test/fhir/Patient/1/_history/2" -> "Patient/1"
std::string local(std::string_view reference) {
    if (const auto history = reference.find("/_history/"); history != reference.npos)
        reference = reference.substr(0, history);
    const auto last = reference.rfind('/');
    if (last == reference.npos || last == 0) return std::string(reference);
    const auto before = reference.rfind('/', last - 1);
    return std::string(before == reference.npos ? reference
                                                : reference.substr(before + 1));
}

bool reference_matches(const json& found, const std::string& target,
                       std::string_view wanted) {
    if (!found.is_object()) return false;
    const std::string there = local(text_at(found, "reference"));
    if (there.empty()) return false;
    if (!target.empty() && !there.starts_with(target + "/")) return false;
    if (wanted.find('/') != wanted.npos) return there == local(wanted);
    return there.substr(there.find('/') + 1) == wanted;
}

bool date_matches(const json& found, std::string_view wanted) {
    std::string_view prefix = "eq";
    if (wanted.size() > 2 && wanted[0] >= 'a' && wanted[0] <= 'z') {
        prefix = wanted.substr(0, 2);
        wanted.remove_prefix(2);
    }
    const auto asked = parse_time(wanted);
    if (!asked) return false;
    Instant from = Instant::min(), to = Instant::max();
    if (found.is_string()) {
        const auto time = parse_time(found.get<std::string>());
        if (!time) return false;
        std::tie(from, to) = *time;
    } else if (found.is_object()) {
        if (const auto time = parse_time(text_at(found, "start"))) from = time->first;
        if (const auto time = parse_time(text_at(found, "end"))) to = time->second;
    } else {
        return false;
    }
    if (prefix == "ge") return to >= asked->first;
    if (prefix == "gt") return to > asked->second;
    if (prefix == "le") return from <= asked->second;
    if (prefix == "lt") return from < asked->first;
    if (prefix == "sa") return from > asked->second;
    if (prefix == "eb") return to < asked->first;
    return from >= asked->first && to <= asked->second;
}

bool uri_matches(const json& found, std::string_view wanted) {
    if (!found.is_string()) return false;
    const auto& text = found.get_ref<const std::string&>();
    if (text == wanted) return true;
    // A canonical of any version.
    return wanted.find('|') == wanted.npos && text.size() > wanted.size() &&
           text.starts_with(wanted) && text[wanted.size()] == '|';
}

bool one_matches(const json& resource, const Parameter& parameter,
                 std::string_view value) {
    return any_of(resource, parameter, [&](const json& found) {
        switch (parameter.kind) {
            case Kind::token:
                return token_matches(found, value);
            case Kind::reference:
                return reference_matches(found, parameter.target, value);
            case Kind::date:
                return date_matches(found, value);
            case Kind::uri:
                return uri_matches(found, value);
        }
        return false;
    });
}

std::pair<std::string_view, std::string_view> name_and_modifier(
    std::string_view parameter) {
    const auto colon = parameter.find(':');
    if (colon == parameter.npos) return {parameter, {}};
    return {parameter.substr(0, colon), parameter.substr(colon + 1)};
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Query parse_query(std::string_view text) {
    const auto decode = [](std::string_view coded) {
        std::string plain;
        for (std::size_t i = 0; i < coded.size(); ++i) {
            if (coded[i] == '+') {
                plain += ' ';
            } else if (coded[i] == '%' && i + 2 < coded.size()) {
                unsigned value = 0;
                std::from_chars(coded.data() + i + 1, coded.data() + i + 3, value, 16);
                plain += static_cast<char>(value);
                i += 2;
            } else {
                plain += coded[i];
            }
        }
        return plain;
    };
    Query query;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (part.empty()) continue;
        const auto equals = part.find('=');
        query.emplace_back(
            decode(part.substr(0, equals)),
            equals == part.npos ? std::string() : decode(part.substr(equals + 1)));
    }
    return query;
}

std::string encode(std::string_view value) {
    std::string coded;
    for (const char c : value) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            (c >= '0' && c <= '9') ||
            std::string_view("-_.~").find(c) != std::string_view::npos) {
            coded += c;
            continue;
        }
        std::array<char, 4> hex{};
        std::snprintf(hex.data(), hex.size(), "%%%02X",
                      static_cast<unsigned>(static_cast<unsigned char>(c)));
        coded += hex.data();
    }
    return coded;
}

bool known_parameter(std::string_view type, std::string_view parameter) {
    const auto [name, modifier] = name_and_modifier(parameter);
    const Parameter* known = parameter_of(type, name);
    if (!known) return false;
    return modifier.empty() || (modifier == "not" && known->kind == Kind::token) ||
           modifier == "missing" || known->kind == Kind::reference;
}

bool matches(const json& resource, std::string_view parameter, std::string_view value) {
    const std::string type = text_at(resource, "resourceType");
    const auto [name, modifier] = name_and_modifier(parameter);
    const Parameter* known = parameter_of(type, name);
    if (!known) return false;
    if (modifier == "missing")
        return any_of(resource, *known, [](const json&) { return true; }) !=
               (value == "true");
    bool hit = false;
    while (true) {
        const auto comma = value.find(',');
        const std::string_view one = value.substr(0, comma);
        if (known->kind == Kind::reference && !modifier.empty())
            hit = hit || one_matches(resource, *known,
                                     std::string(modifier) + "/" + std::string(one));
        else
            hit = hit || one_matches(resource, *known, one);
        if (comma == value.npos) break;
        value.remove_prefix(comma + 1);
    }
    return modifier == "not" ? !hit : hit;
}

bool asks_for_instant(std::string_view type, std::string_view parameter,
                      std::string_view value) {
    const Parameter* known = parameter_of(type, parameter);
    return known && known->kind == Kind::date && !value.empty() && value[0] >= '0' &&
           value[0] <= '9' && value.find('T') != value.npos;
}

std::string sort_key(const json& resource, std::string_view parameter) {
    const Parameter* known = parameter_of(text_at(resource, "resourceType"), parameter);
    std::string key;
    if (known)
        any_of(resource, *known, [&](const json& found) {
            if (!found.is_string()) return false;
            key = found.get<std::string>();
            if (known->kind == Kind::date) {
                if (const auto time = parse_time(key)) key = instant_text(time->first);
            }
            return true;
        });
    return key;
}

std::vector<std::string> references(const json& resource, std::string_view parameter) {
    std::vector<std::string> all;
    const Parameter* known = parameter_of(text_at(resource, "resourceType"), parameter);
    if (!known || known->kind != Kind::reference) return all;
    any_of(resource, *known, [&](const json& found) {
        if (!found.is_object()) return false;
        std::string there = local(text_at(found, "reference"));
        if (!there.empty() &&
            (known->target.empty() || there.starts_with(known->target + "/")))
            all.push_back(std::move(there));
        return false;
    });
    return all;
}

std::optional<std::pair<Instant, Instant>> parse_time(std::string_view text) {
    const auto digits = [&](std::size_t at, std::size_t count) -> std::optional<int> {
        if (text.size() < at + count) return std::nullopt;
        return number(text.substr(at, count));
    };
    const auto year_number = digits(0, 4);
    if (!year_number) return std::nullopt;
    const auto first_of = [&](int m, int d) {
        return sys_days{year{*year_number} / m / d};
    };
    if (text.size() == 4)
        return std::pair<Instant, Instant>{
            first_of(1, 1), first_of(1, 1) + days{365} - milliseconds{1}};
    const auto month_number = digits(5, 2);
    if (!month_number) return std::nullopt;
    if (text.size() == 7)
        return std::pair<Instant, Instant>{
            first_of(*month_number, 1),
            sys_days{year{*year_number} / *month_number / last} + days{1} -
                milliseconds{1}};
    const auto day_number = digits(8, 2);
    if (!day_number) return std::nullopt;
    const auto midnight = first_of(*month_number, *day_number);
    if (text.size() == 10)
        return std::pair<Instant, Instant>{midnight,
                                           midnight + days{1} - milliseconds{1}};
    const auto h = digits(11, 2), m = digits(14, 2);
    if (!h || !m || text[10] != 'T') return std::nullopt;
    Instant first = midnight + hours{*h} + minutes{*m};
    milliseconds width = minutes{1};
    std::size_t at = 16;
    if (at < text.size() && text[at] == ':') {
        const auto s = digits(17, 2);
        if (!s) return std::nullopt;
        first += seconds{*s};
        width = seconds{1};
        at = 19;
        if (at < text.size() && text[at] == '.') {
            width = milliseconds{1};
            int scale = 100;
            for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
                first += milliseconds{(text[at] - '0') * scale};
                scale /= 10;
            }
        }
    }
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const auto oh = digits(at + 1, 2), om = digits(at + 4, 2);
        if (!oh || !om) return std::nullopt;
        const minutes offset = hours{*oh} + minutes{*om};
        first += text[at] == '+' ? -offset : offset;
    }
    return std::pair{first, first + width - milliseconds{1}};
}

std::string instant_text(Instant at) {
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return text.data();
}

}  // namespace foyer::fake
