#include "kiosk/forms/fhirpath/weights.h"

#include <array>

namespace foyer::fhirpath {

namespace {

/// An option's coding and the weight on it or on the option.
const Element* option_weight(const Element& option, const Element& coding) {
    if (const Element* weight = weight_on(coding)) return weight;
    return weight_on(option);
}

/// What two codings are the same by; one that says no system is of any.
struct Code {
    std::string_view code;
    std::string_view system;

    explicit Code(const Element& coding)
        : code(coding.text_of("code")), system(coding.text_of("system")) {}

    bool is(const Element& coding) const {
        if (coding.text_of("code") != code) return false;
        const std::string_view other = coding.text_of("system");
        return other == system || other.empty() || system.empty();
    }
};

}  // namespace

const Element* weight_on(const Element& element) {
    constexpr std::array<std::string_view, 4> urls{
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
    };
    for (const Element* extension : element.all("extension")) {
        const std::string_view url = extension->text_of("url");
        for (const std::string_view known : urls)
            if (url == known)
                for (const Field& field : extension->fields)
                    if (field.name == "valueDecimal" || field.name == "valueInteger")
                        return field.values.front();
    }
    return nullptr;
}

Weights::Weights(const Element* questionnaire) : questionnaire_(questionnaire) {
    if (questionnaire) add_items(*questionnaire);
}

void Weights::add_items(const Element& parent) {
    for (const Element* item : parent.all("item")) {
        items_.push_back(item);
        add_items(*item);
    }
}

void Weights::add_options() {
    options_read_ = true;
    for (const Element* item : items_)
        for (const Element* option : item->all("answerOption"))
            if (const Element* coding = option->one("valueCoding"))
                if (const Element* weight = option_weight(*option, *coding))
                    options_.emplace(coding->text_of("code"), Option{coding, weight});
    if (!questionnaire_) return;
    for (const Element* contained : questionnaire_->all("contained"))
        add_contained(*contained);
}

void Weights::add_contained(const Element& resource) {
    if (resource.text_of("resourceType") == "CodeSystem") {
        add_concepts(resource, resource.text_of("url"));
        return;
    }
    for (const Element* part : {resource.one("compose"), resource.one("expansion")}) {
        if (!part) continue;
        for (const Element* include : part->all("include"))
            add_concepts(*include, include->text_of("system"));
        for (const Element* contains : part->all("contains"))
            if (const Element* weight = weight_on(*contains))
                concepts_.emplace(contains->text_of("code"),
                                  Concept{contains->text_of("system"), weight});
    }
}

void Weights::add_concepts(const Element& parent, std::string_view system) {
    for (const Element* code : parent.all("concept")) {
        const Element* weight = weight_on(*code);
        for (const Element* property : code->all("property"))
            if (!weight && (property->text_of("code") == "itemWeight" ||
                            property->text_of("code") == "ordinalValue"))
                weight = property->one("valueDecimal") ? property->one("valueDecimal")
                                                       : property->one("valueInteger");
        if (weight) concepts_.emplace(code->text_of("code"), Concept{system, weight});
        add_concepts(*code, system);
    }
}

const Element* Weights::item_named(std::string_view link_id) {
    // As many as a heading or two between questions.
    constexpr std::size_t near = 4;
    for (std::size_t i = next_; i < items_.size() && i < next_ + near; ++i)
        if (items_[i]->text_of("linkId") == link_id) {
            next_ = i + 1;
            return items_[i];
        }
    if (by_link_id_.empty())
        for (const Element* item : items_)
            by_link_id_.emplace(item->text_of("linkId"), item);
    const auto found = by_link_id_.find(link_id);
    return found == by_link_id_.end() ? nullptr : found->second;
}

const Element* Weights::of(const Element& coding, std::string_view link_id) {
    const Code sought(coding);
    if (const Element* item = link_id.empty() ? nullptr : item_named(link_id))
        for (const Element* option : item->all("answerOption"))
            if (const Element* own = option->one("valueCoding"); own && sought.is(*own))
                if (const Element* weight = option_weight(*option, *own)) return weight;
    return of_any(coding);
}

const Element* Weights::of_any(const Element& coding) {
    if (!options_read_) add_options();
    const Code sought(coding);
    auto [option, last] = options_.equal_range(sought.code);
    for (; option != last; ++option)
        if (sought.is(*option->second.coding)) return option->second.weight;
    auto [concept_, end] = concepts_.equal_range(sought.code);
    for (; concept_ != end; ++concept_)
        if (concept_->second.system == sought.system || sought.system.empty() ||
            concept_->second.system.empty())
            return concept_->second.weight;
    return nullptr;
}

}  // namespace foyer::fhirpath
