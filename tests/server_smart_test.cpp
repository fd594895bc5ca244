#include <httplib.h>

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sstream>

#include "platform/http_curl.h"
#include "sync/server/connection.h"
#include "sync/server/smart_assertion.h"
#include "sync/server/smart_discovery.h"
#include "sync/server/tokens.h"
#include "tests/support/certificates.h"
#include "tests/support/local_server.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

std::string from_base64url(std::string text) {
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    const std::size_t padding = (4 - text.size() % 4) % 4;
    text.append(padding, '=');
    std::vector<unsigned char> in(text.begin(), text.end()), out(text.size());
    const int length = EVP_DecodeBlock(out.data(), in.data(), int(in.size()));
    EXPECT_GT(length, 0);
    return {out.begin(), out.begin() + length - int(padding)};
}

/// Whether `signature` over `text` is of the key in `pem`, as RFC 7518 writes it.
bool is_signed(const std::string& text, std::string signature, const std::string& pem) {
    BIO* in = BIO_new_mem_buf(pem.data(), int(pem.size()));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
    BIO_free(in);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
        // r and s side by side; OpenSSL wants them as DER.
        EXPECT_EQ(signature.size(), 96u);
        std::vector<unsigned char> raw(signature.begin(), signature.end());
        ECDSA_SIG* pair = ECDSA_SIG_new();
        ECDSA_SIG_set0(pair, BN_bin2bn(raw.data(), 48, nullptr),
                       BN_bin2bn(raw.data() + 48, 48, nullptr));
        unsigned char* der = nullptr;
        const int length = i2d_ECDSA_SIG(pair, &der);
        signature.assign(der, der + length);
        OPENSSL_free(der);
        ECDSA_SIG_free(pair);
    }
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, EVP_sha384(), nullptr, key);
    const std::vector<unsigned char> bytes(signature.begin(), signature.end()),
        message(text.begin(), text.end());
    const bool good = EVP_DigestVerify(context, bytes.data(), bytes.size(),
                                       message.data(), message.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return good;
}

/// A token endpoint that remembers what it was asked.
class SmartSignIn : public testing::Test {
protected:
    struct Asked {
        json header, claims;
        std::string scope, assertion;
    };

    void answer(const httplib::Request& request, httplib::Response& back) {
        EXPECT_EQ(request.get_param_value("grant_type"), "client_credentials");
        EXPECT_EQ(request.get_param_value("client_assertion_type"),
                  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        Asked one;
        one.assertion = request.get_param_value("client_assertion");
        one.scope = request.get_param_value("scope");
        const auto first = one.assertion.find('.'), second = one.assertion.rfind('.');
        one.header = json::parse(from_base64url(one.assertion.substr(0, first)));
        one.claims = json::parse(
            from_base64url(one.assertion.substr(first + 1, second - first - 1)));
        EXPECT_TRUE(is_signed(one.assertion.substr(0, second),
                              from_base64url(one.assertion.substr(second + 1)), key));
        asked.push_back(one);
        back.status = status;
        if (!date.empty()) back.set_header("Date", date);
        back.set_content(
            body.empty() ? json{{"access_token", "t" + std::to_string(asked.size())},
                                {"token_type", "bearer"},
                                {"expires_in", 300}}
                               .dump()
                         : body,
            "application/json");
        if (refused_once) {
            refused_once = false;
            back.status = 401;
            back.set_content(R"({"error":"invalid_client"})", "application/json");
        }
    }

    std::unique_ptr<SmartToken> token(const std::string& algorithm = "ES384",
                                      const std::string& token_path = "") {
        SmartToken::Settings settings;
        settings.base = server.url("/fhir");
        if (!token_path.empty()) settings.token_url = server.url(token_path);
        settings.client_id = "north-1";
        settings.key_id = "k1";
        settings.algorithm = algorithm;
        settings.private_key_pem = key;
        auto made = SmartToken::create(*http, settings);
        EXPECT_TRUE(made) << made.error().what;
        return std::move(*made);
    }

    std::string key = new_private_key("P-384");
    std::string body, date, configuration, statement;
    int status = 200;
    bool refused_once = false;
    std::vector<Asked> asked;
    LocalServer server{[this](httplib::Server& routes) {
        routes.Post("/token",
                    [this](const auto& request, auto& back) { answer(request, back); });
        routes.Get("/fhir/.well-known/smart-configuration",
                   [this](const auto&, auto& back) {
                       back.status = configuration.empty() ? 404 : 200;
                       back.set_content(configuration, "application/json");
                   });
        routes.Get("/fhir/metadata", [this](const auto&, auto& back) {
            back.set_content(statement, "application/fhir+json");
        });
    }};
    std::unique_ptr<CurlHttp> http = CurlHttp::create({}).value();
    const Instant now = std::chrono::floor<std::chrono::seconds>(SystemClock().now());
};

TEST_F(SmartSignIn, SaysWhoItIsAndForHowLong) {
    auto tokens = token("ES384", "/token");
    const auto authorization = tokens->authorization(now);
    ASSERT_TRUE(authorization) << authorization.error().what;
    EXPECT_EQ(*authorization, "Bearer t1");
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].header["alg"], "ES384");
    EXPECT_EQ(asked[0].header["kid"], "k1");
    EXPECT_EQ(asked[0].header["typ"], "JWT");
    const json claims = asked[0].claims;
    EXPECT_EQ(claims["iss"], "north-1");
    EXPECT_EQ(claims["sub"], "north-1");
    EXPECT_EQ(claims["aud"], server.url("/token"));
    const std::chrono::seconds expires{claims["exp"].get<std::int64_t>()};
    EXPECT_GT(Instant(expires), now + 60s);
    EXPECT_LE(Instant(expires), now + 5min);
    EXPECT_NE(asked[0].scope.find("system/Task.write"), std::string::npos);

    tokens->forget();
    ASSERT_TRUE(tokens->authorization(now));
    EXPECT_NE(asked[1].claims["jti"], claims["jti"]);
}

