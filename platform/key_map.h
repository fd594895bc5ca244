#pragma once

#include <cstdint>
#include <optional>

namespace foyer {

/// The character a key gives on a US keyboard, which is what scanners pretend to be
/// unless told otherwise; nothing for keys that give none. `key` is a KEY_ code of
/// linux/input-event-codes.h.
std::optional<char> us_character(std::uint16_t key, bool shift);

}  // namespace foyer
