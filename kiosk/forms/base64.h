#pragma once

#include <string>
#include <string_view>

namespace foyer {

/// FHIR base64Binary: RFC 4648, padded, without line ends.
std::string base64(std::string_view bytes);

}  // namespace foyer
