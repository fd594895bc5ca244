#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/push/resources.h"
#include "sync/push/writing.h"

namespace foyer {

namespace {

using r4::Json;

std::string digits(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer()
               ? std::to_string(found->get<std::int64_t>())
               : std::string();
}

/// "2026-11-23T14:45:00.000Z checked-in 9f… device 0 mac 5c…": enough to compute the
/// chain again with the site's key.
Json line_of(const nlohmann::json& entry) {
    std::string text(text_of(entry, "at"));
    text += " " + std::string(text_of(entry, "action"));
    if (const auto subject = text_of(entry, "subject"); !subject.empty())
        text += " " + std::string(subject);
    text += " device " + digits(entry, "device") + " mac " +
            std::string(text_of(entry, "mac"));
    return {{"type", digits(entry, "seq")}, {"valueString", text}};
}

/// The status and version in the place of what `known` has of them.
Result<std::string> changed(const Contended& known, std::string_view status,
                            const Json& version) {
    auto json = TRY(with_value(known.json, {"status"}, json_text(status)));
    return with_value(json, {"version"}, r4::dumped(version));
}

}  // namespace

Result<std::string> audit_bundle(const Unit& unit, const Speaker& speaker,
                                 const Site&) {
    const auto act = TRY(act_of(unit));
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    const auto entries = objects_of(body, "entries");
    if (entries.empty())
        return fail(Error::Code::bad_input, "push: a segment of the log without lines");
    const Writing writing(unit, act, speaker, Label::none);

    Json json = writing.resource("AuditEvent", "audit", true);
    json["type"] = r4::coding("http://dicom.nema.org/resources/ontology/DCM", "110101",
                              "Audit Log Used");
    json["subtype"] = Json::array(
        {r4::coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
                    "archive", "Archive Record Lifecycle Event")});
    json["action"] = "C";
    json["period"] = {{"start", std::string(text_of(*entries.front(), "at"))},
                      {"end", std::string(text_of(*entries.back(), "at"))}};
    json["recorded"] = act.at;
    json["outcome"] = "0";
    json["agent"] = Json::array({{{"who", writing.device()}, {"requestor", false}}});
    json["source"] = {{"site", speaker.site_id}, {"observer", writing.device()}};
    Json details = Json::array();
    for (const auto* entry : entries) details.push_back(line_of(*entry));
    if (const auto head = text_of(body, "head"); !head.empty())
        details.push_back({{"type", "head"}, {"valueString", head}});
    json["entity"] = Json::array(
        {{{"type", r4::coding("http://terminology.hl7.org/CodeSystem/audit-entity-type",
                              "2", "System Object")},
          {"role", r4::coding("http://terminology.hl7.org/CodeSystem/object-role", "13",
                              "Security Resource")},
          {"name", "audit log of " + speaker.device() + ", " + digits(body, "from") +
                       " to " + digits(body, "to")},
          {"detail", std::move(details)}}});
    return transaction_of({writing.create(json, "audit")});
}

Result<std::string> device_bundle(const Unit& unit, const Speaker& speaker, const Site&,
                                  const std::optional<Contended>& known) {
    const auto act = TRY(act_of(unit));
    const auto body = nlohmann::json::parse(unit.body, nullptr, false);
    const Writing writing(unit, act, speaker, Label::none);
    std::string status(text_of(body, "state"));
    if (status != "inactive" && status != "entered-in-error") status = "active";
    const std::string version(text_of(body, "version"));
    const Json versions =
        Json::array({{{"type", {{"text", "foyer"}}},
                      {"value", version.empty() ? std::string("unknown") : version}}});

    std::vector<Entry> entries;
    std::string target;
    if (known) {
        target = "Device/" + known->id;
        auto json = TRY(changed(*known, status, versions));
        if (json != known->json)
            entries.push_back(Writing::update(*known, std::move(json)));
    } else {
        Json json = {{"resourceType", "Device"}};
        json["identifier"] =
            Json::array({{{"system", ours::device}, {"value", speaker.device()}}});
        json["status"] = status;
        if (!speaker.device_name.empty())
            json["deviceName"] = Json::array(
                {{{"name", speaker.device_name}, {"type", "user-friendly-name"}}});
        json["type"] = {{"text", "Check-in kiosk"}};
        json["version"] = versions;
        auto entry = writing.create(json, "device");
        // The device is itself, whichever act speaks of it.
        entry.if_none_exist =
            std::string("identifier=") + ours::device + "|" + speaker.device();
        target = entry.full_url;
        entries.push_back(std::move(entry));
    }
    // First, because it is what the unit is looked for by.
    entries.insert(
        entries.begin(),
        writing.create(writing.provenance({.targets = {target},
                                           .operation = known ? "UPDATE" : "CREATE",
                                           .act = "device",
                                           .text = "What this kiosk is"}),
                       "provenance"));
    return transaction_of(entries);
}

}  // namespace foyer
