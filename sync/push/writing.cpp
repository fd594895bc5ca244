#include "sync/push/writing.h"

#include <nlohmann/json.hpp>

#include "sync/fhir/raw_json.h"

namespace foyer {

namespace {

using r4::Json;

constexpr const char* act_code = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr const char* confidentiality =
    "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
constexpr const char* data_operation =
    "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
constexpr const char* participant_type =
    "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

Json agent(const char* type, const char* display, Json who) {
    return {{"type", r4::concept_of({r4::coding(participant_type, type, display)}, "")},
            {"who", std::move(who)}};
}

}  // namespace

namespace r4 {

Json coding(std::string_view system, std::string_view code, std::string_view display) {
    Json json = {{"system", system}, {"code", code}};
    if (!display.empty()) json["display"] = display;
    return json;
}

Json concept_of(std::vector<Json> codings, std::string_view text) {
    Json json = Json::object();
    if (!codings.empty()) {
        json["coding"] = Json::array();
        for (auto& one : codings) json["coding"].push_back(std::move(one));
    }
    if (!text.empty()) json["text"] = text;
    return json;
}

Json reference(std::string_view type, std::string_view id) {
    return {{"reference", std::string(type) + "/" + std::string(id)}};
}

Json named(std::string_view type, std::string_view id, Names names) {
    if (names == Names::references) return reference(type, id);
    return {
        {"type", type},
        {"identifier",
         {{"system", ours::id}, {"value", std::string(type) + "/" + std::string(id)}}}};
}

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace r4

std::string transaction_of(const std::vector<Entry>& entries) {
    std::string json = R"({"resourceType":"Bundle","type":"transaction","entry":[)";
    for (const auto& entry : entries) {
        if (&entry != &entries.front()) json += ',';
        json += '{';
        if (!entry.full_url.empty())
            json += R"("fullUrl":)" + json_text(entry.full_url) + ',';
        json += R"("resource":)" + entry.resource + R"(,"request":{"method":)" +
                json_text(entry.method) + R"(,"url":)" + json_text(entry.url);
        if (!entry.if_none_exist.empty())
            json += R"(,"ifNoneExist":)" + json_text(entry.if_none_exist);
        if (!entry.if_match.empty())
            json += R"(,"ifMatch":)" + json_text("W/\"" + entry.if_match + "\"");
        json += "}}";
    }
    return json + "]}";
}

std::string Writing::full_url(std::string_view role) const {
    return "urn:uuid:" + unit_id("entry|" + unit_.id + "|" + std::string(role));
}

std::string Writing::key(std::string_view role) const {
    return unit_.id + "/" + std::string(role);
}

Json Writing::identifier(std::string_view role) const {
    return {{"system", ours::operation}, {"value", key(role)}};
}

Json Writing::device() const {
    const int index = act_.device < 0 ? speaker_.device_index : act_.device;
    Json json = {{"type", "Device"},
                 {"identifier",
                  {{"system", ours::device},
                   {"value", speaker_.site_id + "/" + std::to_string(index)}}}};
    if (index == speaker_.device_index && !speaker_.device_name.empty())
        json["display"] = speaker_.device_name;
    return json;
}

Json Writing::patient(Names names) const {
    return r4::named("Patient", act_.patient, names);
}

Json Writing::resource(std::string_view type, std::string_view role,
                       bool tagged) const {
    Json json = {{"resourceType", type}};
    Json meta = Json::object();
    if (label_ == Label::part2)
        meta["security"] = Json::array({r4::coding(act_code, "42CFRPart2", ""),
                                        r4::coding(confidentiality, "R", "")});
    Json tags = Json::array();
    if (tagged) tags.push_back({{"system", ours::operation}, {"code", key(role)}});
    if (!act_.trusted) tags.push_back({{"system", ours::clock}, {"code", "untrusted"}});
    if (!tags.empty()) meta["tag"] = std::move(tags);
    if (!meta.empty()) json["meta"] = std::move(meta);
    return json;
}

Entry Writing::create(const Json& resource, std::string_view role) const {
    const std::string type = resource.at("resourceType");
    const bool tagged = type == "Provenance" || type == "AuditEvent";
    return {.method = "POST",
            .url = type,
            .resource = r4::dumped(resource),
            .full_url = full_url(role),
            .if_none_exist = std::string(tagged ? "_tag=" : "identifier=") +
                             ours::operation + "|" + key(role)};
}

Entry Writing::update(const Contended& contended, std::string json) {
    return {.method = "PUT",
            .url = contended.type + "/" + contended.id,
            .resource = std::move(json),
            .if_match = contended.version};
}

Json Writing::provenance(const Told& told) const {
    Json json = resource("Provenance", told.role, true);
    json["target"] = Json::array();
    for (const auto& target : told.targets)
        json["target"].push_back({{"reference", target}});
    json["occurredDateTime"] = act_.at;
    json["_occurredDateTime"]["extension"] =
        Json::array({{{"url", ours::clock_quality},
                      {"valueCode", act_.trusted ? "trusted" : "untrusted"}}});
    json["recorded"] = act_.at;
    std::vector<Json> codings;
    if (!told.operation.empty())
        codings.push_back(r4::coding(data_operation, told.operation, ""));
    codings.push_back(r4::coding(ours::act, told.act, told.text));
    json["activity"] = r4::concept_of(std::move(codings), told.text);
    json["agent"] = Json::array();
    if (!told.by.empty())
        json["agent"].push_back(
            agent("performer", "Performer", {{"display", told.by}}));
    else if (!act_.patient.empty())
        json["agent"].push_back(agent("performer", "Performer", patient(told.names)));
    json["agent"].push_back(agent("assembler", "Assembler", device()));
    return json;
}

}  // namespace foyer
