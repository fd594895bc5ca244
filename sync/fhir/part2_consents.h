#pragma once

#include <set>
#include <string>
#include <vector>

#include "platform/result.h"
#include "sync/records/store.h"

namespace foyer {

/// A patient's consent to disclosures under 42 CFR Part 2, as the server wrote it.
struct Part2Consent {
    std::string patient;  ///< FHIR id
    std::string consent;  ///< FHIR id
    std::string json;
};

/// Of these patients, by FHIR id, the active Consents held here that are labelled or
/// ruled as 42CFRPart2: what goes with each disclosure (42 CFR 2.32; sync.md decision
/// 10). Refusals (`rejected`) are none. By patient, then Consent.
Result<std::vector<Part2Consent>> part2_consents_of(
    Store& store, const std::set<std::string>& patients);

}  // namespace foyer
