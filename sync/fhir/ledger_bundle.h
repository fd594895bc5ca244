#pragma once

#include <set>
#include <string>
#include <vector>

#include "sync/clinic/ledger.h"
#include "sync/clinic/site.h"
#include "sync/fhir/part2_consents.h"

namespace foyer {

/// What the ledger counts from, as a FHIR R4 collection Bundle (docs/fhir-mapping.md):
/// for each visit an Appointment of that one patient, so that nobody's record names the
/// others of a group, and an Encounter with its period once the patient was there.
/// Classes are left out: they count for nothing. Identifiers depend on the visit only,
/// so an export again says the same. Services under Part 2 carry its label and notice,
/// and `consents`, whole, go with them.
std::string ledger_bundle(const std::vector<LedgerVisit>& visits,
                          const Part2Settings& part2,
                          const std::vector<Part2Consent>& consents, Instant now);

/// The patients of whom a bundle of these visits tells under Part 2.
std::set<std::string> part2_patients(const std::vector<LedgerVisit>& visits,
                                     const Part2Settings& part2);

}  // namespace foyer