TEST_F(SmartSignIn, SignsWithRsaToo) {
    key = new_private_key("RSA-2048");
    ASSERT_TRUE(token("RS384", "/token")->authorization(now));
    EXPECT_EQ(asked.at(0).header["alg"], "RS384");
}

TEST_F(SmartSignIn, KeepsItsTokenUntilAMinuteBeforeItsEnd) {
    auto tokens = token("ES384", "/token");
    EXPECT_EQ(tokens->authorization(now).value(), "Bearer t1");
    EXPECT_EQ(tokens->authorization(now + 239s).value(), "Bearer t1");
    EXPECT_EQ(tokens->authorization(now + 240s).value(), "Bearer t2");
    // The clock was set back by an hour: the end of the token says nothing any more.
    EXPECT_EQ(tokens->authorization(now - 1h).value(), "Bearer t3");
    EXPECT_EQ(asked.size(), 3u);
}

TEST_F(SmartSignIn, FindsTheTokenEndpointByTheSmartConfiguration) {
    configuration = json{{"token_endpoint", server.url("/token")}}.dump();
    auto tokens = token();
    ASSERT_TRUE(tokens->authorization(now));
    EXPECT_EQ(asked.at(0).claims["aud"], server.url("/token"));
    configuration.clear();
    tokens->forget();
    EXPECT_TRUE(tokens->authorization(now)) << "asked where again";
}

TEST_F(SmartSignIn, FindsTheTokenEndpointInTheCapabilityStatement) {
    const json uris = {
        {"url",
         "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"},
        {"extension",
         {{{"url", "authorize"}, {"valueUri", "https://x/a"}},
          {{"url", "token"}, {"valueUri", server.url("/token")}}}}};
    statement = json{{"resourceType", "CapabilityStatement"},
                     {"rest", {{{"security", {{"extension", {uris}}}}}}}}
                    .dump();
    ASSERT_TRUE(token()->authorization(now));
    EXPECT_EQ(asked.size(), 1u);
}

TEST_F(SmartSignIn, SaysWhatToMendWhenTheServerNamesNoEndpointOrAnUnsafeOne) {
    const auto none = token()->authorization(now);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Error::Code::refused);
    EXPECT_NE(none.error().what.find("token_url"), std::string::npos);
    configuration = R"({"token_endpoint":"http://login.example/token"})";
    EXPECT_EQ(token()->authorization(now).error().code, Error::Code::refused);
    EXPECT_TRUE(asked.empty());
}

