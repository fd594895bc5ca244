#include "sync/health.h"

#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"

namespace foyer {

using Json = nlohmann::json;
using State = SyncHealth::State;

const char* name(State state) {
    switch (state) {
        case State::unconfigured:
            return "unconfigured";
        case State::starting:
            return "starting";
        case State::online:
            return "online";
        case State::offline:
            return "offline";
        case State::busy:
            return "busy";
        case State::unauthorized:
            return "unauthorized";
    }
    return "";
}

std::string to_text(const SyncHealth& health) {
    Json out{{"state", name(health.state)},
             {"can_confirm_seats", health.can_confirm_seats},
             {"software", health.software}};
    const auto put = [&](const char* key, const std::optional<Instant>& at) {
        if (at) out[key] = format_instant(*at);
    };
    put("last_exchange", health.last_exchange);
    put("certificate_ends", health.certificate_ends);
    put("schedule_read", health.schedule_read);
    if (health.drift) out["drift_ms"] = health.drift->count();
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<SyncHealth> health_from(std::string_view text) {
    const auto in = Json::parse(text, nullptr, false);
    if (!in.is_object() || !in.contains("state") || !in["state"].is_string())
        return fail(Error::Code::corrupt, "sync: the health note is damaged");
    SyncHealth health;
    for (const auto state : {State::unconfigured, State::starting, State::online,
                             State::offline, State::busy, State::unauthorized})
        if (in["state"] == name(state)) health.state = state;
    const auto get = [&](const char* key) -> std::optional<Instant> {
        const auto found = in.find(key);
        if (found == in.end() || !found->is_string()) return std::nullopt;
        const auto at = parse_instant(found->get<std::string>());
        return at ? std::optional(*at) : std::nullopt;
    };
    health.last_exchange = get("last_exchange");
    health.certificate_ends = get("certificate_ends");
    health.schedule_read = get("schedule_read");
    if (const auto drift = in.find("drift_ms");
        drift != in.end() && drift->is_number_integer())
        health.drift = std::chrono::milliseconds(drift->get<std::int64_t>());
    health.can_confirm_seats =
        in.contains("can_confirm_seats") && in["can_confirm_seats"] == true;
    if (const auto software = in.find("software");
        software != in.end() && software->is_string())
        health.software = *software;
    return health;
}

}  // namespace foyer
