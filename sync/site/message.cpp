#include "sync/site/message.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <type_traits>

namespace foyer {

namespace {

using Json = nlohmann::json;
using Kind = SiteMessage::Kind;

constexpr int format_version = 1;
/// Bodies are flat; a list of a few values is the deepest that any has.
constexpr int deepest = 8;
constexpr std::size_t longest_id = 64;

const char* name(Kind kind) {
    switch (kind) {
        case Kind::beat:
            return "beat";
        case Kind::unit:
            return "unit";
        case Kind::got:
            return "got";
        case Kind::shown:
            return "shown";
        case Kind::refused:
            return "refused";
        case Kind::done:
            return "done";
    }
    return "";
}

constexpr std::array kinds = {Kind::beat,  Kind::unit,    Kind::got,
                              Kind::shown, Kind::refused, Kind::done};
constexpr std::array clocks = {ClockQuality::trusted, ClockQuality::untrusted};
constexpr std::array refusals = {SiteRefusal::old, SiteRefusal::future,
                                 SiteRefusal::role};
constexpr std::array shared_lanes = {Lane::safety, Lane::arrivals, Lane::attendance,
                                     Lane::sign_ups};

tl::unexpected<Error> refuse() {
    return fail(Error::Code::bad_input, "lan: not a message of this format");
}

template <class Value>
Result<Value> number(const Json& object, const char* key, Value lowest, Value highest) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return refuse();
    if constexpr (std::is_unsigned_v<Value>) {
        if (!found->is_number_unsigned()) return refuse();
    } else if (found->is_number_unsigned() &&
               found->get<std::uint64_t>() > std::uint64_t(highest)) {
        return refuse();
    }
    const auto value = found->get<Value>();
    if (value < lowest || value > highest) return refuse();
    return value;
}

/// Empty when it is missing.
Result<std::string> text(const Json& object, const char* key, std::size_t longest) {
    const auto found = object.find(key);
    if (found == object.end()) return std::string();
    if (!found->is_string()) return refuse();
    auto value = found->get<std::string>();
    if (value.size() > longest) return refuse();
    return value;
}

/// The one of `all` whose name stands there.
template <class Value, std::size_t size, class Name>
Result<Value> one_of(const Json& object, const char* key,
                     const std::array<Value, size>& all, Name name_of) {
    const std::string word = TRY(text(object, key, 16));
    for (const auto value : all)
        if (word == name_of(value)) return value;
    return refuse();
}

/// Of the years 1970 to 9999.
Result<Instant> instant(const Json& object, const char* key) {
    return Instant(std::chrono::milliseconds(
        TRY(number<std::int64_t>(object, key, 0, 253'402'300'799'999))));
}

Result<Alias> alias(const Json& object) {
    const std::string hex = TRY(text(object, "ref", 32));
    if (hex.size() != 32) return refuse();
    Alias value;
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const auto digit = std::string_view("0123456789abcdef").find(hex[i]);
        if (digit == std::string_view::npos) return refuse();
        auto& byte = value.bytes[i / 2];
        byte = std::uint8_t(byte << 4 | digit);
    }
    return value;
}

Result<void> read_unit(const Json& object, SiteUnit& into) {
    into.unit.id = TRY(text(object, "id", longest_id));
    into.unit.after = TRY(text(object, "after", longest_id));
    const auto lane = TRY(number<std::int64_t>(object, "lane", 0, 1000));
    const auto known = std::ranges::find(shared_lanes, Lane(lane));
    if (known == shared_lanes.end()) return refuse();
    into.unit.lane = *known;
    into.unit.at = TRY(instant(object, "at"));
    into.clock = TRY(
        one_of(object, "clock", clocks, [](ClockQuality one) { return code(one); }));
    const auto body = object.find("body");
    if (body == object.end() || !body->is_object()) return refuse();
    into.unit.body = body->dump();
    return {};
}

Result<SiteMessage> read(const Json& object) {
    if (!object.is_object()) return refuse();
    if (TRY(number(object, "v", 0, 1000)) != format_version) return refuse();
    SiteMessage message;
    message.kind =
        TRY(one_of(object, "kind", kinds, [](Kind one) { return name(one); }));
    message.epoch = TRY(number<std::uint64_t>(object, "epoch", 0, UINT64_MAX));
    message.number = TRY(number<std::uint64_t>(object, "n", 0, UINT64_MAX));
    if (message.kind == Kind::beat) {
        message.device_index = TRY(number(object, "device", -1, 1000));
        const auto attended = object.find("attended");
        if (attended == object.end() || !attended->is_boolean()) return refuse();
        message.attended = attended->get<bool>();
        if (object.contains("synced")) message.synced = TRY(instant(object, "synced"));
        return message;
    }
    message.unit.ref = TRY(alias(object));
    if (message.kind == Kind::unit) TRY(read_unit(object, message.unit));
    if (message.kind == Kind::refused)
        message.why = TRY(
            one_of(object, "why", refusals, [](SiteRefusal one) { return name(one); }));
    return message;
}

}  // namespace

std::string to_text(const SiteMessage& message) {
    Json object = {{"v", format_version},
                   {"kind", name(message.kind)},
                   {"epoch", message.epoch},
                   {"n", message.number}};
    const auto& unit = message.unit.unit;
    switch (message.kind) {
        case Kind::beat:
            object["device"] = message.device_index;
            object["attended"] = message.attended;
            if (message.synced)
                object["synced"] = message.synced->time_since_epoch().count();
            break;
        case Kind::unit:
            if (!unit.id.empty()) object["id"] = unit.id;
            if (!unit.after.empty()) object["after"] = unit.after;
            object["lane"] = std::int64_t(unit.lane);
            object["at"] = unit.at.time_since_epoch().count();
            object["clock"] = code(message.unit.clock);
            object["body"] = Json::parse(unit.body, nullptr, false);
            break;
        case Kind::refused:
            object["why"] = name(message.why);
            break;
        case Kind::got:
        case Kind::shown:
        case Kind::done:
            break;
    }
    if (message.kind != Kind::beat) object["ref"] = message.unit.ref.hex();
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<SiteMessage> site_message(std::string_view text) {
    if (text.size() > longest_message) return refuse();
    bool too_deep = false;
    const auto shallow = [&](int depth, Json::parse_event_t, const Json&) {
        too_deep = too_deep || depth > deepest;
        return !too_deep;
    };
    try {
        const Json object = Json::parse(text, shallow, false);
        if (too_deep) return refuse();
        return read(object);
    } catch (const Json::exception&) {
        return refuse();
    }
}

}  // namespace foyer
