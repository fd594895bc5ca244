#pragma once

#include <string>
#include <string_view>

#include "platform/http.h"
#include "platform/result.h"

namespace foyer {

/// The token endpoint that a FHIR server names, absolute and safe (https, or loopback):
/// `<base>/.well-known/smart-configuration`, else the extension oauth-uris of its
/// CapabilityStatement. Fails as Http::send does; `refused` when the server names none.
Result<std::string> discover_token_url(Http& http, const std::string& base);

// What it reads; each answers an empty text for anything else.
std::string token_endpoint_of_configuration(std::string_view body);
std::string token_endpoint_of_capabilities(std::string_view body);

}  // namespace foyer
