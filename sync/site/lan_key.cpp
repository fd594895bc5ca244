#include "sync/site/lan_key.h"

#include <string.h>
#include <zmq.h>

#include <array>
#include <cassert>

namespace foyer {

std::string lan_public_key(std::span<const std::uint8_t, 32> secret) {
    std::array<char, 41> hidden{}, shown{};
    zmq_z85_encode(hidden.data(), secret.data(), secret.size());
    const int derived = zmq_curve_public(shown.data(), hidden.data());
    explicit_bzero(hidden.data(), hidden.size());
    assert(derived == 0);  // fails only in a libzmq built without CURVE
    static_cast<void>(derived);
    return shown.data();
}

bool is_lan_key(std::string_view text) {
    if (text.size() != 40) return false;
    std::array<std::uint8_t, 32> bytes{};
    return zmq_z85_decode(bytes.data(), std::string(text).c_str()) != nullptr;
}

}  // namespace foyer
