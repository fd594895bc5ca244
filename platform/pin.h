#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace foyer {

/// Argon2id string of a staff PIN, for `staff.pin_hash` in foyer.toml. 4 to 12 digits,
/// else `bad_input`. Takes about 0.1 s and 64 MB on purpose.
Result<std::string> hash_pin(std::string_view pin);

/// Whether the PIN is the hash's. An empty or broken hash matches nothing.
bool pin_matches(std::string_view pin, const std::string& hash);

}  // namespace foyer
