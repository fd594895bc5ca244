#pragma once

#include <filesystem>
#include <memory>

#include "platform/clock.h"
#include "platform/http.h"
#include "platform/result.h"
#include "sync/clinic/site.h"
#include "sync/server/fhir_server.h"
#include "sync/server/tokens.h"

namespace foyer {

/// A FhirServer with all it stands on, made from the configuration. Moved, never
/// copied. One thread at a time: each thread that talks to the server has one of its
/// own.
struct Connection {
    std::unique_ptr<Http> http;
    /// Tokens come over a connection of their own, so that asking for one neither ends
    /// the server's nor shows another certificate as its own.
    std::unique_ptr<Http> token_http;
    std::unique_ptr<TokenSource> tokens;
    std::unique_ptr<FhirServer> server;
};

/// The one way in which programs get a FhirServer. Asks nobody yet. Secrets come from
/// $CREDENTIALS_DIRECTORY or `<data_dir>/keys` (platform/secrets.h): "server-token" for
/// auth = "token", "server-key.pem" for "smart", and a `key_file` without a slash.
/// `clock` outlives it.
///
/// Fails with `not_found` when no server is configured or a secret is missing,
/// `refused` when others can read it or the address is neither https nor this machine,
/// `bad_input` when a key or certificate cannot be used; the message says what to mend.
Result<Connection> connect(const Site& site, const std::filesystem::path& data_dir,
                           const Clock& clock);

}  // namespace foyer
