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
    Instant expires{};  ///< the visit's start plus 24 h
};

/// Why a scanned text is not a slip of this site.
enum class TokenFault {
    unreadable,  ///< not a Foyer token, half a one, or a signature that is wrong
    foreign,     ///< a whole token signed under a key this site does not know
};

/// Text for the QR code: "FOYER1:" and base64url of key id, alias, expiry, Ed25519
/// signature. Upper-case prefix; about 125 characters.
std::string sign_token(const SlipToken& token, const SiteKeys& keys);

/// Reads a scanned text. Expiry is the caller's to judge: an old slip is authentic.
tl::expected<SlipToken, TokenFault> read_token(std::string_view text,
                                               const SiteKeys& keys);

}  // namespace foyer
