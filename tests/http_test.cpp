#include <httplib.h>
#include <sys/socket.h>

#include <atomic>
#include <fstream>
#include <future>
#include <gtest/gtest.h>

#include "platform/http_curl.h"
#include "platform/tls_files.h"
#include "tests/support/certificates.h"
#include "tests/support/local_server.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

Result<HttpResponse> get(CurlHttp& http, const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.time_limit = 5s;
    return http.send(request);
}

Result<HttpResponse> post(CurlHttp& http, const std::string& url,
                          const std::string& body = "{}") {
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.time_limit = 5s;
    return http.send(request);
}

std::unique_ptr<CurlHttp> client(CurlHttp::Settings settings = {}) {
    auto made = CurlHttp::create(std::move(settings));
    EXPECT_TRUE(made) << made.error().what;
    return std::move(*made);
}

CurlHttp::Settings trusting(const std::string& ca) {
    CurlHttp::Settings settings;
    settings.ca_file = ca;
    return settings;
}

Error::Code failure(const Result<HttpResponse>& response) {
    EXPECT_FALSE(response) << "answered " << response->status;
    return response ? Error::Code::corrupt : response.error().code;
}

std::string answer_of(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

TEST(Http, SendsAndReadsWhatItWasGiven) {
    LocalServer server([](httplib::Server& routes) {
        routes.Put("/Task/1", [](const httplib::Request& request,
                                 httplib::Response& back) {
            back.status = 412;
            back.set_header("ETag", "W/\"2\"");
            back.set_content(request.body + "|" + request.get_header_value("If-Match"),
                             "application/fhir+json");
        });
    });
    const auto http = client();
    HttpRequest request;
    request.method = "PUT";
    request.url = server.url("/Task/1");
    request.headers = {"If-Match: W/\"1\""};
    request.body = "{\"a\":\"\xc3\xa9\"}";
    const auto response = http->send(request);
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->status, 412);
    EXPECT_EQ(response->header("etag"), "W/\"2\"");
    EXPECT_EQ(response->header("nothing"), "");
    EXPECT_EQ(response->body, "{\"a\":\"\xc3\xa9\"}|W/\"1\"");
    EXPECT_GT(response->sent, std::ssize(request.body));
    EXPECT_GT(response->received, std::ssize(response->body));
    EXPECT_FALSE(http->certificate_ends());
}

