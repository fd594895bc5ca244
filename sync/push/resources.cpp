#include "sync/push/resources.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/push/writing.h"
#include "sync/server/fhir_server.h"

namespace foyer {

namespace {

/// Entries a server takes in one transaction when some are conditional (sync.md).
constexpr std::size_t most_entries = 8;

/// A text of a raw JSON value, or empty.
std::string text_at(std::string_view json, const JsonPath& path) {
    const auto raw = raw_value(json, path);
    if (!raw) return {};
    const auto value = nlohmann::json::parse(*raw, nullptr, false);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool contains(const std::vector<std::string>& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::array<unsigned, 3> three{};
        const auto count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < count; ++k)
            three[k] = static_cast<unsigned char>(bytes[i + k]);
        const unsigned all = (three[0] << 16) | (three[1] << 8) | three[2];
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= count ? digits[(all >> (18 - 6 * k)) & 63] : '=';
    }
    return text;
}

/// The resource as a document, under its own identifier.
Result<std::string> as_document(std::string_view resource) {
    const auto parsed = parse_json(resource);
    if (!parsed) return fail(Error::Code::bad_input, "push: an entry is no JSON");
    const auto& given = *parsed;
    r4::Json json = {{"resourceType", "DocumentReference"}};
    if (given.contains("meta")) json["meta"] = r4::Json::parse(given["meta"].dump());
    auto identifiers = r4::Json::array();
    for (const auto* one : objects_of(given, "identifier"))
        identifiers.push_back(r4::Json::parse(one->dump()));
    if (!identifiers.empty()) json["identifier"] = std::move(identifiers);
    json["status"] = "current";
    const std::string type(text_of(given, "resourceType"));
    json["type"] = r4::concept_of({r4::coding("urn:foyer:document", type, "")},
                                  "FHIR " + type + " from a kiosk");
    for (const char* name : {"subject", "patient"})
        if (const auto* whom = object_of(given, name);
            whom && !json.contains("subject"))
            json["subject"] = r4::Json::parse(whom->dump());
    for (const char* name :
         {"authored", "dateTime", "effectiveInstant", "effectiveDateTime"})
        if (const auto at = text_of(given, name);
            !at.empty() && !json.contains("date") && at.size() > 10)
            json["date"] = at;
    json["content"] = r4::Json::array(
        {{{"attachment",
           {{"contentType", "application/fhir+json"}, {"data", base64(resource)}}}}});
    return r4::dumped(json);
}

/// `resource` without its references to what is not sent; empty when nothing is left to
/// say. Ours only: the Bundle of a form keeps every digit, and refers to neither.
std::string without(std::string_view resource, const std::string& full_url) {
    if (resource.find(full_url) == resource.npos) return std::string(resource);
    auto json = r4::Json::parse(resource, nullptr, false);
    if (json.is_discarded()) return std::string(resource);
    const auto is_it = [&](const r4::Json& reference) {
        return reference.is_object() && reference.value("reference", "") == full_url;
    };
    if (json.contains("encounter") && is_it(json["encounter"])) json.erase("encounter");
    if (json.contains("target")) {
        auto kept = r4::Json::array();
        for (auto& target : json["target"])
            if (!is_it(target)) kept.push_back(std::move(target));
        if (kept.empty()) return {};
        json["target"] = std::move(kept);
    }
    return r4::dumped(json);
}

/// Without these nothing is lost that the clinic acts on: the rest of the Bundle says
/// what happened, and who was told of it when.
bool can_go(std::string_view type) {
    return type == "Provenance" || type == "Encounter";
}
/// What a person reads can be read in a document.
bool can_be_read(std::string_view type) {
    return type == "QuestionnaireResponse" || type == "Consent" ||
           type == "Observation";
}

}  // namespace

std::string Speaker::device() const {
    return site_id + "/" + std::to_string(device_index);
}

Speaker speaker_of(const Site& site) {
    return {site.id, site.device_index, site.device_name};
}

Result<std::string> anchor_of(std::string_view bundle) {
    if (!nlohmann::json::accept(bundle))
        return fail(Error::Code::bad_input, "push: a Bundle is no JSON");
    const auto entries = raw_value(bundle, {"entry"});
    if (!entries) return fail(Error::Code::bad_input, "push: a Bundle has no entries");
    for (const auto entry : raw_elements(*entries)) {
        const std::string unless = text_at(entry, {"request", "ifNoneExist"});
        if (unless.empty()) continue;
        const auto equals = unless.find('=');
        if (equals == std::string::npos) continue;
        return text_at(entry, {"request", "url"}) + "?" + unless.substr(0, equals + 1) +
               encoded(std::string_view(unless).substr(equals + 1));
    }
    return fail(Error::Code::not_found, "push: a Bundle without an anchor");
}

Result<std::string> form_bundle(const Unit& unit) {
    const auto tree = parse_json(unit.body);
    const auto bundle = tree ? raw_value(unit.body, {"bundle"}) : std::nullopt;
    const auto entries = bundle ? raw_value(*bundle, {"entry"}) : std::nullopt;
    if (!entries)
        return fail(Error::Code::bad_input, "push: a form unit without its Bundle");
    const auto count = raw_elements(*entries).size();
    if (count == 0 || count > most_entries)
        return fail(Error::Code::bad_input,
                    "push: a form's Bundle has " + std::to_string(count) + " entries");
    return std::string(*bundle);
}

Result<std::string> within_abilities(std::string_view bundle,
                                     const std::vector<std::string>& refused_types) {
    const auto entries = raw_value(bundle, {"entry"});
    if (!entries) return fail(Error::Code::bad_input, "push: a Bundle has no entries");
    std::vector<Entry> kept;
    std::vector<std::string> left_out;
    for (const auto entry : raw_elements(*entries)) {
        Entry one{.method = text_at(entry, {"request", "method"}),
                  .url = text_at(entry, {"request", "url"}),
                  .resource = std::string(raw_value(entry, {"resource"}).value_or("")),
                  .full_url = text_at(entry, {"fullUrl"}),
                  .if_none_exist = text_at(entry, {"request", "ifNoneExist"}),
                  .if_match = {}};
        if (const auto match = text_at(entry, {"request", "ifMatch"}); match.size() > 4)
            one.if_match = match.substr(3, match.size() - 4);
        const auto type = text_at(entry, {"resource", "resourceType"});
        if (one.method == "POST" && contains(refused_types, type)) {
            if (can_go(type)) {
                left_out.push_back(one.full_url);
                continue;
            }
            if (!can_be_read(type) || contains(refused_types, "DocumentReference"))
                return fail(Error::Code::refused, "push: the server takes no " + type);
            one.url = "DocumentReference";
            one.resource = TRY(as_document(one.resource));
        }
        kept.push_back(std::move(one));
    }
    for (const auto& url : left_out) {
        for (auto& one : kept) one.resource = without(one.resource, url);
        std::erase_if(kept, [](const Entry& one) { return one.resource.empty(); });
    }
    if (kept.empty())
        return fail(Error::Code::not_found, "push: the server takes nothing of this");
    std::string result = transaction_of(kept);
    // What is looked for by search has changed its type with the rest.
    for (const auto& type : refused_types) {
        const std::string from = "\"" + type + "?identifier=urn:foyer:op|";
        const std::string to = "\"DocumentReference?identifier=urn:foyer:op|";
        for (auto at = result.find(from); at != std::string::npos;
             at = result.find(from, at + to.size()))
            result.replace(at, from.size(), to);
    }
    return result;
}

}  // namespace foyer
