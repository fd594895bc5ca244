#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "sync/clinic/visit.h"

namespace foyer {

/// Secret bytes in guarded memory (sodium_malloc: not swapped, not dumped, walled in by
/// guard pages), wiped when dropped. Move-only; a moved-from key is empty. Reading it
/// from several threads is safe.
template <std::size_t size>
class Secret {
public:
    /// Zeroes, to be filled through `writable`.
    Secret();

    std::span<const std::uint8_t, size> bytes() const {
        return std::span<const std::uint8_t, size>(memory_.get(), size);
    }
    std::span<std::uint8_t, size> writable() {
        return std::span<std::uint8_t, size>(memory_.get(), size);
    }

private:
    struct Free {
        void operator()(std::uint8_t* memory) const noexcept;
    };
    std::unique_ptr<std::uint8_t, Free> memory_;
};

using SecretKey = Secret<32>;

/// A key of `bytes`. The caller wipes its own copy.
SecretKey secret_key(std::span<const std::uint8_t, 32> bytes);

/// Names a key without telling anything about it.
using KeyId = std::array<std::uint8_t, 8>;

/// The device's own keys, derived with crypto_kdf from one master key. Never leave the
/// device: without them its data directory is noise. Move-only.
class DeviceKeys {
public:
    explicit DeviceKeys(const SecretKey& master);

    const SecretKey& sealing() const { return sealing_; }  ///< rows, XChaCha20-Poly1305
    const SecretKey& index() const { return index_; }      ///< blind index
    const SecretKey& audit() const { return audit_; }      ///< audit chain
    /// Kept in clear in the database, so that another key is told from damage.
    const KeyId& id() const { return id_; }

private:
    SecretKey sealing_, index_, audit_;
    KeyId id_{};
};

/// What all kiosks of a site share, derived from one site secret: the alias key and the
/// slip-signing key. Every enrolled device therefore knows every slip offline.
/// Move-only.
class SiteKeys {
public:
    explicit SiteKeys(const SecretKey& site_secret);

    /// What stands for a FHIR id outside sealed data: 128 bits of keyed BLAKE2b over
    /// `kind` ("Patient", "Appointment", ...) and `text`. Equal on every device of a
    /// site, and nothing to anybody without the site secret.
    Alias alias_of(std::string_view kind, std::string_view text) const;

    using Signature = std::array<std::uint8_t, 64>;
    /// Ed25519.
    Signature sign(std::span<const std::uint8_t> message) const;
    bool verify(std::span<const std::uint8_t> message,
                const Signature& signature) const;
    /// The first 8 bytes of BLAKE2b over the public key.
    const KeyId& id() const { return id_; }

private:
    SecretKey alias_;
    Secret<64> signing_;
    std::array<std::uint8_t, 32> public_key_{};
    KeyId id_{};
};

}  // namespace foyer