TEST(Http, KeepsItsConnectionForTheNextRequest) {
    ScriptedServer server([](int descriptor) {
        while (!read_request(descriptor).empty()) write_all(descriptor, answer_of("x"));
    });
    {
        const auto http = client();
        EXPECT_EQ(get(*http, server.url())->body, "x");
        EXPECT_EQ(post(*http, server.url())->body, "x");
        EXPECT_EQ(get(*http, server.url())->body, "x");
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST(Http, UnpacksWhatWasPackedAndCountsItPacked) {
    const std::string long_text(100'000, 'a');
    LocalServer server([&](httplib::Server& routes) {
        routes.Get("/", [&](const httplib::Request&, httplib::Response& back) {
            back.set_content(long_text, "application/json");
        });
    });
    const auto http = client();
    const auto response = get(*http, server.url("/"));
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->body, long_text);
    EXPECT_LT(response->received, 10'000);
}

TEST(Http, SaysOfflineWhenNobodyListens) {
    const auto http = client();
    const std::string url = "http://127.0.0.1:" + std::to_string(free_port()) + "/";
    EXPECT_EQ(failure(get(*http, url)), Error::Code::offline);
    EXPECT_EQ(failure(post(*http, url)), Error::Code::offline);
    EXPECT_EQ(failure(get(*http, "http://nowhere.invalid/")), Error::Code::offline);
}

TEST(Http, SaysThatNobodyKnowsWhenTheAnswerDoesNotCome) {
    std::promise<void> done;
    ScriptedServer server([&](int descriptor) {
        read_request(descriptor);
        done.get_future().wait();
    });
    const auto http = client();
    HttpRequest request;
    request.method = "POST";
    request.url = server.url();
    request.body = "{}";
    request.time_limit = 200ms;
    EXPECT_EQ(failure(http->send(request)), Error::Code::no_answer);
    done.set_value();
}

TEST(Http, SaysThatNobodyKnowsWhenTheAnswerIsCutOff) {
    for (const char* part :
         {"", "HTTP/1.1 200 OK\r\nContent-",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
        ScriptedServer server([&](int descriptor) {
            read_request(descriptor);
            write_all(descriptor, part);
        });
        const auto http = client();
        EXPECT_EQ(failure(post(*http, server.url())), Error::Code::no_answer) << part;
        EXPECT_EQ(server.connections(), 1) << part;
    }
}

TEST(Http, SaysThatNobodyKnowsWhenTheConnectionIsReset) {
    ScriptedServer server([](int descriptor) {
        read_request(descriptor);
        const linger at_once{1, 0};
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    });
    const auto http = client();
    EXPECT_EQ(failure(post(*http, server.url())), Error::Code::no_answer);
}

TEST(Http, NeverSendsABodyTwiceByItself) {
    std::atomic<int> bodies{0};
    ScriptedServer server([&](int descriptor) {
        // The first request of a connection is answered, the second only read.
        if (!read_request(descriptor).empty()) write_all(descriptor, answer_of("x"));
        if (!read_request(descriptor).empty()) ++bodies;
    });
    const auto http = client();
    ASSERT_TRUE(get(*http, server.url()));
    EXPECT_EQ(failure(post(*http, server.url())), Error::Code::no_answer);
    // libcurl may have opened another connection before it is told not to.
    EXPECT_EQ(bodies, 1);
}

TEST(Http, UsesANewConnectionWhenTheServerClosedTheOldOne) {
    ScriptedServer server([](int descriptor) {
        if (!read_request(descriptor).empty()) write_all(descriptor, answer_of("x"));
    });
    const auto http = client();
    ASSERT_TRUE(get(*http, server.url()));
    const auto second = post(*http, server.url());
    // Closed before, or while, the second request leaves; the server read nothing of
    // it.
    if (second) {
        EXPECT_EQ(second->body, "x");
    } else {
        EXPECT_EQ(second.error().code, Error::Code::no_answer);
    }
    EXPECT_EQ(get(*http, server.url())->body, "x");
}

TEST(Http, TakesNoMoreThanItWasTold) {
    LocalServer server([](httplib::Server& routes) {
        routes.Get("/", [](const httplib::Request&, httplib::Response& back) {
            back.set_content(std::string(1'000'000, 'a'), "application/json");
        });
    });
    const auto http = client();
    HttpRequest request;
    request.url = server.url("/");
    request.most_bytes = 999'999;
    EXPECT_EQ(failure(http->send(request)), Error::Code::bad_input);
    request.most_bytes = 1'000'000;
    EXPECT_TRUE(http->send(request));
}

TEST(Http, TakesNoEndlessHeaders) {
    ScriptedServer server([](int descriptor) {
        read_request(descriptor);
        std::string many = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < 10'000; ++i)
            many += "X-Filler: " + std::string(50, 'a') + "\r\n";
        write_all(descriptor, many + "Content-Length: 0\r\n\r\n");
    });
    EXPECT_EQ(failure(get(*client(), server.url())), Error::Code::bad_input);
}

TEST(Http, RefusesWhatIsNoHttp) {
    ScriptedServer server([](int descriptor) {
        read_request(descriptor);
        write_all(descriptor, "220 mail.example ESMTP\r\n");
    });
    EXPECT_EQ(failure(get(*client(), server.url())), Error::Code::bad_input);
    EXPECT_EQ(failure(get(*client(), "file:///etc/passwd")), Error::Code::bad_input);
    EXPECT_EQ(failure(get(*client(), "")), Error::Code::bad_input);
}

TEST(Http, RefusesAHeaderThatIsTwo) {
    HttpRequest request;
    request.url = "http://127.0.0.1:1/";
    request.headers = {"Authorization: Bearer a\r\nX-Other: b"};
    EXPECT_EQ(failure(client()->send(request)), Error::Code::bad_input);
}

TEST(Http, FollowsNoRedirect) {
    std::atomic<int> elsewhere{0};
    LocalServer server([&](httplib::Server& routes) {
        routes.Get("/", [](const httplib::Request&, httplib::Response& back) {
            back.set_redirect("/elsewhere");
        });
        routes.Get("/elsewhere",
                   [&](const httplib::Request&, httplib::Response&) { ++elsewhere; });
    });
    EXPECT_EQ(get(*client(), server.url("/"))->status, 302);
    EXPECT_EQ(elsewhere, 0);
}

TEST(Http, NamesTheServerInAnErrorAndNothingThatWasAsked) {
    const auto response =
        get(*client(),
            "http://127.0.0.1:" + std::to_string(free_port()) + "/Patient?name=Ada");
    ASSERT_FALSE(response);
    EXPECT_NE(response.error().what.find("http://127.0.0.1"), std::string::npos);
    EXPECT_EQ(response.error().what.find("Ada"), std::string::npos);
}

// --- TLS -----------------------------------------------------------------------------

class HttpOverTls : public testing::Test {
protected:
    LocalServer::Tls tls() const {
        return {files.path("server.pem"), files.path("server-key.pem")};
    }
    static void hello(httplib::Server& routes) {
        routes.Get("/", [](const httplib::Request&, httplib::Response& back) {
            back.set_content("hello", "text/plain");
        });
    }
    Certificates files;
};

TEST_F(HttpOverTls, TrustsTheAuthorityOfItsSettingsAndKnowsWhenTheCertificateEnds) {
    LocalServer server(tls(), hello);
    const auto http = client(trusting(files.path("ca.pem")));
    const auto response = get(*http, server.url("/"));
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->body, "hello");
    ASSERT_TRUE(http->certificate_ends());
    const auto left = *http->certificate_ends() - SystemClock().now();
    EXPECT_GT(left, 58min);
    EXPECT_LT(left, 62min);
}

TEST_F(HttpOverTls, RefusesACertificateOfAnybodyElse) {
    LocalServer server(tls(), hello);
    EXPECT_EQ(
        failure(get(*client(trusting(files.path("other-ca.pem"))), server.url("/"))),
        Error::Code::refused);
    EXPECT_EQ(failure(get(*client(), server.url("/"))), Error::Code::refused);
}

TEST_F(HttpOverTls, RefusesACertificateOfAnotherServer) {
    LocalServer server(tls(), hello);
    std::string url = server.url("/");
    url.replace(url.find("127.0.0.1"), 9, "localhost");
    EXPECT_EQ(failure(get(*client(trusting(files.path("ca.pem"))), url)),
              Error::Code::refused);
}

TEST_F(HttpOverTls, TakesNothingOlderThanTls12) {
    LocalServer server(tls(), [](httplib::Server& routes) {
        hello(routes);
        auto& secure = dynamic_cast<httplib::SSLServer&>(routes);
        SSL_CTX_set_security_level(secure.ssl_context(), 0);
        SSL_CTX_set_min_proto_version(secure.ssl_context(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(secure.ssl_context(), TLS1_1_VERSION);
    });
    EXPECT_EQ(failure(get(*client(trusting(files.path("ca.pem"))), server.url("/"))),
              Error::Code::offline);
}

TEST_F(HttpOverTls, ShowsItsOwnCertificateWhereAServerAsksForOne) {
    LocalServer::Tls mutual = tls();
    mutual.client_ca = files.path("ca.pem");
    LocalServer server(mutual, hello);
    CurlHttp::Settings settings = trusting(files.path("ca.pem"));
    const auto without = get(*client(settings), server.url("/"));
    ASSERT_FALSE(without);
    // With TLS 1.3 the refusal can be overtaken by the end of the connection.
    EXPECT_TRUE(without.error().code == Error::Code::offline ||
                without.error().code == Error::Code::no_answer);
    EXPECT_NE(without.error().what.find("certificate"), std::string::npos)
        << without.error().what;

    settings.certificate_file = files.path("client.pem");
    settings.key_file = files.path("client-key.pem");
    const auto with = get(*client(settings), server.url("/"));
    ASSERT_TRUE(with) << with.error().what;
    EXPECT_EQ(with->body, "hello");
}

TEST_F(HttpOverTls, SaysOfflineWhenTheServerSpeaksNoTls) {
    ScriptedServer server([](int descriptor) {
        char hello[16];
        const auto n = recv(descriptor, hello, sizeof hello, 0);
        if (n > 0) write_all(descriptor, "HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    const std::string url = "https" + server.url().substr(4);
    EXPECT_EQ(failure(post(*client(), url)), Error::Code::offline);
}

TEST_F(HttpOverTls, SaysWhichFileCannotBeUsed) {
    const auto why = [&](const char* ca, const char* certificate, const char* key) {
        const auto path = [&](const char* name) {
            return *name ? files.path(name) : "";
        };
        CurlHttp::Settings settings;
        settings.ca_file = path(ca);
        settings.certificate_file = path(certificate);
        settings.key_file = path(key);
        const auto made = CurlHttp::create(settings);
        EXPECT_FALSE(made) << ca << certificate << key;
        if (made) return std::string();
        EXPECT_EQ(made.error().code, Error::Code::bad_input);
        return made.error().what.substr(made.error().what.rfind('/') + 1);
    };
    std::ofstream(files.path("empty.pem")) << "";
    std::ofstream(files.path("locked.pem"))
        << "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE "
           "KEY-----\n";
    EXPECT_EQ(why("none.pem", "", ""), "none.pem: No such file or directory");
    EXPECT_EQ(why("empty.pem", "", ""), "empty.pem: holds no certificate in PEM form");
    EXPECT_EQ(why("server-key.pem", "", ""),
              "server-key.pem: holds no certificate in PEM form");
    EXPECT_EQ(why("", "client.pem", ""),
              "client.pem: a certificate needs its key beside it");
    EXPECT_EQ(why("", "", "client-key.pem"),
              "client-key.pem: a key needs its certificate beside it");
    EXPECT_EQ(why("", "client.pem", "locked.pem"),
              "locked.pem: holds no private key in PEM form without a passphrase");
    EXPECT_EQ(why("", "client.pem", "server-key.pem"), "client.pem");
    EXPECT_TRUE(check_tls_files(files.path("ca.pem"), files.path("client.pem"),
                                files.path("client-key.pem")));
}

TEST(HttpDate, IsReadInItsOneForm) {
    EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Instant(784111777s));
    EXPECT_EQ(http_date("Mon, 23 Nov 2026 22:01:02 GMT"),
              Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 22h +
                      1min + 2s));
    for (const char* text :
         {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
          "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 0a Nov 1994 08:49:37 GMT"})
        EXPECT_FALSE(http_date(text)) << text;
}

}  // namespace
}  // namespace foyer
