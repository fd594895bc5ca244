#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace foyer::sim {

// The server's resources as the invariants read them, without the project's own
// readers.

/// The string at a JSON pointer; empty if there is none.
std::string text_at(const nlohmann::json& resource, const std::string& pointer);
/// The extension of that url, or null.
const nlohmann::json* extension(const nlohmann::json& element, std::string_view url);
/// The string that the extension of that url has as `value`; empty if there is none.
std::string extension_text(const nlohmann::json& element, std::string_view url,
                           const std::string& value);

}  // namespace foyer::sim
