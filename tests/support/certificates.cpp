#include "tests/support/certificates.h"

#include <stdlib.h>

#include <cassert>
#include <cstdio>
#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <vector>

namespace foyer {

namespace {

template <auto free>
struct Frees {
    template <class T>
    void operator()(T* held) const {
        free(held);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Frees<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Frees<X509_free>>;
using Text = std::unique_ptr<BIO, Frees<BIO_free>>;

Key make_key(const std::string& kind) {
    EVP_PKEY* key = nullptr;
    if (kind.starts_with("RSA-"))
        key = EVP_RSA_gen(unsigned(std::stoul(kind.substr(4))));
    else
        key = EVP_EC_gen(kind.c_str());
    assert(key);
    return Key(key);
}

void extend(X509* certificate, X509* issuer, int what, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value);
    assert(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// A certificate of `key`, signed by `issuer` and its key, or by itself.
Certificate make_certificate(EVP_PKEY* key, const char* name, X509* issuer,
                             EVP_PKEY* issuer_key, long serial) {
    Certificate made(X509_new());
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), key);
    const std::unique_ptr<X509_NAME, Frees<X509_NAME_free>> subject(X509_NAME_new());
    std::vector<unsigned char> common_name(name,
                                           name + std::char_traits<char>::length(name));
    X509_NAME_add_entry_by_txt(subject.get(), "CN", MBSTRING_ASC, common_name.data(),
                               int(common_name.size()), -1, 0);
    X509_set_subject_name(made.get(), subject.get());
    X509_set_issuer_name(made.get(),
                         issuer ? X509_get_subject_name(issuer) : subject.get());
    if (issuer)
        extend(made.get(), issuer, NID_subject_alt_name, "IP:127.0.0.1");
    else
        extend(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(made.get(), issuer ? issuer_key : key, EVP_sha256());
    return made;
}

void write(const std::filesystem::path& path, X509* certificate) {
    const std::unique_ptr<std::FILE, Frees<std::fclose>> file(
        std::fopen(path.c_str(), "we"));
    assert(file);
    PEM_write_X509(file.get(), certificate);
}

void write(const std::filesystem::path& path, EVP_PKEY* key) {
    const std::unique_ptr<std::FILE, Frees<std::fclose>> file(
        std::fopen(path.c_str(), "we"));
    assert(file);
    PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
}

/// A number of the key as base64url of exactly `size` bytes; 0: as many as it has.
std::string number(EVP_PKEY* key, const char* name, int size) {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key, name, &value);
    assert(value);
    std::vector<unsigned char> bytes(size ? size : BN_num_bytes(value));
    BN_bn2binpad(value, bytes.data(), int(bytes.size()));
    BN_free(value);
    std::string text(4 * (bytes.size() / 3 + 1) + 1, '\0');
    // EVP writes unsigned characters.
    std::vector<unsigned char> coded(text.size());
    const int length = EVP_EncodeBlock(coded.data(), bytes.data(), int(bytes.size()));
    text.assign(coded.begin(), coded.begin() + length);
    std::string url_safe;
    for (const char c : text)
        if (c != '=') url_safe += c == '+' ? '-' : c == '/' ? '_' : c;
    return url_safe;
}

}  // namespace

Certificates::Certificates() {
    std::string name =
        (std::filesystem::temp_directory_path() / "foyer-tls-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    const Key ca_key = make_key("P-256"), other_key = make_key("P-256"),
              server_key = make_key("P-256"), client_key = make_key("P-256");
    const Certificate ca =
        make_certificate(ca_key.get(), "Test CA", nullptr, nullptr, 1);
    write(path("ca.pem"), ca.get());
    write(path("other-ca.pem"),
          make_certificate(other_key.get(), "Other CA", nullptr, nullptr, 1).get());
    write(
        path("server.pem"),
        make_certificate(server_key.get(), "server", ca.get(), ca_key.get(), 2).get());
    write(path("server-key.pem"), server_key.get());
    write(
        path("client.pem"),
        make_certificate(client_key.get(), "client", ca.get(), ca_key.get(), 3).get());
    write(path("client-key.pem"), client_key.get());
}

Certificates::~Certificates() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string new_private_key(const std::string& kind) {
    const Key key = make_key(kind);
    const Text text(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                             nullptr);
    char* data = nullptr;
    const long length = BIO_get_mem_data(text.get(), &data);
    return {data, std::size_t(length)};
}

std::string public_key_set(const std::string& pem, const std::string& kid) {
    const Text text(BIO_new_mem_buf(pem.data(), int(pem.size())));
    const Key key(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
    assert(key);
    std::string jwk = "\"kid\":\"" + kid + "\",\"use\":\"sig\"";
    if (EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA)
        jwk += ",\"kty\":\"RSA\",\"alg\":\"RS384\",\"n\":\"" +
               number(key.get(), OSSL_PKEY_PARAM_RSA_N, 0) + "\",\"e\":\"" +
               number(key.get(), OSSL_PKEY_PARAM_RSA_E, 0) + "\"";
    else
        jwk += ",\"kty\":\"EC\",\"alg\":\"ES384\",\"crv\":\"P-384\",\"x\":\"" +
               number(key.get(), OSSL_PKEY_PARAM_EC_PUB_X, 48) + "\",\"y\":\"" +
               number(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 48) + "\"";
    return "{\"keys\":[{" + jwk + "}]}";
}

}  // namespace foyer
