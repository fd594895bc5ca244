#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The ways of writing a text that encode(), decode(), escape() and unescape() know.
namespace foyer::fhirpath {

bool is_encoding(std::string_view way);  ///< "hex", "base64", "urlbase64"

/// None for an unknown way; of decoded(), also for a text that is not so written.
std::optional<std::string> encoded(std::string_view text, std::string_view way);
std::optional<std::string> decoded(std::string_view text, std::string_view way);

/// "html" and "json"; none for another way.
std::optional<std::string> escaped(std::string_view text, std::string_view way);
std::optional<std::string> unescaped(std::string_view text, std::string_view way);

}  // namespace foyer::fhirpath
