#include <algorithm>
#include <deque>
#include <functional>
#include <gtest/gtest.h>

#include "sync/server/fhir_server.h"
#include "sync/server/server_time.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// Answers what a test put there, and remembers what was asked.
class CannedHttp final : public Http {
public:
    std::deque<Result<HttpResponse>> answers;
    std::vector<HttpRequest> asked;
    std::function<void()> meanwhile = [] {};

    Result<HttpResponse> send(const HttpRequest& request) override {
        asked.push_back(request);
        meanwhile();
        if (answers.empty()) return HttpResponse{.status = 200};
        auto answer = std::move(answers.front());
        answers.pop_front();
        return answer;
    }
    void will_answer(int status, std::string body = "",
                     std::vector<std::pair<std::string, std::string>> headers = {}) {
        HttpResponse response;
        response.status = status;
        response.body = std::move(body);
        response.headers = std::move(headers);
        answers.emplace_back(std::move(response));
    }
};

/// Gives out "Bearer 1", "Bearer 2", ... each time it was made to forget.
class CountedTokens final : public TokenSource {
public:
    int number = 1;
    std::optional<Error> trouble;
    Result<std::string> authorization(Instant) override {
        if (trouble) return fail(trouble->code, trouble->what);
        return "Bearer " + std::to_string(number);
    }
    void forget() override { ++number; }
};

class Server : public testing::Test {
protected:
    static bool sent(const HttpRequest& request, const std::string& header) {
        return std::ranges::count(request.headers, header) == 1;
    }
    const HttpRequest& last() const { return http.asked.back(); }

    CannedHttp http;
    CountedTokens tokens;
    ManualClock clock{
        Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23))};
    FhirServer server{{&http, &tokens, &clock, "https://clinic.example/fhir/"}};
};

TEST_F(Server, SaysWhatItWantsInEachRequest) {
    ASSERT_TRUE(server.read("Task", "t1"));
    EXPECT_EQ(last().method + " " + last().url,
              "GET https://clinic.example/fhir/Task/t1");
    EXPECT_TRUE(sent(last(), "Accept: application/fhir+json"));
    EXPECT_TRUE(sent(last(), "Cache-Control: no-cache"));
    EXPECT_TRUE(sent(last(), "Authorization: Bearer 1"));

    ASSERT_TRUE(server.search("Task?status=requested"));
    EXPECT_EQ(last().url, "https://clinic.example/fhir/Task?status=requested");
    EXPECT_TRUE(sent(last(), "Cache-Control: no-cache"));

    ASSERT_TRUE(server.transact("{}"));
    EXPECT_EQ(last().method + " " + last().url, "POST https://clinic.example/fhir");
    EXPECT_EQ(last().body, "{}");
    EXPECT_TRUE(sent(last(), "Content-Type: application/fhir+json"));
    EXPECT_TRUE(sent(last(), "Prefer: return=representation"));

    ASSERT_TRUE(server.remove("Task", "t1"));
    EXPECT_EQ(last().method, "DELETE");
}

TEST_F(Server, ChangesAndCreatesOnConditions) {
    ASSERT_TRUE(server.put("Task", "t1", "{}", "a-b"));
    EXPECT_TRUE(sent(last(), "If-Match: W/\"a-b\""));
    ASSERT_TRUE(server.put("Task", "t1", "{}", ""));
    for (const auto& header : last().headers)
        EXPECT_FALSE(header.starts_with("If-Match"));
    ASSERT_TRUE(server.create("Task", "{}", "identifier=a%7Cb"));
    EXPECT_TRUE(sent(last(), "If-None-Exist: identifier=a%7Cb"));
}

TEST_F(Server, ReadsTheVersionFromTheETagElseFromTheResource) {
    const auto version = [&](const char* etag, const char* body) {
        http.will_answer(200, body, {{"etag", etag}});
        return server.read("Task", "t1")->version;
    };
    const char* body = R"({"resourceType":"Task","meta":{"versionId":"from-body"}})";
    EXPECT_EQ(version("W/\"3\"", body), "3");
    EXPECT_EQ(version("\"a-b\"", body), "a-b");
    EXPECT_EQ(version("W/\"3-gzip\"", body), "3");
    EXPECT_EQ(version("", body), "from-body");
    EXPECT_EQ(version("", "nonsense"), "");
    http.will_answer(200, R"({"resourceType":"Bundle","meta":{"versionId":"9"}})");
    EXPECT_EQ(server.search("Task")->version, "");
}

