#include "platform/tls_files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace foyer {

namespace {

template <auto free>
struct Frees {
    template <class T>
    void operator()(T* held) const {
        free(held);
    }
};

/// A file that says its own name when it cannot be read.
Result<void> readable(const std::string& path) {
    const std::unique_ptr<std::FILE, Frees<std::fclose>> file(
        std::fopen(path.c_str(), "re"));
    if (!file) return fail(Error::Code::bad_input, path + ": " + std::strerror(errno));
    return {};
}

tl::unexpected<Error> refuse(const std::string& path, const std::string& why) {
    // OpenSSL keeps what it found for this thread; nobody else is to read it.
    ERR_clear_error();
    return fail(Error::Code::bad_input, path + ": " + why);
}

/// Answers that there is no passphrase, where OpenSSL would ask the terminal.
int no_passphrase(char*, int, int, void*) {
    return 0;
}

}  // namespace

Result<void> check_tls_files(const std::string& ca_file,
                             const std::string& certificate_file,
                             const std::string& key_file) {
    if (certificate_file.empty() != key_file.empty())
        return fail(Error::Code::bad_input,
                    certificate_file.empty()
                        ? key_file + ": a key needs its certificate beside it"
                        : certificate_file + ": a certificate needs its key beside it");
    const std::unique_ptr<SSL_CTX, Frees<SSL_CTX_free>> context(
        SSL_CTX_new(TLS_client_method()));
    if (!context) return fail(Error::Code::bad_input, "OpenSSL gives no TLS");
    SSL_CTX_set_default_passwd_cb(context.get(), no_passphrase);

    if (!ca_file.empty()) {
        TRY(readable(ca_file));
        if (SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) != 1)
            return refuse(ca_file, "holds no certificate in PEM form");
    }
    if (certificate_file.empty()) return {};
    TRY(readable(certificate_file));
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) !=
        1)
        return refuse(certificate_file, "holds no certificate in PEM form");
    TRY(readable(key_file));
    if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(),
                                    SSL_FILETYPE_PEM) != 1) {
        const bool other =
            ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH ||
            ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_TYPE_MISMATCH;
        return refuse(key_file,
                      other ? "is not the key of " + certificate_file
                            : "holds no private key in PEM form without a passphrase");
    }
    return {};
}

}  // namespace foyer
