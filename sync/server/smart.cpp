#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "platform/address.h"
#include "sync/fhir/json_tree.h"
#include "sync/server/fhir_server.h"
#include "sync/server/smart_assertion.h"
#include "sync/server/smart_discovery.h"
#include "sync/server/tokens.h"

namespace foyer {

namespace {

using std::chrono::seconds;

/// SMART allows 5 minutes; the rest is for a clock that is not quite right.
constexpr seconds assertion_lives{240};
/// A token is not used in its last minute: it may end on the way.
constexpr seconds given_up_before_end{60};
/// What a token without expires_in is taken to last: SMART recommends no more.
constexpr seconds default_life{300};
/// From here on the token server's own clock counts, not the one we were told.
constexpr seconds clock_doubt{30};

/// An `error` as RFC 6749 defines them; nothing longer or stranger is repeated.
std::string error_code(std::string_view body) {
    const auto answer = parse_json(body);
    if (!answer) return {};
    const std::string_view code = text_of(*answer, "error");
    const bool plain = code.size() <= 40 && std::ranges::all_of(code, [](char c) {
                           return (c >= 'a' && c <= 'z') || c == '_';
                       });
    return plain ? std::string(code) : std::string();
}

/// Fit for a header: what RFC 6750 allows, and nothing that ends a line.
bool is_token(std::string_view text) {
    return !text.empty() && text.size() <= 16'000 &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

struct SmartToken::Inside {
    Http* http;
    Settings settings;
    SigningKey key;

    struct Held {
        std::string authorization;
        Instant from, until;  ///< by the server's clock
    };
    std::optional<Held> held = {};
    /// The token server's clock ahead of the time we were given, as last seen.
    std::chrono::milliseconds ahead{0};

    Result<Held> fetch(const std::string& url, Instant server_time);
    Result<HttpResponse> post(const std::string& url, Instant server_time);
    tl::unexpected<Error> refusal(const std::string& url,
                                  const HttpResponse& response) const;
};

Result<HttpResponse> SmartToken::Inside::post(const std::string& url,
                                              Instant server_time) {
    SigningKey::Claims claims;
    claims.client_id = settings.client_id;
    claims.key_id = settings.key_id;
    claims.audience = url;
    claims.expires = server_time + assertion_lives;
    if (std::chrono::abs(ahead) > clock_doubt) claims.expires += ahead;
    claims.id = assertion_id();
    std::string assertion = TRY(key.sign(claims));

    std::string scope;
    for (const std::string& one : settings.scopes)
        scope += (scope.empty() ? "" : " ") + one;
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {"Content-Type: application/x-www-form-urlencoded",
                       "Accept: application/json"};
    request.body = "grant_type=client_credentials&scope=" + encoded(scope) +
                   "&client_assertion_type=" +
                   encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") +
                   "&client_assertion=" + assertion;
    request.time_limit = seconds(10);
    request.most_bytes = 100'000;
    auto response = http->send(request);
    wipe(assertion);
    wipe(request.body);
    if (response)
        if (const auto date = http_date(response->header("date")))
            ahead = *date - server_time;
    return response;
}

tl::unexpected<Error> SmartToken::Inside::refusal(const std::string& url,
                                                  const HttpResponse& response) const {
    const auto at = address(url);
    const std::string server = (at ? at->scheme + "://" + at->authority : url) +
                               ": gives no token (" + std::to_string(response.status);
    if (response.status >= 500 || response.status == 429 || response.status == 408)
        return fail(Error::Code::offline, server + ")");
    const std::string code = error_code(response.body);
    std::string mend =
        "look at [server] client_id, key_id and token_url, and at the clock";
    if (code == "invalid_client")
        mend = "the server must know client_id \"" + settings.client_id +
               "\" and the public key with kid \"" + settings.key_id + "\" for " +
               settings.algorithm + "; also look at the clock";
    if (code == "invalid_scope")
        mend = "the server must allow this client the scopes that docs/server.md lists";
    if (code == "unauthorized_client" || code == "unsupported_grant_type")
        mend = "the server must allow this client the grant client_credentials";
    return fail(Error::Code::refused,
                server + (code.empty() ? "" : ", " + code) + "): " + mend);
}

Result<SmartToken::Inside::Held> SmartToken::Inside::fetch(const std::string& url,
                                                           Instant server_time) {
    auto response = TRY(post(url, server_time));
    const bool clock_was_wrong = std::chrono::abs(ahead) > clock_doubt;
    if ((response.status == 400 || response.status == 401) && clock_was_wrong)
        response = TRY(post(url, server_time));
    if (response.status != 200) return refusal(url, response);

    const auto answer = parse_json(response.body);
    wipe(response.body);
    const std::string_view token = answer ? text_of(*answer, "access_token") : "";
    if (!is_token(token))
        return fail(Error::Code::refused,
                    "the token endpoint answers without an access_token");
    seconds life = default_life;
    if (const auto said = answer->find("expires_in");
        said != answer->end() && said->is_number_integer())
        life = std::clamp(seconds(said->get<std::int64_t>()), seconds(0),
                          seconds(std::chrono::days(1)));
    return Held{"Bearer " + std::string(token), server_time,
                server_time + std::max(life - given_up_before_end, life / 2)};
}

SmartToken::SmartToken(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

SmartToken::~SmartToken() {
    forget();
}

Result<std::unique_ptr<SmartToken>> SmartToken::create(Http& http, Settings settings) {
    const bool es384 = settings.algorithm == "ES384";
    if (!es384 && settings.algorithm != "RS384")
        return fail(Error::Code::bad_input,
                    "the algorithm of a key is \"ES384\" or \"RS384\"");
    if (!settings.token_url.empty()) {
        const auto endpoint = address(settings.token_url);
        if (!endpoint || !is_safe(*endpoint))
            return fail(Error::Code::bad_input, "token_url must be an https address");
    }
    if (settings.scopes.empty()) settings.scopes = minimal_scopes();
    auto key = TRY(SigningKey::read(
        settings.private_key_pem,
        es384 ? SigningKey::Algorithm::es384 : SigningKey::Algorithm::rs384));
    return std::unique_ptr<SmartToken>(new SmartToken(std::unique_ptr<Inside>(
        new Inside{&http, std::move(settings), std::move(key)})));
}

Result<std::string> SmartToken::authorization(Instant server_time) {
    Inside& in = *inside_;
    // Before `from`: the clock was set back, and what it says of the end is worth
    // nothing.
    if (in.held && server_time < in.held->until &&
        server_time >= in.held->from - given_up_before_end)
        return in.held->authorization;
    forget();
    if (in.settings.token_url.empty())
        in.settings.token_url = TRY(discover_token_url(*in.http, in.settings.base));
    in.held = TRY(in.fetch(in.settings.token_url, server_time));
    return in.held->authorization;
}

void SmartToken::forget() {
    if (!inside_->held) return;
    wipe(inside_->held->authorization);
    inside_->held.reset();
}

const std::vector<std::string>& minimal_scopes() {
    static const std::vector<std::string> scopes = {
        // The day's schedule and who it is about.
        "system/Appointment.read", "system/HealthcareService.read",
        "system/Location.read", "system/Patient.read", "system/Practitioner.read",
        "system/PractitionerRole.read", "system/Questionnaire.read",
        "system/Schedule.read", "system/Slot.read",
        // What kiosks write; each is also read, to look whether it arrived.
        "system/Appointment.write", "system/AuditEvent.read", "system/AuditEvent.write",
        "system/Consent.read", "system/Consent.write", "system/Device.read",
        "system/Device.write", "system/DocumentReference.read",
        "system/DocumentReference.write", "system/Encounter.read",
        "system/Encounter.write", "system/Observation.read", "system/Observation.write",
        "system/Provenance.read", "system/Provenance.write",
        "system/QuestionnaireResponse.read", "system/QuestionnaireResponse.write",
        "system/Slot.write", "system/Task.read", "system/Task.write"};
    return scopes;
}

}  // namespace foyer
