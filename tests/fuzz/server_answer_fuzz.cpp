#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sync/server/fhir_server.h"
#include "sync/server/probe.h"
#include "sync/server/smart_discovery.h"

namespace {

using namespace foyer;

/// Answers the same to everything, and watches where requests go.
class Canned final : public Http {
public:
    HttpResponse response;
    Result<HttpResponse> send(const HttpRequest& request) override {
        if (!request.url.starts_with("https://clinic.example/fhir")) std::abort();
        if (request.url.find("/../") != std::string::npos) std::abort();
        return response;
    }
};

/// Up to the next line's end, which is taken away.
std::string line(std::string& text) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string first = text.substr(0, end);
    text.erase(0, end + 1);
    return first;
}

}  // namespace

/// ETag, Retry-After, Date and a link, a line each, then the body: nothing that a
/// server says makes a wait without bound, an address of somebody else's, or a memo
/// that cannot be read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(data, data + size);
    Canned http;
    http.response.status = 200;
    http.response.headers = {
        {"etag", line(text)}, {"retry-after", line(text)}, {"date", line(text)}};
    const std::string link = line(text);
    http.response.body = text;

    FixedToken token("");
    ManualClock clock{Instant(std::chrono::hours(24 * 365 * 56))};
    FhirServer server({&http, &token, &clock, "https://clinic.example/fhir"});
    const auto answer = server.read("Task", "1");
    if (!answer) std::abort();
    if (answer->retry_after && (*answer->retry_after < std::chrono::seconds(0) ||
                                *answer->retry_after > std::chrono::days(1)))
        std::abort();
    if (server.drift().has_value() !=
        http_date(http.response.header("date")).has_value())
        std::abort();
    const auto followed = server.follow(link);
    if (!followed && followed.error().code != Error::Code::refused) std::abort();

    (void)outcome_text(text);
    (void)token_endpoint_of_configuration(text);
    (void)token_endpoint_of_capabilities(text);
    if (const auto abilities = abilities_from(text)) {
        const auto again = abilities_from(to_text(*abilities));
        if (!again || to_text(*again) != to_text(*abilities)) std::abort();
    }
    const auto found = probe(server, "clinic/1");
    if (found && !abilities_from(to_text(*found))) std::abort();
    return 0;
}
