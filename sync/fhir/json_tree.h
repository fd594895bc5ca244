#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// Why a text is not JSON that we take. Says nothing of what stands in it.
struct JsonFault {
    std::size_t offset = 0;  ///< bytes into the text
    std::string what;
};

/// Parses one resource. Stricter than JSON where two readers could see different
/// things: a name that comes twice in one object, U+0000, invalid UTF-8 and numbers out
/// of range are faults. Nesting is bounded by import_limits::depth.
tl::expected<nlohmann::json, JsonFault> parse_json(std::string_view text);

/// The same JSON without the space between its tokens; numbers keep their digits
/// ("1.00"), which FHIR decimals need. `text` must be valid JSON.
std::string compact_json(std::string_view text);

// Reading leniently: an element of the wrong kind counts as absent.

/// The text of a member; empty if there is none.
std::string_view text_of(const nlohmann::json& object, const char* name);
/// A member that is an object, or null.
const nlohmann::json* object_of(const nlohmann::json& object, const char* name);
/// The objects of a member that should be a list; a lone object counts as a list of
/// one.
std::vector<const nlohmann::json*> objects_of(const nlohmann::json& object,
                                              const char* name);
bool has(const nlohmann::json& object, const char* name);
bool is_true(const nlohmann::json& object, const char* name);

/// Text for people: control characters become spaces, runs of space one, ends trimmed,
/// cut to import_limits::name_bytes between characters.
std::string clean(std::string_view text);

/// A value from a file, fit for a terminal: in quotes, control characters and
/// everything beyond ASCII as '?', cut after 60. Only for elements that say nothing of
/// a patient.
std::string shown(std::string_view value);

}  // namespace foyer
