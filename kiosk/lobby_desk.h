#pragma once

#include <string>

#include "kiosk/attempts.h"
#include "kiosk/event.h"
#include "kiosk/lobby_effects.h"
#include "platform/clock.h"
#include "platform/printer.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// Writes down who comes without a visit of their own, and prints their call names.
/// Remembers nobody between orders, only how often a code was wrong. The worker's
/// thread only. Works without a network.
class LobbyDesk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the desk, as do all of these
        const Site* site = nullptr;
        const SiteTime* time = nullptr;
        Printer* printer = nullptr;  ///< null: no printer
    };
    /// What an order needs to know of the session.
    struct With {
        Store& store;
        ClockQuality clock_quality = ClockQuality::trusted;
    };

    explicit LobbyDesk(Parts parts) : parts_(parts) {}

    Event carry(const EnterLobby& order, const With& with);
    /// Whatever the code is, the answer is the same; a wrong one counts as a try.
    Event carry(const EnterGuest& order, const SiteKeys& keys, const With& with);
    Result<void> print(const PrintTicket& order, const std::string& language,
                       bool large_print);

private:
    Event come_in(const LobbyArrival& who, const With& with);
    Result<GuestArrival> guest(const EnterGuest& order, const SiteKeys& keys,
                               Store& store);

    Parts parts_;
    Attempts tries_ = {};  ///< of guests' codes
};

}  // namespace foyer
