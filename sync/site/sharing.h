#pragma once

#include <optional>
#include <string>

#include "sync/records/site_records.h"

namespace foyer {

/// What of a unit a device of `role` is told, as the body of the same unit; none:
/// nothing of it. A list of what may be told, not of what may not: a field that is new
/// stays here until somebody adds it. No name of a patient is on it; whoever is told
/// looks names up in their own records.
///
/// - The desk: everything of a call for help and of an answer that cannot wait; of the
///   rest what a kiosk is told.
/// - A kiosk: who arrived, went, came back and left, and who holds which seat, by FHIR
///   ids. With what a facilitator said goes their name, and with an amendment its
///   reason: whichever device reaches the server first tells all of it. Nothing of the
///   safety lane.
/// - A board: call names and where they are called to. No id of anything.
std::optional<std::string> told_to(SiteRole role, const Unit& unit);

/// Whether a device of `role` is believed when it says such a unit.
bool may_say(SiteRole role, const Unit& unit);

}  // namespace foyer
