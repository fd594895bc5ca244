#pragma once

#include <optional>
#include <string_view>

#include "sync/records/sync_records.h"

namespace foyer {

/// Of which check-ins the other kiosks of a site learn: the system of the tag that
/// their Provenances carry, with the site's id (docs/fhir-mapping.md).
inline constexpr std::string_view arrival_tag = "urn:foyer:arrival";

/// What became of a Provenance that a search for the tag has shown.
struct ArrivalRead {
    bool wanted = false;              ///< of a check-in at this site
    std::optional<ArrivalSeen> seen;  ///< none of one that lacks something
};

/// Reads a Provenance as sync/push writes a check-in's.
ArrivalRead read_arrival(std::string_view provenance, std::string_view site_id);

}  // namespace foyer
