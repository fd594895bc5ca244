#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/seat_records.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"
#include "sync/server/probe.h"

namespace foyer {

/// Seats of classes without overselling (sync.md decision 6): each seat is a Slot of
/// the session's Schedule and start. Booking is one transaction: PUT the Slot `busy` if
/// it is still the version we saw, POST the Appointment unless it exists, POST a
/// Provenance. Whoever loses takes another free seat; whoever finds none is on the wait
/// list, in the order of trusted asking time, then unit id.
///
/// Used by the engine's thread, or by a command.
class Seats {
public:
    struct Parts {
        Store* store = nullptr;
        FhirServer* server = nullptr;
        const Clock* clock = nullptr;
        const Site* site = nullptr;
        SiteTime time;
        std::uint64_t seed = 0;
    };
    explicit Seats(Parts parts);

    /// Tells the server of a sign-up or of leaving a class, to its end: looks for the
    /// anchor first, takes a free or leased seat, or the wait list; reads back before
    /// it says confirmed. What became of it is in the Settled's `sign_up`. `abilities`
    /// without can_confirm_seats(): asked for (`proposed`), never confirmed.
    Result<Settled> send(const Unit& unit, const Abilities& abilities);

    /// House-keeping at the server, at most one step a call, when it is due: leases
    /// taken and given back, leases of others reclaimed, orphan seats freed, and, while
    /// this device is the elected one, the wait list promoted. Answers when it wants to
    /// be called again.
    Result<Instant> tend(Instant now, const Abilities& abilities, bool elected);

private:
    Parts parts_;
    std::mt19937_64 dice_;
};

}  // namespace foyer