TEST_F(Server, ReadsRetryAfterInSecondsAndAsADate) {
    const auto wait = [&](const char* text) {
        http.will_answer(
            503, "",
            {{"retry-after", text}, {"date", "Mon, 23 Nov 2026 00:00:10 GMT"}});
        return server.read("Task", "t1")->retry_after;
    };
    EXPECT_EQ(wait("120"), 120s);
    EXPECT_EQ(wait("0"), 0s);
    EXPECT_EQ(wait("99999999999999999999"), 24h);
    const auto until = wait("Mon, 23 Nov 2026 00:01:10 GMT");
    EXPECT_GE(until.value(), 58s);
    EXPECT_LE(until.value(), 61s);
    EXPECT_EQ(wait("Mon, 23 Nov 2020 00:00:00 GMT"), 0s);
    EXPECT_EQ(wait("soon"), std::nullopt);
    EXPECT_EQ(wait("-5"), std::nullopt);
}

TEST_F(Server, AsksOnceMoreWithANewTokenWhenTheOldOneIsNotTaken) {
    http.will_answer(401);
    http.will_answer(200, "{}");
    EXPECT_EQ(server.transact("{}")->status, 200);
    ASSERT_EQ(http.asked.size(), 2u);
    EXPECT_TRUE(sent(http.asked[1], "Authorization: Bearer 2"));
    EXPECT_EQ(http.asked[1].body, "{}");

    http.will_answer(401);
    http.will_answer(401);
    EXPECT_EQ(verdict_of(*server.transact("{}")), Verdict::unauthorized);
    EXPECT_EQ(http.asked.size(), 4u);
}

TEST_F(Server, IsOfflineWhenOnlyTheTokenIsMissingSinceNothingWasSent) {
    using enum Error::Code;
    tokens.trouble = Error{no_answer, "the token server does not answer"};
    EXPECT_EQ(server.transact("{}").error().code, offline);
    tokens.trouble = Error{refused, "not let in"};
    EXPECT_EQ(server.transact("{}").error().code, refused);
    EXPECT_TRUE(http.asked.empty());
    EXPECT_FALSE(server.last_answer());
}

TEST_F(Server, PassesOnWhyNothingCameBack) {
    http.answers.emplace_back(fail(Error::Code::no_answer, "cut"));
    EXPECT_EQ(server.transact("{}").error().code, Error::Code::no_answer);
    EXPECT_FALSE(server.last_answer());
    EXPECT_EQ(server.traffic().requests, 1);
    EXPECT_EQ(server.traffic().bytes_out, 2);
    ASSERT_TRUE(server.read("Task", "1"));
    EXPECT_EQ(server.last_answer(), clock.now());
}

TEST_F(Server, FollowsLinksOfItsOwnOnly) {
    const auto asked = [&](const char* link) {
        http.asked.clear();
        const auto answer = server.follow(link);
        if (!answer) {
            EXPECT_EQ(answer.error().code, Error::Code::refused);
            EXPECT_TRUE(http.asked.empty());
            return std::string("refused");
        }
        return last().url.substr(std::string("https://clinic.example/fhir").size());
    };
    EXPECT_EQ(asked("https://clinic.example/fhir?_getpages=1&_count=2"),
              "?_getpages=1&_count=2");
    EXPECT_EQ(asked("https://clinic.example/fhir/Task?page=2"), "/Task?page=2");
    EXPECT_EQ(asked("HTTPS://Clinic.Example:443/fhir/Task?page=2"), "/Task?page=2");
    EXPECT_EQ(asked("?_getpages=1"), "?_getpages=1");
    EXPECT_EQ(asked("Task?page=2"), "/Task?page=2");
    EXPECT_EQ(asked("/fhir/Task?date=http://x"), "/Task?date=http://x");
    for (const char* link :
         {"http://clinic.example/fhir/Task", "https://clinic.example:8443/fhir/Task",
          "https://other.example/fhir/Task", "https://clinic.example/fhirs/Task",
          "https://clinic.example/admin", "https://clinic.example/fhir/../admin",
          "https://clinic.example/fhir/%2E%2e/admin", "https://clinic.example/fhir/..",
          "https://clinic.example@other.example/fhir/Task", "//other.example/fhir",
          "/admin", "../admin", "/fhir\\..\\admin", "", "javascript:alert(1)",
          "https://clinic.example/fhir/Task\r\nX: y"})
        EXPECT_EQ(asked(link), "refused") << link;
}

