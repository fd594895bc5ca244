#include "sync/records/keys.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>

namespace foyer {

namespace {

// crypto_kdf takes exactly 8 letters that say whose subkeys these are.
constexpr char device_context[] = "foyerdev";
constexpr char site_context[] = "foyersit";

// Never renumbered: another number is another key.
enum DeviceSubkey : std::uint64_t { sealing = 1, index = 2, audit = 3, name = 4 };
enum SiteSubkey : std::uint64_t { alias = 1, signing_seed = 2 };

void start_sodium() {
    static const int ready = sodium_init();
    assert(ready >= 0);
}

SecretKey subkey(const SecretKey& master, std::uint64_t number, const char* context) {
    SecretKey key;
    crypto_kdf_derive_from_key(key.writable().data(), key.writable().size(), number,
                               context, master.bytes().data());
    return key;
}

KeyId short_hash(std::span<const std::uint8_t> bytes) {
    std::array<std::uint8_t, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr,
                       0);
    KeyId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

const std::uint8_t* raw(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

template <std::size_t size>
Secret<size>::Secret() {
    start_sodium();
    memory_.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
    assert(memory_ != nullptr);
    sodium_memzero(memory_.get(), size);
}

template <std::size_t size>
void Secret<size>::Free::operator()(std::uint8_t* memory) const noexcept {
    sodium_free(memory);  // wipes
}

template class Secret<32>;
template class Secret<64>;

SecretKey secret_key(std::span<const std::uint8_t, 32> bytes) {
    SecretKey key;
    std::ranges::copy(bytes, key.writable().begin());
    return key;
}

DeviceKeys::DeviceKeys(const SecretKey& master)
    : sealing_(subkey(master, DeviceSubkey::sealing, device_context)),
      index_(subkey(master, DeviceSubkey::index, device_context)),
      audit_(subkey(master, DeviceSubkey::audit, device_context)),
      // A subkey of its own: hashing the sealing key would publish something about it.
      id_(short_hash(subkey(master, DeviceSubkey::name, device_context).bytes())) {}

SiteKeys::SiteKeys(const SecretKey& site_secret)
    : alias_(subkey(site_secret, SiteSubkey::alias, site_context)) {
    const auto seed = subkey(site_secret, SiteSubkey::signing_seed, site_context);
    crypto_sign_seed_keypair(public_key_.data(), signing_.writable().data(),
                             seed.bytes().data());
    id_ = short_hash(public_key_);
}

Alias SiteKeys::alias_of(std::string_view kind, std::string_view text) const {
    crypto_generichash_state state;
    Alias result;
    crypto_generichash_init(&state, alias_.bytes().data(), alias_.bytes().size(),
                            result.bytes.size());
    // The zero keeps ("ab", "c") and ("a", "bc") apart; FHIR ids have none.
    constexpr std::uint8_t zero = 0;
    crypto_generichash_update(&state, raw(kind), kind.size());
    crypto_generichash_update(&state, &zero, 1);
    crypto_generichash_update(&state, raw(text), text.size());
    crypto_generichash_final(&state, result.bytes.data(), result.bytes.size());
    sodium_memzero(&state, sizeof state);
    return result;
}

SiteKeys::Signature SiteKeys::sign(std::span<const std::uint8_t> message) const {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         signing_.bytes().data());
    return signature;
}

bool SiteKeys::verify(std::span<const std::uint8_t> message,
                      const Signature& signature) const {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       public_key_.data()) == 0;
}

}  // namespace foyer
