#include "sync/server/smart_assertion.h"

#include <jwt.h>

#include <array>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <utility>

namespace foyer {

namespace {

template <auto free>
struct Frees {
    template <class T>
    void operator()(T* held) const {
        free(held);
    }
};

/// Answers that there is no passphrase, where OpenSSL would ask the terminal.
int no_passphrase(char*, int, int, void*) {
    return 0;
}

tl::unexpected<Error> refuse(const std::string& why) {
    ERR_clear_error();
    return fail(Error::Code::bad_input, why);
}

Result<void> check(const std::string& pem, SigningKey::Algorithm algorithm) {
    const std::unique_ptr<BIO, Frees<BIO_free>> text(
        BIO_new_mem_buf(pem.data(), int(pem.size())));
    const std::unique_ptr<EVP_PKEY, Frees<EVP_PKEY_free>> key(
        text ? PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr)
             : nullptr);
    if (!key) return refuse("holds no private key in PEM form without a passphrase");
    if (algorithm == SigningKey::Algorithm::rs384) {
        if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA)
            return refuse("is no RSA key, which RS384 takes");
        if (EVP_PKEY_get_bits(key.get()) < 2048)
            return refuse("is an RSA key of less than 2048 bits");
        return {};
    }
    std::array<char, 40> curve{};
    const bool named =
        EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC &&
        EVP_PKEY_get_group_name(key.get(), curve.data(), curve.size(), nullptr) == 1;
    if (!named || std::strcmp(curve.data(), "secp384r1") != 0)
        return refuse("is no key on the curve P-384 (secp384r1), which ES384 takes");
    return {};
}

}  // namespace

struct SigningKey::Inside {
    std::string pem;
    jwt_alg_t algorithm;
    ~Inside() { wipe(pem); }
};

SigningKey::SigningKey(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

Result<SigningKey> SigningKey::read(std::string& pem, Algorithm algorithm) {
    auto inside = std::unique_ptr<Inside>(
        new Inside{pem, algorithm == Algorithm::es384 ? JWT_ALG_ES384 : JWT_ALG_RS384});
    wipe(pem);
    TRY(check(inside->pem, algorithm));
    return SigningKey(std::move(inside));
}

Result<std::string> SigningKey::sign(const Claims& claims) const {
    jwt_t* made = nullptr;
    if (jwt_new(&made) != 0) return refuse("no memory for a signed assertion");
    const std::unique_ptr<jwt_t, Frees<jwt_free>> token(made);
    const auto expires =
        std::chrono::floor<std::chrono::seconds>(claims.expires).time_since_epoch();
    const auto& pem = inside_->pem;
    const auto* bytes =
        static_cast<const unsigned char*>(static_cast<const void*>(pem.data()));
    const bool said =
        (claims.key_id.empty() ||
         jwt_add_header(made, "kid", claims.key_id.c_str()) == 0) &&
        jwt_add_grant(made, "iss", claims.client_id.c_str()) == 0 &&
        jwt_add_grant(made, "sub", claims.client_id.c_str()) == 0 &&
        jwt_add_grant(made, "aud", claims.audience.c_str()) == 0 &&
        jwt_add_grant(made, "jti", claims.id.c_str()) == 0 &&
        jwt_add_grant_int(made, "exp", long(expires.count())) == 0 &&
        jwt_set_alg(made, inside_->algorithm, bytes, int(pem.size())) == 0;
    const std::unique_ptr<char, Frees<std::free>> text(said ? jwt_encode_str(made)
                                                            : nullptr);
    if (!text) return refuse("the private key does not sign");
    return std::string(text.get());
}

std::string assertion_id() {
    constexpr std::string_view hex = "0123456789abcdef";
    std::array<unsigned char, 16> bytes{};
    const int drawn = RAND_bytes(bytes.data(), int(bytes.size()));
    assert(drawn == 1);
    std::string id;
    for (const unsigned char byte : bytes) {
        id += hex[byte >> 4];
        id += hex[byte & 15];
    }
    return id;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

}  // namespace foyer
