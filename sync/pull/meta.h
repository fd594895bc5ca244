#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace foyer {

// What the readers of our own Provenances and Observations have in common.

/// The code of `list` under a system; empty if there is none.
std::string code_under(const nlohmann::json& object, const char* list,
                       std::string_view system);
/// The extension of that url, or null.
const nlohmann::json* extension(const nlohmann::json& element, std::string_view url);
/// The id of a reference to `type`; empty if it is none.
std::string id_of(const nlohmann::json& reference, std::string_view type);
/// "3" of a device "clinic/3"; -1 if that cannot be told.
int device_index_of(const nlohmann::json& reference);
/// Whether the clock that said `time` ("_occurredDateTime") was in doubt. A server may
/// keep one of the two marks and not the other.
bool is_untrusted(const nlohmann::json& resource, const char* time);

}  // namespace foyer
