#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

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
    ~Seats();
    Seats(const Seats&) = delete;
    Seats& operator=(const Seats&) = delete;

    /// Tells the server of a unit of the lane sign_ups ("sign-up", "leave-class") to
    /// its end: looks for the anchor first, takes a free or leased seat, or the wait
    /// list; reads back before it says confirmed. What became of it is in the Settled's
    /// `sign_up`, `told` false where the patient was told otherwise before. Seven
    /// requests as a rule. `abilities` without can_confirm_seats(): asked for
    /// (`proposed`), never confirmed.
    ///
    /// Fails as Http::send does, with `refused` when the server does not let us in
    /// (401, 403), and with `busy` when it asks us to wait (429, 503: retry_after()).
    /// Then nothing is settled; the unit is to be tried again, which is safe after any
    /// failure.
    Result<Settled> send(const Unit& unit, const Abilities& abilities);

    /// House-keeping at the server, one chore a call, when it is due: how our patients'
    /// sign-ups stand; leases taken, renewed and given back; leases of others
    /// reclaimed; and, while this device is the elected one, the wait list promoted and
    /// orphan seats freed. Answers when it wants to be called again: `now` for at once.
    /// Fails as send() does; nothing is lost by it.
    Result<Instant> tend(Instant now, const Abilities& abilities, bool elected);

    /// What the server said with the last failure `busy`.
    std::optional<std::chrono::seconds> retry_after() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
