#pragma once

#include <filesystem>
#include <string>

namespace foyer {

/// A folder with an authority, a server's certificate for 127.0.0.1 and a client's,
/// made anew for each test; gone with this object. PEM, keys of P-256, valid for an
/// hour or until `ends`.
class Certificates {
public:
    Certificates();
    ~Certificates();
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;

    /// "ca.pem", "server.pem", "server-key.pem", "client.pem", "client-key.pem",
    /// "other-ca.pem" (an authority that signed nothing).
    std::string path(const std::string& name) const {
        return (folder_ / name).string();
    }
    const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

/// A new private key in PEM form. `kind`: "P-384", "P-256", "RSA-2048", "RSA-1024".
std::string new_private_key(const std::string& kind);
/// Its public half as a JSON Web Key Set with this `kid`; `pem` as above.
std::string public_key_set(const std::string& pem, const std::string& kid);

}  // namespace foyer
