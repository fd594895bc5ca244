#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "platform/result.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// 32 secret bytes in guarded memory (sodium_malloc), wiped when dropped. Move-only.
class SecretKey;

/// The device's own keys: sealing, blind index and audit chain, derived with crypto_kdf
/// from one master key. Never leaves the device.
class DeviceKeys;

/// What all kiosks of a site share: the alias key and the slip-signing key, derived from
/// one site secret, so that every enrolled device knows every slip offline.
class SiteKeys;

}  // namespace foyer
