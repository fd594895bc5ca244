#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/result.h"

namespace foyer {

/// How the exchange stands, for screens, `foyer status` and `foyer doctor`. Written to
/// the records (memo "sync-health") after each change, so that other processes see it.
struct SyncHealth {
    enum class State {
        unconfigured,  ///< no server is configured
        starting,      ///< not asked yet
        online,
        offline,       ///< nobody answers
        busy,          ///< the server asks us to wait
        unauthorized,  ///< the server does not let us in: somebody has to look
    } state = State::starting;
    std::optional<Instant> last_exchange;            ///< last answer of the server
    std::optional<std::chrono::milliseconds> drift;  ///< server's clock ahead of ours
    std::optional<Instant> certificate_ends;
    std::optional<Instant> schedule_read;  ///< the window was last read in full
    bool can_confirm_seats = false;
    std::string software;
};
const char* name(SyncHealth::State state);
std::string to_text(const SyncHealth& health);
Result<SyncHealth> health_from(std::string_view text);

}  // namespace foyer
