#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// One step into a JSON text: the member of an object, or the nth of an array.
struct JsonStep {
    // Not explicit: a path reads as {"participant", 0, "status"}.
    JsonStep(const char* member) : name(member) {}
    JsonStep(std::string_view member) : name(member) {}
    JsonStep(std::size_t nth) : index(nth) {}
    JsonStep(int nth) : index(static_cast<std::size_t>(nth)) {}

    std::string_view name = {};
    std::optional<std::size_t> index = {};  ///< unless it is a member
};
using JsonPath = std::vector<JsonStep>;

/// `json` with one value put in place or added, every other byte as it was: decimals
/// keep their digits, unknown elements and extensions stay (sync.md decision 3). The
/// last step may name a member that is not there yet, or the place after an array's
/// last element; all before it must exist. `bad_input` when they do not, or when `json`
/// or `value` is no JSON that parse_json() takes.
Result<std::string> with_value(std::string_view json, const JsonPath& path,
                               std::string_view value);

// Reading without changing a digit. `json` must be valid JSON; the answers are parts of
// it and live as long as it does.

/// The text of a value; none if there is none.
std::optional<std::string_view> raw_value(std::string_view json, const JsonPath& path);
/// The texts of an array's elements; none if it is no array.
std::vector<std::string_view> raw_elements(std::string_view array);

/// `text` as a JSON string with its quotes; what is no UTF-8 is replaced.
std::string json_text(std::string_view text);

}  // namespace foyer
