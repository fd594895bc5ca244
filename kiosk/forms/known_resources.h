#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/element.h"

namespace foyer {

/// The resources that a session was given: what resolve() and x-fhir-query find without
/// a network.
class KnownResources {
public:
    /// `bad_input` that begins with `what` if it is not a FHIR resource as JSON.
    Result<const Element*> add(const std::string& json, const std::string& what);
    Result<void> add_bundle(const std::string& json, const std::string& what);

    /// By "Type/id", an absolute URL that ends so, or a Bundle entry's fullUrl; null if
    /// it is not here.
    const Element* resolve(std::string_view reference) const;

    /// What a server would answer: "Type/id" the resource (null if it is not here),
    /// "Type?..." a searchset Bundle. Knows _id, code, patient and subject; any other
    /// parameter matches nothing: an empty answer is honest.
    const Element* search(std::string_view query);

private:
    Elements home_;
    std::vector<const Element*> resources_;
    std::vector<std::pair<std::string_view, const Element*>> by_url_;
};

}  // namespace foyer