TEST_F(SmartSignIn, SaysWhatToMendWhenItIsNotLetInAndNoSecret) {
    status = 401;
    const std::pair<const char*, const char*> cases[] = {
        {R"({"error":"invalid_client"})", "client_id \"north-1\""},
        {R"({"error":"invalid_scope"})", "docs/server.md"},
        {R"({"error":"unauthorized_client"})", "client_credentials"},
        {"<html>", "client_id"},
    };
    for (const auto& [text, expected] : cases) {
        body = text;
        const auto why = token("ES384", "/token")->authorization(now);
        ASSERT_FALSE(why) << text;
        EXPECT_EQ(why.error().code, Error::Code::refused) << text;
        EXPECT_NE(why.error().what.find(expected), std::string::npos)
            << why.error().what;
        EXPECT_EQ(why.error().what.find(asked.back().assertion), std::string::npos);
        EXPECT_EQ(why.error().what.find("PRIVATE"), std::string::npos);
    }
}

TEST_F(SmartSignIn, RepeatsNothingStrangeThatTheServerSays) {
    status = 400;
    body = R"({"error":"<script>","error_description":"secret"})";
    const auto why = token("ES384", "/token")->authorization(now);
    ASSERT_FALSE(why);
    EXPECT_EQ(why.error().what.find("script"), std::string::npos);
    EXPECT_EQ(why.error().what.find("secret"), std::string::npos);
}

TEST_F(SmartSignIn, IsOfflineWhileTheTokenServerIsDown) {
    status = 503;
    EXPECT_EQ(token("ES384", "/token")->authorization(now).error().code,
              Error::Code::offline);
}

TEST_F(SmartSignIn, TakesNoTokenThatDoesNotFitAHeader) {
    for (const char* text :
         {R"({"access_token":"a\r\nX: b"})", R"({"access_token":""})",
          R"({"access_token":7})", "[]", ""}) {
        body = *text ? text : " ";
        EXPECT_EQ(token("ES384", "/token")->authorization(now).error().code,
                  Error::Code::refused)
            << text;
    }
}

TEST_F(SmartSignIn, PutsAWrongClockRightByTheTokenServersDate) {
    // Our clock is a day behind; the server refuses the assertion and says its time.
    date = "Tue, 24 Nov 2026 12:00:00 GMT";
    const Instant theirs = http_date(date).value();
    refused_once = true;
    auto tokens = token("ES384", "/token");
    ASSERT_TRUE(tokens->authorization(theirs - 24h));
    ASSERT_EQ(asked.size(), 2u);
    const std::chrono::seconds expires{asked[1].claims["exp"].get<std::int64_t>()};
    EXPECT_GT(Instant(expires), theirs + 60s);
    EXPECT_LE(Instant(expires), theirs + 5min);
}

TEST(SigningKeys, SayWhatTheyAreNot) {
    using enum SigningKey::Algorithm;
    const auto why = [](std::string pem, SigningKey::Algorithm algorithm) {
        const auto key = SigningKey::read(pem, algorithm);
        EXPECT_TRUE(pem.empty()) << "not wiped";
        return key ? std::string("good") : key.error().what;
    };
    EXPECT_EQ(why(new_private_key("P-384"), es384), "good");
    EXPECT_EQ(why(new_private_key("RSA-2048"), rs384), "good");
    EXPECT_EQ(why(new_private_key("P-256"), es384),
              "is no key on the curve P-384 (secp384r1), which ES384 takes");
    EXPECT_EQ(why(new_private_key("RSA-2048"), es384),
              "is no key on the curve P-384 (secp384r1), which ES384 takes");
    EXPECT_EQ(why(new_private_key("P-384"), rs384), "is no RSA key, which RS384 takes");
    EXPECT_EQ(why(new_private_key("RSA-1024"), rs384),
              "is an RSA key of less than 2048 bits");
    EXPECT_EQ(why("nonsense", es384),
              "holds no private key in PEM form without a passphrase");
}

TEST(TokenEndpoints, AreReadLeniently) {
    for (const char* text :
         {"", "[]", "{}", R"({"token_endpoint":7})", "{\"rest\":[[]]}",
          R"({"rest":[{"security":{"extension":[{"url":1}]}}]})"}) {
        EXPECT_EQ(token_endpoint_of_configuration(text), "") << text;
        EXPECT_EQ(token_endpoint_of_capabilities(text), "") << text;
    }
}

