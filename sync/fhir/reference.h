#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace foyer {

/// Whether a text is a FHIR R4 id: 1 to 64 of A-Z a-z 0-9 - . (hl7.org/fhir/R4, "id").
bool is_fhir_id(std::string_view text);

/// What a reference points at: a resource by type and id, or by an address that only
/// the `fullUrl`s of the same file can explain ("urn:uuid:...").
struct Reference {
    std::string type;
    std::string id;
    std::string address;  ///< set instead of type and id

    bool empty() const { return id.empty() && address.empty(); }
    /// "Patient/a1", or the address.
    std::string text() const { return address.empty() ? type + "/" + id : address; }
};

/// Reads "Patient/a1", "https://server/fhir/Patient/a1/_history/3" or "urn:uuid:...".
/// The error says why the reference cannot be followed: contained, identifier only,
/// conditional, or not a reference at all.
tl::expected<Reference, std::string> read_reference(const nlohmann::json& reference);

/// The last two parts of an address as a reference ("https://x/fhir/Patient/a1"); its
/// `address` is set if they are not a type and an id.
Reference reference_of(std::string_view address);

}  // namespace foyer
