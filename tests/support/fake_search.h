#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/clock.h"

namespace foyer::fake {

/// "a=1&b=2", decoded, in order.
using Query = std::vector<std::pair<std::string, std::string>>;
Query parse_query(std::string_view text);
std::string encode(std::string_view value);

/// Whether `type` can be searched by `parameter` ("status:not" counts as "status").
bool known_parameter(std::string_view type, std::string_view parameter);
/// Whether a resource is among what one parameter asks for.
bool matches(const nlohmann::json& resource, std::string_view parameter,
             std::string_view value);
/// Whether a parameter asks for one point in time, without ge, le and the like: Medplum
/// finds nothing by that.
bool asks_for_instant(std::string_view type, std::string_view parameter,
                      std::string_view value);
/// What `_sort` compares; empty if the resource has nothing there.
std::string sort_key(const nlohmann::json& resource, std::string_view parameter);
/// The "Type/id" that a reference parameter of a resource leads to (`_include`).
std::vector<std::string> references(const nlohmann::json& resource,
                                    std::string_view parameter);

/// A FHIR date, dateTime or instant as the first and the last millisecond it can mean;
/// without an offset: UTC.
std::optional<std::pair<Instant, Instant>> parse_time(std::string_view text);
/// "2026-11-24T08:00:00.000Z"
std::string instant_text(Instant at);

}  // namespace foyer::fake
