#pragma once

#include <chrono>
#include <functional>

#include "kiosk/attempts.h"
#include "kiosk/effect.h"
#include "kiosk/event.h"
#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/health.h"
#include "sync/records/store.h"

namespace foyer {

/// Lets staff in by their PIN and tells them how the exchange with the clinic's server
/// stands. The worker's thread only.
class StaffDesk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the desk, as do all of these
        const Site* site = nullptr;
        const SiteTime* time = nullptr;
        const std::function<SyncHealth()>* exchange = nullptr;  ///< may be empty
    };
    explicit StaffDesk(Parts parts) : parts_(parts) {}

    /// Wrong PINs slow down like wrong names. `given`: when it was typed, elapsed().
    /// `store` may be null: nothing is said of the exchange then.
    Event carry(const CheckPin& order, Store* store, std::chrono::milliseconds given);

private:
    ExchangeNote exchange_note(Store* store) const;

    Parts parts_;
    Attempts pins_ = {};
};

}  // namespace foyer
