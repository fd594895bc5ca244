#include <algorithm>

#include "sync/seats/sending.h"
#include "sync/seats/tending.h"
#include "sync/tuning.h"

/// Seats lent to kiosks: taken, renewed, given back, reclaimed.
namespace foyer {

/// Our records against what the server shows of them.
Result<bool> Tending::settle_leases(const Look& look) {
    for (const Lease& lease : look.leases) {
        if (lease.session.ends <= look.now) {
            TRY(p_.store.drop_lease(lease.slot));
            return true;
        }
        const Seat* seat = seat_of(look.seats, lease.slot);
        const auto fresh =
            seat ? std::optional(*seat) : TRY(p_.server.seat(lease.slot));
        if (fresh && fresh->lent_to(p_.device)) {
            if (fresh->version == lease.version) continue;
            TRY(p_.store.keep_lease(
                {lease.slot, lease.session, fresh->version, fresh->holder->expires}));
            return true;
        }
        std::vector<Conflict> conflicts;
        if (lease.expires > look.now)
            conflicts.push_back(
                conflict_about("lease-lost", lease.slot, look.now, "lent to us",
                               fresh ? fresh->status : "gone", "clinic-decides"));
        TRY(p_.store.drop_lease(lease.slot, conflicts));
        return true;
    }
    return false;
}

/// What the server shows of leases against our records: ours that a crash kept from
/// them, and those of others that are long over.
Result<bool> Tending::settle_holders(const Look& look) {
    for (const Seat& seat : look.seats) {
        if (seat.status != "busy-tentative" || !seat.holder) continue;
        if (!seat.lent_to(p_.device)) {
            if (seat.holder->expires + tuning::lease_reclaimed_after <= look.theirs &&
                TRY(free(seat)))
                return true;
            continue;
        }
        if (look.given.contains(seat.id) ||
            std::ranges::find(look.leases, seat.id, &Lease::slot) != look.leases.end())
            continue;
        if (look.trusted &&
            seat.holder->expires - tuning::lease_stops_before > look.theirs) {
            TRY(p_.store.keep_lease(
                {seat.id, seat.session, seat.version, seat.holder->expires}));
            return true;
        }
        if (TRY(free(seat))) return true;
    }
    return false;
}

/// Unused leases that we may no longer use, or that others need more.
Result<bool> Tending::give_back(const Look& look, const Sessions& sessions) {
    for (const Lease& lease : look.leases) {
        const auto session = sessions.find(lease.session.starts);
        const bool none_free = session != sessions.end() && session->second.free == 0;
        const bool stopped = lease.expires - tuning::lease_stops_before <= look.theirs;
        if (look.trusted && !none_free && !stopped) continue;
        // First from the records: what is given back must not be given away.
        TRY(p_.store.drop_lease(lease.slot));
        if (const Seat* seat = seat_of(look.seats, lease.slot)) TRY(free(*seat));
        return true;
    }
    return false;
}

Result<bool> Tending::renew(const Look& look) {
    for (const Lease& lease : look.leases) {
        const Seat* seat = seat_of(look.seats, lease.slot);
        if (!seat || lease.expires - look.theirs > tuning::lease_renewed_below)
            continue;
        return lend(*seat, look.theirs + tuning::lease_lasts);
    }
    return false;
}

/// One more seat to give away without a network: at most two a session, none of its
/// last quarter.
Result<bool> Tending::borrow(const Look& look, const Sessions& sessions) {
    for (const auto& [starts, counts] : sessions) {
        const int last_quarter = (counts.seats + 3) / 4;
        if (starts <= look.now || starts > look.now + tuning::leases_ahead ||
            counts.ours >= tuning::leases_per_kiosk || counts.free - 1 < last_quarter)
            continue;
        std::vector<const Seat*> free;
        for (const Seat& seat : look.seats)
            if (seat.free() && seat.session.starts == starts) free.push_back(&seat);
        const auto which =
            std::uniform_int_distribution<std::size_t>(0, free.size() - 1)(p_.dice);
        if (TRY(lend(*free[which], look.theirs + tuning::lease_lasts))) return true;
    }
    return false;
}

/// True if it was ours to change.
Result<bool> Tending::free(const Seat& seat) {
    const auto resource = TRY(freed(seat));
    const auto outcome = TRY(p_.server.put(seat, resource));
    return outcome == SeatServer::Outcome::done;
}

/// At the server first; what a crash then keeps from the records is found by
/// settle_holders().
Result<bool> Tending::lend(const Seat& seat, Instant expires) {
    const auto resource = TRY(lent(seat, {p_.device, expires}));
    const auto outcome = TRY(p_.server.put(seat, resource));
    if (outcome != SeatServer::Outcome::done) return false;
    TRY(p_.store.keep_lease({seat.id, seat.session, p_.server.new_version(), expires}));
    return true;
}

}  // namespace foyer
