#include "sync/server/connection.h"

#include <utility>

#include "platform/address.h"
#include "platform/http_curl.h"
#include "platform/secrets.h"

namespace foyer {

namespace {

Result<CurlHttp::Settings> transport(const ServerSettings& server,
                                     const std::filesystem::path& data_dir) {
    CurlHttp::Settings settings;
    settings.ca_file = server.ca_file;
    settings.certificate_file = server.certificate_file;
    settings.key_file = server.key_file;
    if (!server.key_file.empty() && server.key_file.find('/') == std::string::npos)
        settings.key_file = TRY(secret_file(server.key_file, data_dir)).string();
    return settings;
}

Result<std::unique_ptr<TokenSource>> smart(Http& http, const ServerSettings& server,
                                           const std::filesystem::path& data_dir) {
    constexpr const char* name = "server-key.pem";
    const SecretText key = TRY(secret_text(name, data_dir));
    SmartToken::Settings settings;
    settings.base = server.base;
    settings.token_url = server.token_url;
    settings.client_id = server.client_id;
    settings.key_id = server.key_id;
    settings.algorithm = server.algorithm;
    settings.scopes = server.scopes;
    if (settings.scopes.empty()) {
        settings.scopes = minimal_scopes();
        if (server.direct_contact) settings.scopes.push_back("system/Patient.write");
    }
    settings.private_key_pem = key.text();
    auto token = SmartToken::create(http, std::move(settings));
    if (!token)
        return fail(token.error().code, std::string(name) + ": " + token.error().what);
    return std::unique_ptr<TokenSource>(std::move(*token));
}

Result<std::unique_ptr<TokenSource>> tokens(Http& http, const ServerSettings& server,
                                            const std::filesystem::path& data_dir) {
    switch (server.auth) {
        case ServerSettings::Auth::token: {
            const SecretText token = TRY(secret_text("server-token", data_dir));
            if (token.text().find_first_of(" \t\r\n") != std::string::npos)
                return fail(Error::Code::bad_input,
                            "server-token: is more than one word; the word \"Bearer\" "
                            "does not belong there");
            return std::unique_ptr<TokenSource>(
                std::make_unique<FixedToken>(token.text()));
        }
        case ServerSettings::Auth::smart:
            return smart(http, server, data_dir);
        case ServerSettings::Auth::none:
            break;
    }
    return std::unique_ptr<TokenSource>(std::make_unique<FixedToken>(""));
}

}  // namespace

Result<Connection> connect(const Site& site, const std::filesystem::path& data_dir,
                           const Clock& clock) {
    const ServerSettings& server = site.server;
    if (server.base.empty())
        return fail(Error::Code::not_found, "no server: write [server] base");
    const auto base = address(server.base);
    if (!base || !is_safe(*base))
        return fail(Error::Code::refused,
                    "[server] base: names and tokens travel over https only, but to "
                    "this machine itself");
    const auto settings = TRY(transport(server, data_dir));
    Connection connection;
    connection.http = TRY(CurlHttp::create(settings));
    connection.token_http = TRY(CurlHttp::create(settings));
    connection.tokens = TRY(tokens(*connection.token_http, server, data_dir));
    FhirServer::Parts parts;
    parts.http = connection.http.get();
    parts.tokens = connection.tokens.get();
    parts.clock = &clock;
    parts.base = server.base;
    connection.server = std::make_unique<FhirServer>(std::move(parts));
    return connection;
}

}  // namespace foyer
