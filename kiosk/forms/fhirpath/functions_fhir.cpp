#include <algorithm>
#include <array>

#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/text.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;

bool put(const Call& call, bool value) {
    call.out.push(Value::boolean(value));
    return true;
}

bool extension(const Call& call) {
    std::optional<std::string_view> url;
    Items holder;
    if (!text_argument(call, 0, url, holder)) return false;
    if (!url) return true;
    static const TypeId type = r4::type_named("Extension");
    for (const Value& value : call.input) {
        if (!value.is_element()) continue;
        for (const Element* found : value.element()->all("extension"))
            if (found->text_of("url") == *url)
                call.out.push(Value::of(found, type, value.item()));
    }
    return call.evaluator.charge(call.node, call.input.size());
}

bool is_primitive_with_value(const Value& value) {
    if (!value.is_element())
        return value.kind() != Kind::quantity && value.kind() != Kind::type_info;
    return value.element()->has_value() && r4::form_of(value.type()) != r4::Form::xhtml;
}

bool has_value(const Call& call) {
    return put(call,
               call.input.size() == 1 && is_primitive_with_value(call.input.front()));
}

bool get_value(const Call& call) {
    if (call.input.size() != 1 || !is_primitive_with_value(call.input.front()))
        return true;
    if (const auto value = to_system(call.input.front(), call.evaluator.scratch()))
        call.out.push(*value);
    return true;
}

/// The resource of the Bundle with this full URL, or "Type/id" in any of its entries.
const Element* in_bundle(const Element& bundle, std::string_view reference) {
    for (const Element* entry : bundle.all("entry")) {
        const Element* resource = entry->one("resource");
        if (!resource) continue;
        if (entry->text_of("fullUrl") == reference) return resource;
        const std::string_view type = resource->text_of("resourceType");
        const std::string_view id = resource->text_of("id");
        if (!id.empty() && reference.size() == type.size() + 1 + id.size() &&
            reference.starts_with(type) && reference[type.size()] == '/' &&
            reference.ends_with(id))
            return resource;
    }
    return nullptr;
}

const Element* contained_in(const Element* resource, std::string_view id) {
    if (!resource) return nullptr;
    if (id.empty() || resource->text_of("id") == id) return resource;
    for (const Element* contained : resource->all("contained"))
        if (contained->text_of("id") == id) return contained;
    return nullptr;
}

bool resolve(const Call& call) {
    const Environment& environment = call.evaluator.environment();
    for (const Value& value : call.input) {
        std::string_view reference;
        if (const auto text = text_of(value)) {
            reference = *text;
        } else if (value.is_element()) {
            reference = value.element()->text_of("reference");
        }
        if (reference.empty()) continue;
        const Element* found = nullptr;
        if (reference.starts_with('#')) {
            found = contained_in(environment.resource, reference.substr(1));
        } else {
            if (environment.resource)
                found = in_bundle(*environment.resource, reference);
            if (!found && environment.resolve) found = environment.resolve(reference);
        }
        if (found) call.out.push(Value::of(found, r4::resource_type(*found)));
    }
    return call.evaluator.charge(call.node, call.input.size());
}

/// Needs a terminology service, which a kiosk does not have: empty.
bool not_known(const Call& call) {
    Items ignored;
    return argument(call, 0, ignored);
}

/// Whether the narrative has nothing that runs. A small check, not a sanitiser.
bool html_checks(const Call& call) {
    const Value* value = nullptr;
    if (!single_input(call, value)) return false;
    const auto text = value ? text_of(*value) : std::nullopt;
    if (!text) return true;
    const std::string html = lower(*text);
    for (const char* bad :
         {"<script", "<iframe", "<object", "<embed", "<form", "<input",
          "javascript:", " onclick", " onload", " onerror", " onmouse", " onfocus"})
        if (html.find(bad) != std::string::npos) return put(call, false);
    return put(call, html.starts_with("<div"));
}

bool check_modifiers(const Call& call) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < call.node.arguments.size(); ++i) {
        std::optional<std::string_view> url;
        Items holder;
        if (!text_argument(call, i, url, holder)) return false;
        if (url) known.push_back(*url);
    }
    for (const Value& value : call.input) {
        if (!value.is_element()) continue;
        for (const Element* modifier : value.element()->all("modifierExtension"))
            if (std::find(known.begin(), known.end(), modifier->text_of("url")) ==
                known.end())
                return call.evaluator.fail(call.node, "a modifier that is not known");
    }
    call.out.append(call.input);
    return true;
}

/// Of R4's own definitions: whether the item is of that type.
bool conforms_to(const Call& call) {
    const Value* value = nullptr;
    std::optional<std::string_view> url;
    Items holder;
    if (!single_input(call, value) || !text_argument(call, 0, url, holder))
        return false;
    if (!value || !url) return true;
    constexpr std::string_view base = "http://hl7.org/fhir/StructureDefinition/";
    const TypeId type =
        url->starts_with(base) ? r4::type_named(url->substr(base.size())) : TypeId{0};
    if (type == 0)
        return call.evaluator.fail(call.node, "conformsTo() knows R4's types alone");
    return put(call, r4::is_a(value->type(), type));
}

/// The Coding of an answer, of an option, or of itself.
const Element* coding_of(const Value& value) {
    static const TypeId coding_type = r4::type_named("Coding");
    const Element& element = *value.element();
    if (value.type() == coding_type) return &element;
    if (const Element* coding = element.one("valueCoding")) return coding;
    if (const Element* coding = element.one("coding")) return coding;
    return element.one("code") ? &element : nullptr;
}

bool weight(const Call& call) {
    for (const Value& value : call.input) {
        if (!value.is_element()) continue;
        const Element& element = *value.element();
        const Element* found = weight_on(element);
        const Element* coding = found ? nullptr : coding_of(value);
        if (coding && coding != &element) found = weight_on(*coding);
        if (!found && coding && call.evaluator.environment().questionnaire) {
            const Element* item = value.item();
            found = call.evaluator.weights().of(
                *coding, item ? item->text_of("linkId") : std::string_view{});
        }
        const auto number = found ? Decimal::parse(found->text) : std::nullopt;
        if (number) call.out.push(Value::decimal(*number));
    }
    return call.evaluator.charge(call.node, 2 * call.input.size());
}

bool type(const Call& call) {
    for (const Value& value : call.input)
        call.out.push(
            Value::type_info(call.evaluator.scratch().keep(type_name(value))));
    return call.evaluator.charge(call.node, call.input.size());
}

using Takes = Function::Takes;

constexpr std::array functions{
    Function{"extension", 1, 1, Takes::values, false, extension},
    Function{"hasValue", 0, 0, Takes::values, false, has_value},
    Function{"getValue", 0, 0, Takes::values, false, get_value},
    Function{"resolve", 0, 0, Takes::values, false, resolve},
    Function{"memberOf", 1, 1, Takes::values, false, not_known},
    Function{"subsumes", 1, 1, Takes::values, false, not_known},
    Function{"subsumedBy", 1, 1, Takes::values, false, not_known},
    Function{"htmlChecks", 0, 0, Takes::values, false, html_checks},
    Function{"checkModifiers", 1, 16, Takes::values, false, check_modifiers},
    Function{"conformsTo", 1, 1, Takes::values, false, conforms_to},
    Function{"weight", 0, 0, Takes::values, false, weight},
    Function{"ordinal", 0, 0, Takes::values, false, weight},
    Function{"type", 0, 0, Takes::values, false, type},
};

}  // namespace

std::span<const Function> fhir_functions() {
    return functions;
}

}  // namespace foyer::fhirpath
