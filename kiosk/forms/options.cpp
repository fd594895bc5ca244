#include "kiosk/forms/options.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/forms/read_form.h"

namespace foyer {

namespace {

constexpr int deepest_concept = 32;

LocalText display_of(const Element& value) {
    LocalText text;
    const Element* display = value.one("display");
    if (!display) return text;
    text.base = display->text;
    for (const Element* translation :
         display->extensions("http://hl7.org/fhir/StructureDefinition/translation")) {
        const Element* language = translation->extension("lang");
        const Element* content = translation->extension("content");
        if (!language || !content) continue;
        const FormValue tag = value_of(*language), said = value_of(*content);
        if (tag.value && said.value)
            text.other.emplace_back(tag.value->text, said.value->text);
    }
    return text;
}

/// Value sets so common that forms name them without bringing them along: R4's own
/// codes and displays.
struct KnownConcept {
    std::string_view set, system, code, display, spanish;
};
constexpr std::string_view gender = "http://hl7.org/fhir/administrative-gender";
constexpr std::string_view gender_set =
    "http://hl7.org/fhir/ValueSet/administrative-gender";
constexpr std::string_view yes_no = "http://terminology.hl7.org/CodeSystem/v2-0136";
constexpr std::string_view yes_no_unknown =
    "http://hl7.org/fhir/ValueSet/yesnodontknow";
constexpr std::string_view expanded_yes_no =
    "http://terminology.hl7.org/ValueSet/v2-0136";
constexpr std::array known_concepts = {
    KnownConcept{gender_set, gender, "male", "Male", "Masculino"},
    KnownConcept{gender_set, gender, "female", "Female", "Femenino"},
    KnownConcept{gender_set, gender, "other", "Other", "Otro"},
    KnownConcept{gender_set, gender, "unknown", "Unknown", "Desconocido"},
    KnownConcept{yes_no_unknown, yes_no, "Y", "Yes", "Sí"},
    KnownConcept{yes_no_unknown, yes_no, "N", "No", "No"},
    KnownConcept{yes_no_unknown,
                 "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                 "asked-unknown", "Don't know", "No sé"},
    KnownConcept{expanded_yes_no, yes_no, "Y", "Yes", "Sí"},
    KnownConcept{expanded_yes_no, yes_no, "N", "No", "No"},
};

}  // namespace

FormOption option_of(const FormValue& value) {
    FormOption option;
    if (!value.value) return option;
    option.value = value.value;
    option.type = value.type;
    if (value.type == "Coding") {
        option.text = display_of(*value.value);
        if (option.text.base.empty()) option.text.base = value.value->text_of("code");
    } else if (value.type == "Reference") {
        option.text = display_of(*value.value);
        if (option.text.base.empty())
            option.text.base = value.value->text_of("reference");
    } else {
        option.text.base = value.value->text;
        for (const Element* translation : value.value->extensions(
                 "http://hl7.org/fhir/StructureDefinition/translation")) {
            const Element* tag = translation->extension("lang");
            const Element* said = translation->extension("content");
            if (tag && said && value_of(*tag).value && value_of(*said).value)
                option.text.other.emplace_back(value_of(*tag).value->text,
                                               value_of(*said).value->text);
        }
    }
    option.weight = weight_of(*value.value);
    return option;
}

FormOption option_of(const Element& holder) {
    FormOption option = option_of(value_of(holder));
    if (option.value && option.weight.empty()) option.weight = weight_of(holder);
    option.extensions = holder.field("extension");
    return option;
}

void ValueSets::read(const Element& root) {
    for (const Element* resource : root.all("contained"))
        resources_.push_back(resource);
}

const Element* ValueSets::contained(std::string_view type,
                                    std::string_view id_or_url) const {
    if (id_or_url.starts_with('#')) {
        for (const Element* resource : resources_)
            if (resource->text_of("resourceType") == type &&
                resource->text_of("id") == id_or_url.substr(1))
                return resource;
        return nullptr;
    }
    const std::string_view url = id_or_url.substr(0, id_or_url.find('|'));
    for (const Element* resource : resources_)
        if (resource->text_of("resourceType") == type &&
            resource->text_of("url") == url)
            return resource;
    return nullptr;
}

FormOption ValueSets::concept_option(const Element& concept_, std::string_view system) {
    Elements& elements = form_.elements;
    std::vector<Field> fields;
    if (const Element* extensions = &concept_; !concept_.all("extension").empty())
        fields.push_back(*extensions->field("extension"));
    if (!system.empty())
        fields.push_back(elements.field("system", elements.string(system)));
    for (const auto name : {"version", "code", "display"})
        if (const Field* field = concept_.field(name)) fields.push_back(*field);
    FormOption option = option_of(FormValue{elements.object(fields), "Coding"});
    for (const Element* designation : concept_.all("designation"))
        if (!designation->text_of("language").empty())
            option.text.other.emplace_back(designation->text_of("language"),
                                           designation->text_of("value"));
    // SDC: a CodeSystem may carry the weight as a property.
    if (option.weight.empty())
        for (const Element* property : concept_.all("property"))
            if (property->text_of("code") == "itemWeight" ||
                property->text_of("code") == "ordinalValue")
                if (const FormValue value = value_of(*property); value.value)
                    option.weight = value.value->text;
    return option;
}

void ValueSets::add_concepts(const Element& holder, std::string_view list,
                             std::string_view system, std::vector<FormOption>& options,
                             int depth) {
    if (depth > deepest_concept) return;
    for (const Element* concept_ : holder.all(list)) {
        if (options.size() > form_limits::options) return;
        const std::string_view own = concept_->text_of("system");
        const Element* abstract = concept_->one("abstract");
        if (!concept_->text_of("code").empty() && !(abstract && abstract->is_true()))
            options.push_back(concept_option(*concept_, own.empty() ? system : own));
        add_concepts(*concept_, list, system, options, depth + 1);
    }
}

bool ValueSets::add_include(const Element& include, std::vector<FormOption>& options,
                            int depth) {
    const std::string_view system = include.text_of("system");
    if (!include.all("concept").empty()) {
        add_concepts(include, "concept", system, options, 0);
        return true;
    }
    bool complete = true;
    for (const Element* set : include.all("valueSet")) {
        const Element* found = contained("ValueSet", set->text);
        complete &= found && add_set(*found, options, depth + 1);
    }
    if (!include.all("valueSet").empty()) return complete;
    const Element* codes = contained("CodeSystem", system);
    if (!codes || !include.all("filter").empty()) return false;
    add_concepts(*codes, "concept", system, options, 0);
    return true;
}

bool ValueSets::add_set(const Element& set, std::vector<FormOption>& options,
                        int depth) {
    if (depth > deepest_concept) return false;
    // Once is enough, however often and in what circles sets name one another.
    if (!seen_.insert(&set).second) return true;
    if (const Element* expansion = set.one("expansion")) {
        add_concepts(*expansion, "contains", {}, options, 0);
        if (!options.empty() || !set.one("compose")) return true;
    }
    const Element* compose = set.one("compose");
    if (!compose) return false;
    bool complete = !compose->all("include").empty();
    for (const Element* include : compose->all("include"))
        complete &= add_include(*include, options, depth);
    for (const Element* exclude : compose->all("exclude"))
        for (const Element* concept_ : exclude->all("concept"))
            std::erase_if(options, [&](const FormOption& option) {
                return option.value->text_of("system") == exclude->text_of("system") &&
                       option.value->text_of("code") == concept_->text_of("code");
            });
    return complete;
}

std::optional<std::vector<FormOption>> ValueSets::expand(std::string_view canonical) {
    std::vector<FormOption> options;
    seen_.clear();
    if (const Element* set = contained("ValueSet", canonical)) {
        if (!add_set(*set, options, 0) || options.empty()) return {};
        std::set<std::pair<std::string_view, std::string_view>> codes;
        std::erase_if(options, [&](const FormOption& option) {
            return !codes
                        .emplace(option.value->text_of("system"),
                                 option.value->text_of("code"))
                        .second;
        });
        return options;
    }
    Elements& elements = form_.elements;
    const std::string_view url = canonical.substr(0, canonical.find('|'));
    for (const KnownConcept& known : known_concepts) {
        if (known.set != url) continue;
        const std::array fields = {
            elements.field("system", elements.string(known.system)),
            elements.field("code", elements.string(known.code)),
            elements.field("display", elements.string(known.display)),
        };
        FormOption option = option_of(FormValue{elements.object(fields), "Coding"});
        option.text.other.emplace_back("es", known.spanish);
        options.push_back(std::move(option));
    }
    if (options.empty()) return {};
    return options;
}

}  // namespace foyer
