#include "sync/push/reply.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/push/writing.h"

namespace foyer {

namespace {

using nlohmann::json;

/// The place of the first conditional create; the number of entries if there is none.
std::size_t anchor_place(const std::vector<std::string_view>& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (raw_value(entries[i], {"request", "ifNoneExist"})) return i;
    return entries.size();
}

}  // namespace

Reply reply_of(std::string_view request, std::string_view answer) {
    Reply reply;
    const auto asked = raw_value(request, {"entry"});
    const auto tree = json::parse(answer, nullptr, false);
    if (!asked || text_of(tree, "resourceType") != "Bundle") return reply;
    const auto entries = raw_elements(*asked);
    const auto answers = objects_of(tree, "entry");
    const auto anchor = anchor_place(entries);
    reply.whole = answers.size() == entries.size();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto* response = object_of(*answers[i], "response");
        const std::string text(response ? text_of(*response, "status") : "");
        const int status = std::atoi(text.c_str());
        if (status >= 200 && status < 300) {
            if (i == anchor && status == 200) reply.was_there = true;
            continue;
        }
        reply.whole = false;
        reply.status = std::max(reply.status, status);
    }
    return reply;
}

std::vector<std::string_view> resources_in(std::string_view bundle) {
    std::vector<std::string_view> found;
    if (!json::accept(bundle)) return found;
    const auto entries = raw_value(bundle, {"entry"});
    if (!entries) return found;
    for (const auto entry : raw_elements(*entries)) {
        const auto resource = raw_value(entry, {"resource"});
        if (!resource) continue;
        if (raw_value(*resource, {"resourceType"}) == "\"OperationOutcome\"") continue;
        found.push_back(*resource);
    }
    return found;
}

bool is_outcome(std::string_view body) {
    return text_of(json::parse(body, nullptr, false), "resourceType") ==
           "OperationOutcome";
}

Teller teller_in(std::string_view provenance) {
    const auto tree = json::parse(provenance, nullptr, false);
    Teller teller;
    teller.at = text_of(tree, "occurredDateTime");
    for (const auto* agent : objects_of(tree, "agent"))
        if (const auto* who = object_of(*agent, "who"))
            if (const auto* identifier = object_of(*who, "identifier");
                identifier && text_of(*identifier, "system") == ours::device)
                teller.device = text_of(*identifier, "value");
    if (const auto* meta = object_of(tree, "meta"))
        for (const auto* tag : objects_of(*meta, "tag"))
            if (text_of(*tag, "system") == ours::clock &&
                text_of(*tag, "code") == "untrusted")
                teller.trusted = false;
    return teller;
}

std::vector<std::string> keys_in(std::string_view resource) {
    const auto tree = json::parse(resource, nullptr, false);
    std::vector<std::string> keys;
    const auto add = [&](const json& one, const char* name) {
        keys.push_back(std::string(text_of(one, "system")) + "|" +
                       std::string(text_of(one, name)));
    };
    for (const auto* one : objects_of(tree, "identifier")) add(*one, "value");
    if (const auto* meta = object_of(tree, "meta"))
        for (const auto* tag : objects_of(*meta, "tag")) add(*tag, "code");
    return keys;
}

}  // namespace foyer
