#include "sync/server/smart_discovery.h"

#include <nlohmann/json.hpp>

#include "platform/address.h"
#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

using nlohmann::json;

constexpr std::string_view oauth_uris =
    "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
constexpr std::size_t most_bytes = 8'000'000;

Result<HttpResponse> get(Http& http, const std::string& url, const char* accept) {
    HttpRequest request;
    request.url = url;
    request.headers = {"Accept: " + std::string(accept), "Cache-Control: no-cache"};
    request.time_limit = std::chrono::seconds(10);
    request.most_bytes = most_bytes;
    return http.send(request);
}

/// The extension of this address.
const json* extension(const json& object, std::string_view url) {
    for (const json* candidate : objects_of(object, "extension"))
        if (text_of(*candidate, "url") == url) return candidate;
    return nullptr;
}

}  // namespace

std::string token_endpoint_of_configuration(std::string_view body) {
    const auto configuration = parse_json(body);
    if (!configuration) return {};
    return std::string(text_of(*configuration, "token_endpoint"));
}

std::string token_endpoint_of_capabilities(std::string_view body) {
    const auto statement = parse_json(body);
    if (!statement) return {};
    for (const json* rest : objects_of(*statement, "rest")) {
        const json* security = object_of(*rest, "security");
        const json* uris = security ? extension(*security, oauth_uris) : nullptr;
        const json* token = uris ? extension(*uris, "token") : nullptr;
        if (token) return std::string(text_of(*token, "valueUri"));
    }
    return {};
}

Result<std::string> discover_token_url(Http& http, const std::string& base) {
    std::string found;
    const auto configuration =
        TRY(get(http, base + "/.well-known/smart-configuration", "application/json"));
    if (configuration.status == 200)
        found = token_endpoint_of_configuration(configuration.body);
    if (found.empty()) {
        const auto statement =
            TRY(get(http, base + "/metadata", "application/fhir+json"));
        if (statement.status >= 500 || configuration.status >= 500)
            return fail(Error::Code::offline,
                        base + ": does not say now where tokens are given");
        if (statement.status == 200)
            found = token_endpoint_of_capabilities(statement.body);
    }
    if (found.empty())
        return fail(Error::Code::refused,
                    base + ": names no token endpoint; write [server] token_url");
    const auto endpoint = address(found);
    if (!endpoint || !is_safe(*endpoint))
        return fail(Error::Code::refused,
                    base + ": names a token endpoint that is not https");
    return found;
}

}  // namespace foyer
