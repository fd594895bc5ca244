#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/forms/element.h"

namespace foyer::fhirpath {

/// The weight that an element carries itself (itemWeight, ordinalValue), or null.
const Element* weight_on(const Element& element);

/// What the options of a Questionnaire weigh, found by the item and the coding. Made
/// once for an evaluation that asks. Borrows the Questionnaire.
class Weights {
public:
    explicit Weights(const Element* questionnaire);

    /// Of the option with this coding of the item `link_id`; of any item if it is empty
    /// or has no such option; then of the concepts in the contained value sets and code
    /// systems. Null if there is none.
    const Element* of(const Element& coding, std::string_view link_id);

private:
    struct Option {
        const Element* coding;
        const Element* weight;
    };

    const Element* of_any(const Element& coding);
    void add_items(const Element& parent);
    void add_options();
    void add_concepts(const Element& parent, std::string_view system);
    void add_contained(const Element& resource);

    const Element* questionnaire_;
    const Element* item_named(std::string_view link_id);

    /// Every item in the order of the form. Who asks goes through it in that order,
    /// mostly: so the next one is tried before all are looked up by name.
    std::vector<const Element*> items_;
    std::size_t next_ = 0;
    std::unordered_map<std::string_view, const Element*> by_link_id_;
    bool options_read_ = false;  ///< the two below, which few forms need
    std::unordered_multimap<std::string_view, Option> options_;  // by code
    struct Concept {
        std::string_view system;
        const Element* weight;
    };
    std::unordered_multimap<std::string_view, Concept> concepts_;  // by code
};

}  // namespace foyer::fhirpath
