#include "kiosk/play/clinic_hand.h"

#include <nlohmann/json.hpp>

#include "platform/http_curl.h"
#include "sync/fhir/raw_json.h"
#include "sync/server/fhir_server.h"

namespace foyer {

namespace {

/// A way to the server for one errand.
struct Way {
    explicit Way(std::unique_ptr<CurlHttp> by) : http(std::move(by)) {}
    std::unique_ptr<CurlHttp> http;
    FixedToken token{""};
    SystemClock clock;
};

Result<Answer> good(Result<Answer> answer) {
    if (answer && !answer->good())
        return fail(Error::Code::refused,
                    "the server answers " + std::to_string(answer->status));
    return answer;
}

std::string in_quotes_taken_off(std::string value) {
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        return value.substr(1, value.size() - 2);
    return value;
}

}  // namespace

ClinicHand::ClinicHand(const Story& story) {
    for (const auto& [key, value] : story.config)
        if (key == "server.base") base_ = in_quotes_taken_off(value);
}

Result<void> ClinicHand::set(const std::string& type, const std::string& id,
                             const std::string& member, const std::string& value) {
    Way way(TRY(CurlHttp::create({})));
    FhirServer server({way.http.get(), &way.token, &way.clock, base_});
    const auto held = TRY(good(server.read(type, id)));
    const bool is_json = nlohmann::json::accept(value);
    const auto changed = TRY(with_value(held.body, {std::string_view(member)},
                                        is_json ? value : json_text(value)));
    TRY(good(server.put(type, id, changed, held.version)));
    return {};
}

Result<int> ClinicHand::count(const std::string& query) {
    Way way(TRY(CurlHttp::create({})));
    FhirServer server({way.http.get(), &way.token, &way.clock, base_});
    const auto page = TRY(good(server.search(query + "&_count=200")));
    const auto bundle = nlohmann::json::parse(page.body, nullptr, false);
    if (!bundle.is_object())
        return fail(Error::Code::bad_input, "the server answers no Bundle");
    return int(bundle.value("entry", nlohmann::json::array()).size());
}

}  // namespace foyer
