#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"
#include "sync/clinic/visit.h"
#include "sync/records/keys.h"

namespace foyer {

/// What the QR code of a paper slip says: which visit, until when, signed by the site.
/// Nothing in it names a person, a record or a service (domain.md W16).
struct SlipToken {
    Alias visit;
    Instant expires{};  ///< the visit's start plus 24 h; whole seconds
};

/// Why a scanned text is not a slip of this site.
enum class TokenFault {
    unreadable,  ///< not a Foyer token, half a one, or a signature that is wrong
    foreign,     ///< a whole token signed under a key this site does not know
};

/// The fault's name, for the log.
const char* name(TokenFault fault);

/// Text for the QR code: "FOYER1:" and, in base32 (RFC 4648, no padding), key id (8
/// bytes), alias (16), expiry (4, seconds since 1970, big-endian) and Ed25519 signature
/// (64): 155 characters. Base32 and not base64: only capitals and digits, so the QR
/// code needs fewer dots (alphanumeric mode) and a scanner that types survives Caps
/// Lock and foreign keyboard layouts.
std::string sign_token(const SlipToken& token, const SiteKeys& keys);

/// Reads a scanned text, whatever it is; capitals and small letters are the same,
/// blanks around it do not matter. Expiry is the caller's to judge: an old slip is
/// authentic.
tl::expected<SlipToken, TokenFault> read_token(std::string_view text,
                                               const SiteKeys& keys);

}  // namespace foyer
