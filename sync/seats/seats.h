#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
        /// Up to when all that happened at the site's other kiosks is at the server, by
        /// the one furthest behind; none while that is not known of each. Needed where
        /// `[lan]` names kiosks: without it no-shows are left to staff.
        std::function<std::optional<Instant>()> peers_synced = {};
    };
    explicit Seats(Parts parts);
    ~Seats();
    Seats(const Seats&) = delete;
    Seats& operator=(const Seats&) = delete;

    /// Tells the server of a unit of the lane sign_ups ("sign-up", "leave-class",
    /// "accept-offer") to its end: looks for the anchor first, takes a free or leased
    /// seat, or the wait list; reads back before it says confirmed. What became of it
    /// is in the Settled's `sign_up`, `told` false where the patient was told otherwise
    /// before. Seven requests as a rule. `abilities` without can_confirm_seats(): asked
    /// for
    /// (`proposed`), never confirmed.
    ///
    /// Fails as Http::send does, with `refused` when the server does not let us in
    /// (401, 403), and with `busy` when it asks us to wait (429, 503: retry_after()).
    /// Then nothing is settled; the unit is to be tried again, which is safe after any
    /// failure.
    Result<Settled> send(const Unit& unit, const Abilities& abilities);

    /// House-keeping at the server, one chore a call, when it is due: how our patients'
    /// sign-ups stand; leases taken, renewed and given back; leases of others
    /// reclaimed; and, while this device is the elected one, free seats offered to who
    /// waits, offers that nobody accepted given up, seats of no-shows released,
    /// Appointments moved after their seats and orphan seats freed. Answers when it
    /// wants to be called again: `now` for at once. Fails as send() does; nothing is
    /// lost by it.
    Result<Instant> tend(Instant now, const Abilities& abilities, bool elected);

    // --- by hand, as the elected device would; both answer of how many --------------

    /// Offers the free seats of a session to who waits. Fails as send().
    Result<int> offer(const ClassSession& session, const std::string& by);
    /// Gives the seats of who has not come (of that patient alone, unless empty) away,
    /// whoever has synced; nobody's who is known to be here, in the records or at the
    /// server. Fails as send().
    Result<int> release(const ClassSession& session, const std::string& patient,
                        const std::string& by);
    /// Who waits for sessions that start in [from, until), in order, and who holds an
    /// offer. Fails as send().
    struct Waiting {
        std::string unit, patient;  ///< of the sign-up; FHIR id
        ClassSession session;
        Instant asked{};
        bool here = false;
        std::optional<Instant> accept_by;  ///< of an offer that is out
    };
    Result<std::vector<Waiting>> lines(Instant from, Instant until);

    /// What the server said with the last failure `busy`.
    std::optional<std::chrono::seconds> retry_after() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
