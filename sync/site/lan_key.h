#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace foyer {

/// The public half of a device's key pair (Curve25519) in Z85, 40 characters: what the
/// other devices of the site are told (`foyer lan key`). The secret half is any 32
/// random bytes: secret("lan.key").
std::string lan_public_key(std::span<const std::uint8_t, 32> secret);

/// Whether a text can be a public key: Z85 of 32 bytes.
bool is_lan_key(std::string_view text);

}  // namespace foyer
