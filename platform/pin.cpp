#include "platform/pin.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace foyer {

Result<std::string> hash_pin(std::string_view pin) {
    const bool digits =
        std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || pin.size() < 4 || pin.size() > 12)
        return fail(Error::Code::bad_input, "a PIN has 4 to 12 digits");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (sodium_init() < 0 || crypto_pwhash_str(hash.data(), pin.data(), pin.size(),
                                               crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                               crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return fail(Error::Code::busy, "no memory to hash a PIN");
    return std::string(hash.data());
}

bool pin_matches(std::string_view pin, const std::string& hash) {
    if (hash.empty() || sodium_init() < 0) return false;
    return crypto_pwhash_str_verify(hash.c_str(), pin.data(), pin.size()) == 0;
}

}  // namespace foyer
