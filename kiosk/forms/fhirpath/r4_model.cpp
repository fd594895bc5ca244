#include "kiosk/forms/fhirpath/r4_model.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace foyer::fhirpath::r4 {

namespace {

struct TypeRow {
    TypeId base;
    std::uint16_t first;  ///< into properties; they end where the next row's begin
};
struct PropertyRow {
    std::uint16_t name;  ///< into property_names
    TypeId type;
};
constexpr TypeId choice = 0xffff;

#include "kiosk/forms/fhirpath/r4_model_table.inc"

constexpr std::size_t known_types = types.size() - 1;

TypeId base_of(TypeId type) {
    return type < known_types ? types[type].base : TypeId{0};
}

std::array<Form, types.size()> find_forms() {
    std::array<Form, types.size()> forms{};
    const auto root = [&forms](std::string_view name, Form form) {
        forms[type_named(name)] = form;
    };
    root("Element", Form::complex);
    root("Resource", Form::complex);
    root("Quantity", Form::quantity);
    root("boolean", Form::boolean);
    root("integer", Form::integer);
    root("decimal", Form::decimal);
    for (const char* text : {"string", "uri", "base64Binary"}) root(text, Form::string);
    root("date", Form::date);
    root("dateTime", Form::date_time);
    root("instant", Form::date_time);
    root("time", Form::time);
    root("xhtml", Form::xhtml);
    forms[0] = Form::unknown;
    for (TypeId type = 1; type < known_types; ++type)
        for (TypeId at = type; forms[type] == Form::unknown && at != 0;
             at = base_of(at))
            forms[type] = forms[at];
    return forms;
}

const std::unordered_map<std::string_view, TypeId>& suffixes() {
    static const auto map = [] {
        static std::array<std::string, type_names.size()> capitals;
        std::unordered_map<std::string_view, TypeId> made;
        for (std::size_t i = 0; i < type_names.size(); ++i) {
            capitals[i] = type_names[i];
            if (capitals[i].front() >= 'a') capitals[i].front() -= 'a' - 'A';
            made.emplace(capitals[i], static_cast<TypeId>(i + 1));
        }
        return made;
    }();
    return map;
}

}  // namespace

TypeId type_named(std::string_view name) {
    const auto at = std::lower_bound(type_names.begin(), type_names.end(), name);
    if (at == type_names.end() || *at != name) return 0;
    return static_cast<TypeId>(at - type_names.begin() + 1);
}

TypeId type_at(std::string_view path) {
    std::size_t dot = path.find('.');
    TypeId type = type_named(path.substr(0, dot));
    while (dot != std::string_view::npos && type != 0) {
        path.remove_prefix(dot + 1);
        dot = path.find('.');
        type = property(type, property_named(path.substr(0, dot))).type;
    }
    return type;
}

std::string_view name_of(TypeId type) {
    if (type == 0 || type >= known_types) return {};
    if (type <= type_names.size()) return type_names[type - 1U];
    return name_of(base_of(type));
}

bool is_a(TypeId type, TypeId ancestor) {
    if (ancestor == 0) return false;
    for (; type != 0; type = base_of(type))
        if (type == ancestor) return true;
    return false;
}

Form form_of(TypeId type) {
    static const auto forms = find_forms();
    return forms[type < forms.size() ? type : 0];
}

bool is_primitive(TypeId type) {
    const Form form = form_of(type);
    return form != Form::unknown && form != Form::complex && form != Form::quantity;
}

bool is_resource(TypeId type) {
    static const TypeId resource = type_named("Resource");
    return is_a(type, resource);
}

PropertyName property_named(std::string_view name) {
    const auto at =
        std::lower_bound(property_names.begin(), property_names.end(), name);
    if (at == property_names.end() || *at != name) return std::nullopt;
    return static_cast<std::uint16_t>(at - property_names.begin());
}

Property property(TypeId type, PropertyName name) {
    if (!name) return {};
    for (; type != 0; type = base_of(type)) {
        const auto begin = properties.begin() + types[type].first;
        const auto end = properties.begin() + types[type + 1U].first;
        const auto at = std::lower_bound(
            begin, end, *name,
            [](const PropertyRow& row, std::uint16_t n) { return row.name < n; });
        if (at == end || at->name != *name) continue;
        if (at->type == choice) return {true, true, 0};
        return {true, false, at->type};
    }
    return {};
}

TypeId type_of_suffix(std::string_view suffix) {
    const auto found = suffixes().find(suffix);
    return found == suffixes().end() ? TypeId{0} : found->second;
}

TypeId resource_type(const Element& element) {
    const std::string_view name = element.text_of("resourceType");
    return name.empty() ? TypeId{0} : type_named(name);
}

}  // namespace foyer::fhirpath::r4