TEST(MinimalScopes, AreWhatTheDocumentationLists) {
    std::ifstream file(FOYER_SOURCE_DIR "/docs/server.md");
    std::map<std::string, std::pair<bool, bool>> documented;
    for (std::string line; std::getline(file, line);) {
        // | Schedule, Slot | yes | Slot | seats of classes |
        std::vector<std::string> cells;
        std::stringstream row(line);
        for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
        if (cells.size() != 5 || cells[2] != " yes ") continue;
        std::stringstream types(cells[1]);
        for (std::string type; std::getline(types, type, ',');) {
            type = type.substr(1, type.find_last_not_of(' '));
            const bool write =
                cells[3] == " yes " || cells[3].find(" " + type + " ") != cells[3].npos;
            documented[type] = {true, write};
        }
    }
    std::map<std::string, std::pair<bool, bool>> asked;
    for (const std::string& scope : minimal_scopes()) {
        ASSERT_TRUE(scope.starts_with("system/")) << scope;
        auto& [read, write] = asked[scope.substr(7, scope.find('.') - 7)];
        (scope.ends_with(".read") ? read : write) = true;
    }
    EXPECT_EQ(asked, documented);
}

// --- from the configuration
// ------------------------------------------------------------

class Connecting : public testing::Test {
protected:
    void keep(const std::string& name, const std::string& text) {
        std::filesystem::create_directories(data() / "keys");
        const auto path = data() / "keys" / name;
        std::ofstream(path) << text;
        std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    }
    std::filesystem::path data() const { return files.folder() / "data"; }
    Result<Connection> connected() { return connect(site, data(), clock); }
    Error failure() {
        const auto connection = connected();
        EXPECT_FALSE(connection);
        return connection ? Error{} : connection.error();
    }

    Certificates files;
    Site site;
    SystemClock clock;
};

TEST_F(Connecting, NeedsAServer) {
    EXPECT_EQ(failure().code, Error::Code::not_found);
}

TEST_F(Connecting, SendsNothingInTheClearToAnotherMachine) {
    site.server.base = "http://clinic.example/fhir";
    EXPECT_EQ(failure().code, Error::Code::refused);
}

TEST_F(Connecting, SendsTheTokenThatIsKeptForTheServer) {
    std::string seen;
    LocalServer server([&](httplib::Server& routes) {
        routes.Get("/fhir/metadata",
                   [&](const httplib::Request& request, httplib::Response&) {
                       seen = request.get_header_value("Authorization");
                   });
    });
    site.server.base = server.url("/fhir");
    site.server.auth = ServerSettings::Auth::token;
    EXPECT_EQ(failure().code, Error::Code::not_found);
    keep("server-token", "Bearer abc\n");
    EXPECT_EQ(failure().code, Error::Code::bad_input);
    std::filesystem::remove(data() / "keys/server-token");
    keep("server-token", "abc\n");
    auto connection = connected();
    ASSERT_TRUE(connection) << connection.error().what;
    ASSERT_TRUE(connection->server->capabilities());
    EXPECT_EQ(seen, "Bearer abc");
}

TEST_F(Connecting, SaysWhichKeyCannotSign) {
    site.server.base = "https://clinic.example/fhir";
    site.server.auth = ServerSettings::Auth::smart;
    site.server.client_id = "north-1";
    keep("server-key.pem", new_private_key("P-256"));
    const Error error = failure();
    EXPECT_EQ(error.code, Error::Code::bad_input);
    EXPECT_TRUE(error.what.starts_with("server-key.pem: is no key on the curve"))
        << error.what;
}

TEST_F(Connecting, ShowsACertificateWhoseKeyIsACredential) {
    LocalServer server(
        {files.path("server.pem"), files.path("server-key.pem"), files.path("ca.pem")},
        [](httplib::Server& routes) {
            routes.Get("/fhir/Task/1", [](const auto&, httplib::Response& back) {
                back.set_content("{}", "application/json");
            });
        });
    std::ifstream key(files.path("client-key.pem"));
    keep("tls-key.pem", {std::istreambuf_iterator<char>(key), {}});
    site.server.base = server.url("/fhir");
    site.server.ca_file = files.path("ca.pem");
    site.server.certificate_file = files.path("client.pem");
    site.server.key_file = "tls-key.pem";
    auto connection = connected();
    ASSERT_TRUE(connection) << connection.error().what;
    const auto answer = connection->server->read("Task", "1");
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_TRUE(answer->good());
    EXPECT_TRUE(connection->server->certificate_ends());
}

}  // namespace
}  // namespace foyer
