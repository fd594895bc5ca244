#include <algorithm>

#include "sync/seats/sending.h"
#include "sync/seats/tending.h"
#include "sync/tuning.h"

/// What becomes of a seat that came free: offered to the first who waits, held until
/// they say so, given up when they do not. And seats that moved, or are nobody's.
namespace foyer {

namespace {

bool at_door(const Booking& booking) {
    return booking.asked && booking.asked->here;
}

}  // namespace

/// The first who waits for a session with a free seat gets it; the seat and their
/// Appointment change together or not at all, so that no offer is ever made twice, and
/// none that stands is displaced.
Result<bool> Tending::promote(const Look& look, const ClassSession* only,
                              const std::string& by) {
    const auto to_be_had = [&](const Seat& seat) {
        return seat.free() && (!only || seat.session.starts == only->starts);
    };
    if (std::ranges::none_of(look.seats, to_be_had)) return false;
    const auto line = TRY(p_.server.waiting(look.now - tuning::class_lasts_at_most,
                                            look.now + tuning::seats_seen_ahead));
    for (const Booking& first : line) {
        if (first.schedule != look.schedule) continue;
        // Once the class has begun, a seat is of use to who stands at the door.
        if (first.starts <= look.theirs && !at_door(first)) continue;
        const auto free_one = std::ranges::find_if(look.seats, [&](const Seat& seat) {
            return to_be_had(seat) && seat.session.starts == first.starts;
        });
        if (free_one == look.seats.end()) continue;
        const auto of = TRY(p_.server.schedule(look.schedule));
        if (!of || !of->active) return false;
        const auto fresh = TRY(p_.server.booking(first.id));
        const auto seat = TRY(p_.server.seat(free_one->id));
        if (!fresh || !fresh->waits() || !seat || !seat->free()) return true;

        const Instant until = accept_by(look.rule, look.theirs, first.starts);
        const bool at_once = at_door(*fresh) ||
                             (fresh->offer && fresh->offer->accepted) ||
                             until - look.theirs < tuning::offer_at_least;
        const auto busy = TRY(taking(*seat));
        const auto theirs =
            TRY(at_once ? seating(*fresh, seat->id)
                        : changing(*fresh, offered(*fresh, seat->id, until)));
        const auto outcome = TRY(p_.server.change(
            {busy, theirs,
             told(look, at_once ? "promotion" : "offer", *fresh, seat->id, by)}));
        // Refused for good: the next in line must not wait for that.
        if (outcome != SeatServer::Outcome::refused) return true;
    }
    return false;
}

/// Nobody said yes in time, nor a while after it. While the offer stands a late yes is
/// taken; from here on it is not.
Result<bool> Tending::give_up_offer(const Look& look) {
    const auto is_over = [&](const Booking& booking) {
        return booking.offered() &&
               booking.offer->until + tuning::offer_given_up_after <= look.theirs;
    };
    for (const Booking& each : lines_) {
        if (each.schedule != look.schedule || !is_over(each)) continue;
        const auto fresh = TRY(p_.server.booking(each.id));
        if (!fresh || !is_over(*fresh)) continue;
        const auto seat = TRY(p_.server.seat(fresh->slot));
        std::vector<Change> changes = {
            TRY(changing(*fresh, missed(*fresh, look.theirs)))};
        if (seat && seat->status == "busy") changes.push_back(TRY(freeing(*seat)));
        changes.push_back(told(look, "offer-missed", *fresh, fresh->slot));
        if (TRY(p_.server.change(changes)) == SeatServer::Outcome::done) return true;
    }
    return false;
}

// --- whose busy seats are
// ------------------------------------------------------------------

Result<bool> Tending::check_holders(const Look& look) {
    std::vector<std::string> busy;
    for (const Seat& seat : look.seats)
        if (seat.status == "busy") busy.push_back(seat.id);
    if (busy.empty()) return false;
    const auto found = p_.server.on_seats(busy);
    // A server that cannot be asked whose a seat is keeps its orphans.
    if (!found && found.error().code == Error::Code::bad_input) return false;
    const auto holders = TRY(found);
    if (TRY(follow_seat(look, holders))) return true;
    return free_orphan(look, holders);
}

/// Staff moved a session by its Slots: the Appointments of who has a seat go with it,
/// and those of who waits for one.
Result<bool> Tending::follow_seat(const Look& look,
                                  const std::vector<Booking>& holders) {
    const auto moves = [&](const std::string& id, Instant from,
                           const ClassSession& to) -> Result<bool> {
        const auto fresh = TRY(p_.server.booking(id));
        if (!fresh || fresh->over() || fresh->starts != from) return false;
        const auto changed = TRY(moved(*fresh, to));
        return TRY(p_.server.put(*fresh, changed)) == SeatServer::Outcome::done;
    };
    for (const Booking& booking : holders) {
        const Seat* seat = seat_of(look.seats, booking.slot);
        if (!seat || booking.over() || booking.unit.empty() ||
            booking.starts == seat->session.starts)
            continue;
        // First who waits: once the holders have moved, nobody can tell where to.
        if (!look.starts.contains(booking.starts))
            for (const Booking& waits : lines_)
                if (waits.schedule == look.schedule && waits.slot.empty() &&
                    waits.starts == booking.starts &&
                    TRY(moves(waits.id, booking.starts, seat->session)))
                    return true;
        if (TRY(moves(booking.id, booking.starts, seat->session))) return true;
    }
    return false;
}

/// sync.md decision 2.
Result<bool> Tending::free_orphan(const Look& look,
                                  const std::vector<Booking>& holders) {
    for (const Seat& seat : look.seats) {
        if (seat.status != "busy" ||
            seat.updated + tuning::orphan_seat_after > look.theirs)
            continue;
        const bool named = std::ranges::any_of(holders, [&](const Booking& booking) {
            return booking.slot == seat.id && !booking.over();
        });
        if (!named && TRY(free(seat))) return true;
    }
    return false;
}

// --- by hand
// -------------------------------------------------------------------------------

Result<int> Tending::offer(const ClassSession& session, const std::string& by) {
    const Instant now = p_.server.server().server_time();
    constexpr int most = 200;
    int offers = 0;
    auto look = TRY(look_at(session.schedule, now, true));
    auto left = TRY(p_.server.waiting(session)).size();
    for (int i = 0; i < most && TRY(promote(look, &session, by)); ++i) {
        look = TRY(look_at(session.schedule, now, true));
        const auto still = TRY(p_.server.waiting(session)).size();
        if (still < left) ++offers;
        left = still;
    }
    return offers;
}

}  // namespace foyer
