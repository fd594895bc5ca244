#include "sync/records/sealed.h"

#include <sodium.h>

#include <algorithm>
#include <string>

namespace foyer {

namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t header_size = 1 + nonce_size;

/// Table names have no zero byte, so no two places read alike.
std::vector<std::uint8_t> associated_data(const SealedPlace& place, const KeyId& key) {
    std::vector<std::uint8_t> data;
    data.reserve(place.table.size() + place.row.size() + key.size() + 2);
    data.insert(data.end(), place.table.begin(), place.table.end());
    data.push_back(0);
    data.push_back(format_version);
    data.insert(data.end(), key.begin(), key.end());
    data.insert(data.end(), place.row.begin(), place.row.end());
    return data;
}

}  // namespace

PlainText::PlainText(std::size_t size)
    : memory_(std::make_unique<char[]>(size)), size_(size) {}

PlainText::~PlainText() {
    if (memory_) sodium_memzero(memory_.get(), size_);
}

std::vector<std::uint8_t> seal(const SealedPlace& place, std::string_view text,
                               const DeviceKeys& keys) {
    std::vector<std::uint8_t> sealed(header_size + text.size() + tag_size);
    sealed[0] = format_version;
    std::uint8_t* nonce = sealed.data() + 1;
    randombytes_buf(nonce, nonce_size);
    const auto data = associated_data(place, keys.id());
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed.data() + header_size, nullptr,
        reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), data.data(),
        data.size(), nullptr, nonce, keys.sealing().bytes().data());
    return sealed;
}

std::array<std::uint8_t, 24> nonce_of(std::span<const std::uint8_t> sealed) {
    static_assert(nonce_size == 24);
    std::array<std::uint8_t, nonce_size> nonce{};
    if (sealed.size() >= header_size)
        std::copy_n(sealed.begin() + 1, nonce_size, nonce.begin());
    return nonce;
}

Result<PlainText> unseal(const SealedPlace& place, std::span<const std::uint8_t> sealed,
                         const DeviceKeys& keys) {
    const auto damaged = [&] {
        return fail(Error::Code::corrupt,
                    "records: a row of " + std::string(place.table) + " is damaged");
    };
    if (sealed.size() < header_size + tag_size || sealed[0] != format_version)
        return damaged();
    PlainText text(sealed.size() - header_size - tag_size);
    const auto data = associated_data(place, keys.id());
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<std::uint8_t*>(text.data()), nullptr, nullptr,
        sealed.data() + header_size, sealed.size() - header_size, data.data(),
        data.size(), sealed.data() + 1, keys.sealing().bytes().data());
    if (opened != 0) return damaged();
    return text;
}

}  // namespace foyer
