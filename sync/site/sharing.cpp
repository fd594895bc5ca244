#include "sync/site/sharing.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

namespace foyer {

namespace {

using Json = nlohmann::json;

/// No single value is longer: an id is 64, an address of a form 200.
constexpr std::size_t longest_value = 256;

/// Leaves room for the rest of a message.
constexpr std::size_t longest_safety = 24'000;

constexpr auto for_devices = std::to_array<std::string_view>({
    "act",     "amends",   "appointment", "asked",   "at",        "attested",
    "by",      "clock",    "call_name",   "device",  "direction", "ends",
    "expires", "kind",     "late",        "leased",  "method",    "minutes",
    "need",    "nth",      "place",       "patient", "reason",    "recorded",
    "release", "schedule", "service",     "shared",  "session",   "sign_up",
    "slot",    "starts",   "voided",
});
constexpr std::array<std::string_view, 4> for_walls = {"act", "at", "call_name",
                                                       "place"};

bool plain(const Json& value) {
    return value.is_boolean() || value.is_number() ||
           (value.is_string() &&
            value.get_ref<const std::string&>().size() <= longest_value);
}

template <class Keys>
std::string only(const Json& body, const Keys& keys) {
    Json told = Json::object();
    for (const auto& [key, value] : body.items())
        if (std::ranges::find(keys, key) != keys.end() && plain(value))
            told[key] = value;
    return told.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string act_in(const Json& body) {
    const auto act = body.find("act");
    return act != body.end() && act->is_string() ? act->get<std::string>() : "";
}

}  // namespace

std::optional<std::string> told_to(SiteRole role, const Unit& unit) {
    const auto body = Json::parse(unit.body, nullptr, false);
    if (!body.is_object()) return std::nullopt;
    if (unit.lane == Lane::safety) {
        if (role != SiteRole::desk) return std::nullopt;
        if (unit.body.size() <= longest_safety) return unit.body;
        // That somebody has to come must arrive, whatever was written.
        Json shorter = body;
        shorter.erase("answer");
        return shorter.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    if (unit.lane > Lane::sign_ups) return std::nullopt;
    // Its parts do not fit, and only who closed the session can say them.
    if (act_in(body) == "attendance-close") return std::nullopt;
    if (role != SiteRole::board) return only(body, for_devices);
    const std::string act = act_in(body);
    if (act != "check-in" && act != "call") return std::nullopt;
    return only(body, for_walls);
}

bool may_say(SiteRole role, const Unit& unit) {
    if (role == SiteRole::board) return false;
    const auto body = Json::parse(unit.body, nullptr, false);
    if (!body.is_object()) return false;
    // Who is called is the staff's to say.
    return act_in(body) != "call" || role == SiteRole::desk;
}

}  // namespace foyer
