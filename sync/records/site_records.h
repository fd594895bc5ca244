#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/visit.h"
#include "sync/records/outbox.h"

namespace foyer {

/// What another device of the site is, which decides what it is told; stored by number.
using SiteRole = LanSettings::Peer::Role;
const char* name(SiteRole role);

/// A device of the site that is told (`[lan]`, LanSettings).
struct SitePeer {
    std::string name;
    SiteRole role = SiteRole::kiosk;
    std::string public_key;             ///< Z85; is who it is
    std::optional<Instant> heard = {};  ///< last, as far as the records know
};

/// How a unit stands with the device that heard of it.
enum class Hearing { got, shown };

/// Why a device does not take a unit.
enum class SiteRefusal {
    old,     ///< of the day before yesterday
    future,  ///< of a day that has not come
    role,    ///< such a device does not say such things
};
const char* name(SiteRefusal why);

/// A unit on its way between devices. `ref` is the alias of the unit's id: equal on all
/// devices of a site, and nothing to a board, which does not learn ids.
struct SiteUnit {
    Alias ref;
    Unit unit;  ///< without `visit` and `patient`: each device has its own
    ClockQuality clock = ClockQuality::trusted;
};

/// A unit heard from another device.
struct HeardUnit {
    SiteUnit unit;
    Alias from;        ///< of the peer's public key
    std::string name;  ///< SitePeer::name; empty when it is no peer any more
    bool shown = false;
};

/// How the carriers of a unit take turns (see Store::take_from_site()).
struct Carrying {
    bool on = false;  ///< there is a server to tell
    std::chrono::milliseconds arrivals_after{}, safety_after{};
};

/// For `foyer lan status`.
struct SitePeerStatus {
    SitePeer peer;
    std::int64_t waiting = 0;  ///< units that it has not got
    std::optional<Instant> oldest = {};
};

}  // namespace foyer
