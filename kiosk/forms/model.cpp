#include "kiosk/forms/model.h"

#include <algorithm>
#include <array>

namespace foyer {

namespace {

constexpr std::array<std::string_view, 3> weight_urls = {
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/itemWeight",
};

}  // namespace

const std::string& LocalText::in(std::string_view language) const {
    const auto primary = [](std::string_view tag) {
        return tag.substr(0, tag.find_first_of("-_"));
    };
    for (const auto& [tag, text] : other)
        if (tag == language) return text;
    for (const auto& [tag, text] : other)
        if (primary(tag) == primary(language)) return text;
    return base;
}

std::vector<int> FormModel::items_of(std::string_view link_id) const {
    std::vector<int> found;
    const auto [first, last] = by_link_id.equal_range(link_id);
    for (auto it = first; it != last; ++it) found.push_back(it->second);
    std::sort(found.begin(), found.end());
    return found;
}

FormValue value_of(const Element& element, std::string_view prefix) {
    for (const Field& field : element.fields) {
        if (!field.name.starts_with(prefix) || field.name.size() <= prefix.size())
            continue;
        const std::string_view type = field.name.substr(prefix.size());
        if (type.front() < 'A' || type.front() > 'Z') continue;
        return {field.values.front(), type};
    }
    return {};
}

std::string_view weight_of(const Element& element) {
    for (const auto url : weight_urls)
        if (const Element* extension = element.extension(url))
            if (const FormValue weight = value_of(*extension); weight.value)
                return weight.value->text;
    return {};
}

const char* name(FormIssue::Severity severity) {
    switch (severity) {
        case FormIssue::Severity::error:
            return "error";
        case FormIssue::Severity::warning:
            return "warning";
        case FormIssue::Severity::information:
            break;
    }
    return "information";
}

const char* name(ItemType type) {
    switch (type) {
        case ItemType::group:
            return "group";
        case ItemType::display:
            return "display";
        case ItemType::boolean:
            return "boolean";
        case ItemType::decimal:
            return "decimal";
        case ItemType::integer:
            return "integer";
        case ItemType::date:
            return "date";
        case ItemType::date_time:
            return "dateTime";
        case ItemType::time:
            return "time";
        case ItemType::string:
            return "string";
        case ItemType::text:
            return "text";
        case ItemType::url:
            return "url";
        case ItemType::choice:
            return "choice";
        case ItemType::open_choice:
            return "open-choice";
        case ItemType::attachment:
            return "attachment";
        case ItemType::reference:
            return "reference";
        case ItemType::quantity:
            return "quantity";
    }
    return "";
}

}  // namespace foyer