TEST_F(Server, SaysWhatToDoAboutAnAnswer) {
    const auto verdict = [](int status) {
        return verdict_of(Answer{.status = status});
    };
    for (const int status : {200, 201, 204})
        EXPECT_EQ(verdict(status), Verdict::done) << status;
    for (const int status : {409, 412})
        EXPECT_EQ(verdict(status), Verdict::conflict) << status;
    for (const int status : {404, 410})
        EXPECT_EQ(verdict(status), Verdict::gone) << status;
    for (const int status : {401, 403})
        EXPECT_EQ(verdict(status), Verdict::unauthorized) << status;
    for (const int status : {302, 408, 425, 429, 500, 502, 503, 504})
        EXPECT_EQ(verdict(status), Verdict::later) << status;
    for (const int status : {400, 405, 413, 422})
        EXPECT_EQ(verdict(status), Verdict::refused) << status;
}

TEST(OutcomeText, SaysWhatTheServerSaid) {
    EXPECT_EQ(outcome_text(R"({"resourceType":"OperationOutcome","issue":[
        {"severity":"error","code":"invalid","diagnostics":"Unknown  element"},
        {"code":"required","details":{"text":"Missing"},"diagnostics":"at line 3"},
        {"code":"structure","expression":["Task.status"]},
        {"code":"too-long"}]})"),
              "Unknown element\nMissing: at line 3\nstructure: Task.status\ntoo-long");
    for (const char* body : {"", "[]", "<html>", R"({"resourceType":"Task"})",
                             R"({"resourceType":"OperationOutcome","issue":7})"})
        EXPECT_EQ(outcome_text(body), "") << body;
}

TEST(Encoded, LeavesOnlyWhatAnAddressMayHold) {
    EXPECT_EQ(encoded("urn:foyer:op|17/task"), "urn%3Afoyer%3Aop%7C17%2Ftask");
    EXPECT_EQ(encoded("Aa9-._~"), "Aa9-._~");
    EXPECT_EQ(encoded("é &+"), "%C3%A9%20%26%2B");
}

// --- the server's clock
// ----------------------------------------------------------------

/// Date as a server with this time of day writes it.
Instant whole_second(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at);
}

TEST(ServersTime, IsKnownWithinASecondAtOnceAndBetterSoon) {
    const Instant start(1'000'000'123ms);
    const auto theirs = [&](milliseconds elapsed) { return start + elapsed; };
    ServerTime time;
    EXPECT_FALSE(time.at(0ms));
    time.saw(whole_second(theirs(30ms)), 10ms, 50ms);
    EXPECT_LE(std::chrono::abs(*time.at(50ms) - theirs(50ms)), 1s);
    for (milliseconds t = 60'000ms; t < 20min; t += 61'337ms)
        time.saw(whole_second(theirs(t + 20ms)), t, t + 40ms);
    EXPECT_LE(std::chrono::abs(*time.at(20min) - theirs(20min)), 150ms);
}

TEST(ServersTime, FollowsAClockThatIsSet) {
    ServerTime time;
    time.saw(Instant(1'000s), 0ms, 10ms);
    time.saw(Instant(5'000s), 1'000ms, 1'010ms);
    EXPECT_LE(std::chrono::abs(*time.at(1'010ms) - Instant(5'000s)), 1s);
}

TEST(ServersTime, FollowsAClockThatIsSlow) {
    ServerTime time;
    Instant theirs(1'000'000s);
    // It loses 5 s a day against ours.
    for (auto t = 0ms; t < 24h; t += 60s, theirs += 60s - 3ms)
        time.saw(whole_second(theirs), t, t + 20ms);
    EXPECT_LE(std::chrono::abs(*time.at(24h) - theirs), 1s);
}

TEST_F(Server, KnowsHowFarItsClockIsAheadAlsoAfterOursWasSet) {
    EXPECT_FALSE(server.drift());
    EXPECT_EQ(server.server_time(), clock.now());
    http.meanwhile = [&] { clock.advance(100ms); };
    http.will_answer(200, "", {{"date", "Mon, 23 Nov 2026 00:01:00 GMT"}});
    ASSERT_TRUE(server.capabilities());
    EXPECT_NEAR(double(server.drift()->count()), 60'450, 600);
    clock.set(clock.now() + 1h);
    EXPECT_NEAR(double(server.drift()->count()), 60'450 - 3'600'000, 600);
    EXPECT_EQ(server.server_time(), clock.now() + *server.drift());
}

}  // namespace
}  // namespace foyer
