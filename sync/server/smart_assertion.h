#pragma once

#include <memory>
#include <string>

#include "platform/clock.h"
#include "platform/result.h"

namespace foyer {

/// The key by which a kiosk says who it is to an authorization server. Signs by libjwt;
/// its memory is wiped when let go.
class SigningKey {
public:
    enum class Algorithm { es384, rs384 };

    /// A private key in PEM form without passphrase: P-384 for ES384, RSA of at least
    /// 2048 bits for RS384. `bad_input` says what it is instead. Wipes `pem`.
    static Result<SigningKey> read(std::string& pem, Algorithm algorithm);
    ~SigningKey();
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;

    struct Claims {
        std::string client_id;  ///< iss and sub
        std::string key_id;     ///< kid; empty: left out
        std::string audience;   ///< the token URL
        Instant expires;
        std::string id;  ///< jti, never the same twice
    };
    /// A JWT of these claims (RFC 7523; SMART App Launch 2, client-confidential-
    /// asymmetric).
    Result<std::string> sign(const Claims& claims) const;

private:
    struct Inside;
    explicit SigningKey(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// 128 random bits as hex digits.
std::string assertion_id();

/// Overwrites a text that was secret, and empties it.
void wipe(std::string& secret);

}  // namespace foyer
