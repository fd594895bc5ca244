#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "platform/http_curl.h"
#include "sync/server/connection.h"
#include "sync/server/probe.h"
#include "tests/peers/peer_process.h"
#include "tests/support/certificates.h"
#include "tests/support/local_server.h"

/// A kiosk signs in to a real authorization server, and works with a real FHIR server
/// behind a door that asks for its tokens: TLS, mutual TLS, discovery, both algorithms.
namespace foyer {
namespace {

using nlohmann::json;

/// Medplum's router, one for all tests of this program. FOYER_SMART_BEHIND names
/// another server to be behind the door.
const std::string& fhir_behind() {
    static std::unique_ptr<PeerProcess> medplum;
    static const std::string base = [] {
        if (const char* other = std::getenv("FOYER_SMART_BEHIND"))
            return std::string(other);
        medplum = std::make_unique<PeerProcess>(
            "medplum/start.sh",
            std::vector<std::string>{"--port", std::to_string(free_port())});
        return medplum->address();
    }();
    return base;
}

class SmartPeer : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        if (fhir_behind().empty()) GTEST_SKIP() << "Medplum's router cannot be had";
        key = new_private_key(GetParam() == "ES384" ? "P-384" : "RSA-2048");
        open_the_door({});
        if (door->missing()) GTEST_SKIP() << "oidc-provider cannot be had";
        ASSERT_FALSE(door->address().empty());
        keep("server-key.pem", key);
        site.server.base = door->address();
        site.server.auth = ServerSettings::Auth::smart;
        site.server.client_id = "foyer";
        site.server.key_id = "kiosk-1";
        site.server.algorithm = GetParam();
        site.server.ca_file = files.path("ca.pem");
        site.server.certificate_file = files.path("client.pem");
        site.server.key_file = files.path("client-key.pem");
    }

    void open_the_door(const std::vector<std::string>& more) {
        std::ofstream(files.path("jwks.json")) << public_key_set(key, "kiosk-1");
        std::vector<std::string> options = {"--port",
                                            std::to_string(free_port()),
                                            "--jwks",
                                            files.path("jwks.json"),
                                            "--protect",
                                            fhir_behind(),
                                            "--tls",
                                            files.path("server.pem"),
                                            files.path("server-key.pem"),
                                            "--client-ca",
                                            files.path("ca.pem")};
        options.insert(options.end(), more.begin(), more.end());
        door.reset();
        door = std::make_unique<PeerProcess>("oidc/start.sh", options);
        if (!door->address().empty()) site.server.base = door->address();
    }
    void keep(const std::string& name, const std::string& text) {
        std::filesystem::create_directories(data() / "keys");
        const auto path = data() / "keys" / name;
        std::filesystem::remove(path);
        std::ofstream(path) << text;
        std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    }
    std::filesystem::path data() const { return files.folder() / "data"; }
    Connection connected() {
        auto connection = connect(site, data(), clock);
        EXPECT_TRUE(connection) << connection.error().what;
        return connection ? std::move(*connection) : Connection();
    }
    static std::string task() {
        return json{{"resourceType", "Task"},
                    {"status", "entered-in-error"},
                    {"intent", "order"}}
            .dump();
    }
    void forget_all_tokens(Http& http) {
        HttpRequest request;
        request.method = "POST";
        request.url =
            site.server.base.substr(0, site.server.base.find('/', 8)) + "/peer/forget";
        request.body = "{}";
        const auto answer = http.send(request);
        ASSERT_TRUE(answer) << answer.error().what;
        ASSERT_EQ(answer->status, 200);
    }

    Certificates files;
    std::string key;
    std::unique_ptr<PeerProcess> door;
    Site site;
    SystemClock clock;
};

TEST_P(SmartPeer, LetsAKioskInByItsKeyAndItsCertificate) {
    const Connection connection = connected();
    FhirServer& server = *connection.server;
    const auto made = server.create("Task", task(), "");
    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->status, 201) << made->body;
    const std::string id = json::parse(made->body)["id"];
    const auto read = server.read("Task", id);
    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(read->version, made->version);
    EXPECT_FALSE(read->version.empty());
    EXPECT_TRUE(server.certificate_ends());
    EXPECT_TRUE(server.remove("Task", id)->good());
    ASSERT_TRUE(server.drift());
    EXPECT_LT(std::chrono::abs(*server.drift()), std::chrono::seconds(2));
}

TEST_P(SmartPeer, GivesAnotherTokenWhenOneIsWorthless) {
    const Connection connection = connected();
    ASSERT_TRUE(connection.server->search("Task?_count=1")->good());
    forget_all_tokens(*connection.http);
    const auto again = connection.server->search("Task?_count=1");
    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ(again->status, 200);
}

TEST_P(SmartPeer, PassesTheProbeWithTheScopesThatAreListed) {
    std::string scopes;
    for (const auto& scope : minimal_scopes())
        scopes += (scopes.empty() ? "" : " ") + scope;
    open_the_door({"--scopes", scopes});
    const auto abilities = probe(*connected().server, "smart-test/1");
    ASSERT_TRUE(abilities) << abilities.error().what;
    EXPECT_TRUE(abilities->can_confirm_seats());
    EXPECT_EQ(abilities->entries, 8);
}

TEST_P(SmartPeer, LetsNobodyDoWhatNoScopeNames) {
    open_the_door({"--scopes", "system/Task.read"});
    const Connection connection = connected();
    EXPECT_EQ(connection.server->create("Task", task(), "")->status, 403);
    EXPECT_EQ(probe(*connection.server, "smart-test/1").error().code,
              Error::Code::refused);
}

TEST_P(SmartPeer, LetsNobodyInByAnotherKeyIdOrName) {
    const auto why = [&] {
        const auto answer = connected().server->search("Task?_count=1");
        EXPECT_FALSE(answer);
        if (answer) return std::string();
        EXPECT_EQ(answer.error().code, Error::Code::refused);
        return answer.error().what;
    };
    keep("server-key.pem",
         new_private_key(GetParam() == "ES384" ? "P-384" : "RSA-2048"));
    EXPECT_NE(why().find("invalid_client"), std::string::npos);
    keep("server-key.pem", key);
    site.server.client_id = "somebody";
    EXPECT_NE(why().find("somebody"), std::string::npos);
    site.server.client_id = "foyer";
    site.server.scopes = {"openid"};
    EXPECT_NE(why().find("invalid_scope"), std::string::npos);
}

TEST_P(SmartPeer, LetsNobodyInWithoutACertificate) {
    site.server.certificate_file = site.server.key_file = "";
    const auto answer = connected().server->search("Task?_count=1");
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().what.find("certificate"), std::string::npos)
        << answer.error().what;
}

INSTANTIATE_TEST_SUITE_P(Algorithms, SmartPeer, testing::Values("ES384", "RS384"),
                         [](const auto& algorithm) { return algorithm.param; });

}  // namespace
}  // namespace foyer
