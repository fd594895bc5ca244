#include "kiosk/forms/known_resources.h"

#include <algorithm>
#include <array>

#include "kiosk/forms/scores.h"

namespace foyer {

namespace {

/// Whether a resource is what "Type?code=system|value&subject=Patient/1" asks for.
bool matches(const Element& resource, std::string_view query) {
    const std::size_t mark = query.find('?');
    const std::string_view path = query.substr(0, mark);
    const std::string_view type = path.substr(0, path.find('/'));
    if (resource.text_of("resourceType") != type) return false;
    if (path.size() > type.size() &&
        resource.text_of("id") != path.substr(type.size() + 1))
        return false;
    if (mark == std::string_view::npos) return true;
    std::string_view rest = query.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::string_view name = pair.substr(0, pair.find('='));
        const std::string_view value =
            pair.size() > name.size() ? pair.substr(name.size() + 1) : "";
        if (name.starts_with("_count") || name.starts_with("_sort")) continue;
        if (name == "_id") {
            if (resource.text_of("id") != value) return false;
        } else if (name == "patient" || name == "subject") {
            const Element* reference = resource.one(name);
            if (!reference) reference = resource.one("subject");
            if (!reference) reference = resource.one("patient");
            const std::string_view said =
                reference ? reference->text_of("reference") : "";
            if (said != value && said != "Patient/" + std::string(value)) return false;
        } else if (name == "code") {
            const Element* code = resource.one("code");
            const std::size_t bar = value.find('|');
            const bool found =
                code && std::ranges::any_of(code->all("coding"), [&](const Element* c) {
                    return bar == std::string_view::npos ? c->text_of("code") == value
                                                         : token_of(*c) == value;
                });
            if (!found) return false;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<const Element*> KnownResources::add(const std::string& json,
                                           const std::string& what) {
    const auto read = read_json(json, home_);
    if (!read) return fail(Error::Code::bad_input, what + " " + read.error().what);
    if ((*read)->text_of("resourceType").empty())
        return fail(Error::Code::bad_input, what + " is not a FHIR resource");
    resources_.push_back(*read);
    return *read;
}

Result<void> KnownResources::add_bundle(const std::string& json,
                                        const std::string& what) {
    const Element* bundle = TRY(add(json, what));
    for (const Element* entry : bundle->all("entry")) {
        const Element* resource = entry->one("resource");
        if (!resource) continue;
        resources_.push_back(resource);
        if (const auto url = entry->text_of("fullUrl"); !url.empty())
            by_url_.emplace_back(url, resource);
    }
    return {};
}

const Element* KnownResources::resolve(std::string_view reference) const {
    for (const auto& [url, resource] : by_url_)
        if (url == reference) return resource;
    const std::size_t slash = reference.rfind('/');
    if (slash == std::string_view::npos) return nullptr;
    const std::string_view id = reference.substr(slash + 1);
    std::string_view type = reference.substr(0, slash);
    if (const std::size_t before = type.rfind('/'); before != std::string_view::npos)
        type = type.substr(before + 1);
    for (const Element* resource : resources_)
        if (resource->text_of("resourceType") == type && resource->text_of("id") == id)
            return resource;
    return nullptr;
}

const Element* KnownResources::search(std::string_view query) {
    if (query.find('?') == std::string_view::npos &&
        query.find('/') != std::string_view::npos)
        return resolve(query);
    std::vector<const Element*> entries;
    for (const Element* resource : resources_)
        if (matches(*resource, query))
            entries.push_back(
                home_.object(std::array{home_.field("resource", resource)}));
    std::vector<Field> fields = {
        home_.field("resourceType", home_.string("Bundle")),
        home_.field("type", home_.string("searchset")),
        home_.field("total", home_.number(std::to_string(entries.size())))};
    if (!entries.empty()) fields.push_back(home_.list("entry", entries));
    return home_.object(fields);
}

}  // namespace foyer
