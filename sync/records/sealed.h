#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "sync/records/keys.h"

namespace foyer {

/// Text from a sealed BLOB, overwritten when dropped.
class PlainText {
public:
    explicit PlainText(std::size_t size);
    PlainText(PlainText&&) noexcept = default;
    PlainText& operator=(PlainText&&) = delete;
    ~PlainText();

    std::string_view view() const { return {memory_.get(), size_}; }
    char* data() { return memory_.get(); }

private:
    std::unique_ptr<char[]> memory_;
    std::size_t size_;
};

/// Where a sealed BLOB belongs. It opens nowhere else: table, row id, version of the
/// format and key id are its associated data.
struct SealedPlace {
    std::string_view table;
    std::span<const std::uint8_t> row;
};

/// XChaCha20-Poly1305 under the device's sealing key with a random nonce:
/// version (1 byte), nonce (24), text and tag (16). What it does not guard against is
/// an older BLOB of the same row put back.
std::vector<std::uint8_t> seal(const SealedPlace& place, std::string_view text,
                               const DeviceKeys& keys);

/// The nonce of what seal() made: another one each time. Zeros for what is too short.
std::array<std::uint8_t, 24> nonce_of(std::span<const std::uint8_t> sealed);

/// `corrupt` when a bit differs, the place is another one or the key is.
Result<PlainText> unseal(const SealedPlace& place, std::span<const std::uint8_t> sealed,
                         const DeviceKeys& keys);

}  // namespace foyer
