#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/clinic/visit.h"
#include "sync/records/keys.h"

namespace foyer {

/// A last name as people mean it, whatever keyboard they use: letters and digits only,
/// no case, no accents, UTF-8. "O'Brien" and "OBRIEN" are one, so are "García-López"
/// and "garcia lopez", "Strauß" and "STRAUSS", "Łuk" and "luk", "Işık" and "ISIK". Any
/// script; vowel signs that take up space (Devanagari and its kin) stay. Empty if
/// nothing is left.
///
/// Two names that become one cost nothing: the birth date still tells them apart, and
/// if not, one more question does.
std::string normalised(std::string_view name);

/// Keyed BLAKE2b of normalised name and birth date: finds a row, tells nothing to
/// anybody without the device's key. None if nothing is left of the name.
std::optional<BlindIndex> blind_index(std::string_view family, Date born,
                                      const DeviceKeys& keys);

}  // namespace foyer
