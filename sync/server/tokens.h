#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/http.h"
#include "platform/result.h"

namespace foyer {

/// Where the right to talk to the server comes from.
class TokenSource {
public:
    virtual ~TokenSource() = default;
    /// The value of the Authorization header now ("Bearer ..."), or empty for none.
    /// `server_time` is the time by the server's clock. May ask another server, which
    /// takes at most 10 s a request. `refused` when we are not let in, saying what to
    /// mend; as Http::send when nobody answers.
    virtual Result<std::string> authorization(Instant server_time) = 0;
    /// The server did not take the last one (401): get another at the next call.
    virtual void forget() = 0;
};

/// No token (a demo), or one that never changes.
class FixedToken final : public TokenSource {
public:
    explicit FixedToken(std::string token) : token_(std::move(token)) {}
    Result<std::string> authorization(Instant) override {
        return token_.empty() ? std::string() : "Bearer " + token_;
    }
    void forget() override {}

private:
    std::string token_;
};

/// SMART Backend Services (hl7.org/fhir/uv/bulkdata/authorization, SMART App Launch 2):
/// a signed assertion in exchange for an access token, which is kept until a minute
/// before its end. The token URL comes from `<base>/.well-known/smart-configuration`,
/// else from the CapabilityStatement's oauth-uris, unless it is configured.
class SmartToken final : public TokenSource {
public:
    struct Settings {
        std::string base;       ///< the FHIR server's
        std::string token_url;  ///< empty: discovered
        std::string client_id;
        std::string key_id;           ///< `kid` of our public key at the server
        std::string algorithm;        ///< "ES384" or "RS384"
        std::string private_key_pem;  ///< wiped with this object
        std::vector<std::string> scopes;
    };
    /// `http` outlives it.
    static Result<std::unique_ptr<SmartToken>> create(Http& http, Settings settings);
    ~SmartToken() override;
    Result<std::string> authorization(Instant server_time) override;
    void forget() override;

private:
    struct Inside;
    explicit SmartToken(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// The least that Foyer needs (SMART v1 names, which v2 servers also take), listed in
/// docs/server.md with the reason of each.
const std::vector<std::string>& minimal_scopes();

}  // namespace foyer
