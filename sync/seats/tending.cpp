#include "sync/seats/tending.h"

#include <algorithm>

#include "sync/clinic/site_time.h"
#include "sync/fhir/raw_json.h"
#include "sync/seats/sending.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using std::chrono::milliseconds;

/// One chore after the other at one Schedule, before the others have their turn again.
constexpr int most_in_a_row = 100;

std::string schedule_id(std::string_view reference) {
    const auto slash = reference.rfind('/');
    return std::string(slash == std::string_view::npos ? reference
                                                       : reference.substr(slash + 1));
}

const Seat* seat_of(const std::vector<Seat>& seats, std::string_view id) {
    const auto found = std::ranges::find(seats, id, &Seat::id);
    return found == seats.end() ? nullptr : &*found;
}

Conflict conflict_about(const char* kind, const std::string& about, Instant at,
                        const std::string& ours, const std::string& theirs,
                        const char* settled) {
    Conflict conflict;
    conflict.id = unit_id(std::string("conflict|") + kind + "|" + about + "|" + theirs);
    conflict.kind = kind;
    conflict.at = at;
    conflict.ours = json_text(ours);
    conflict.theirs = json_text(theirs);
    conflict.settled = settled;
    return conflict;
}

}  // namespace

Result<Instant> Tending::step(Instant now, const Abilities& abilities, bool elected) {
    auto next = attempt(now, abilities, elected);
    if (next || next.error().code != Error::Code::bad_input) return next;
    // What the server does not take is left alone until the next turn.
    if (!left_.empty()) left_.erase(left_.begin());
    return left_.empty() ? std::min(follow_at_, tend_at_) : now;
}

Result<Instant> Tending::attempt(Instant now, const Abilities& abilities,
                                 bool elected) {
    // A clock that was set back must not put house-keeping off for that long.
    if (now < last_) follow_at_ = tend_at_ = now;
    last_ = now;
    if (now >= follow_at_) {
        follow_at_ = now + tuning::sign_ups_followed_every;
        TRY(follow(now));
        return std::max(now, std::min(follow_at_, tend_at_));
    }
    // Without these no seat is ever given away by a kiosk.
    if (!abilities.can_confirm_seats()) return follow_at_;

    if (left_.empty() && now >= tend_at_) {
        left_ = TRY(schedules(now));
        done_here_ = 0;
        const milliseconds every = tuning::seats_tended_every;
        std::uniform_int_distribution<std::int64_t> jitter(0, every.count() / 4);
        tend_at_ = now + every + milliseconds(jitter(p_.dice));
    }
    if (!left_.empty()) {
        const bool more = TRY(tend(left_.front(), now, elected));
        if (!more || ++done_here_ >= most_in_a_row) {
            left_.erase(left_.begin());
            done_here_ = 0;
        }
        if (!left_.empty()) return now;
    }
    return std::min(follow_at_, tend_at_);
}

// --- how our patients stand
// -----------------------------------------------------------------

Result<void> Tending::follow(Instant now) {
    auto open = TRY(p_.store.open_sign_ups(now));
    std::erase_if(open, [](const SignUp& each) { return each.appointment.empty(); });
    if (open.empty()) return {};
    if (open.size() > std::size_t(tuning::ids_at_once))
        open.resize(std::size_t(tuning::ids_at_once));

    std::vector<std::string> ids;
    for (const SignUp& each : open) ids.push_back(each.appointment);
    const auto shown = TRY(p_.server.bookings(ids));
    std::vector<Booking> line;
    const auto waits = [](const SignUp& each) {
        return each.state == SignUpState::waiting;
    };
    if (std::ranges::any_of(open, waits)) {
        const auto [first, last] = std::ranges::minmax_element(
            open, {}, [](const SignUp& each) { return each.session.starts; });
        line = TRY(p_.server.waiting(first->session.starts,
                                     last->session.starts + std::chrono::minutes(1)));
    }
    for (const SignUp& each : open) TRY(follow(each, shown, line, now));
    return {};
}

Result<void> Tending::follow(SignUp sign_up, const std::vector<Booking>& shown,
                             const std::vector<Booking>& line, Instant now) {
    const SignUp held = sign_up;
    std::vector<Conflict> conflicts;
    const auto booking = std::ranges::find(shown, sign_up.appointment, &Booking::id);
    const auto refuse = [&](const char* theirs) {
        sign_up.state = SignUpState::refused;
        conflicts.push_back(conflict_about("sign-up-cancelled", sign_up.unit, now,
                                           name(held.state), theirs, "clinic-decides"));
        conflicts.back().unit = sign_up.unit;
    };
    if (booking == shown.end()) {
        refuse("gone");
    } else if (booking->holds_seat()) {
        if (held.state == SignUpState::waiting)
            sign_up.state = SignUpState::offered;
        else if (held.state == SignUpState::asked)
            sign_up.state = SignUpState::confirmed;
        sign_up.slot = booking->slot;
        sign_up.place = 0;
    } else if (booking->waits()) {
        sign_up.state = SignUpState::waiting;
        int place = 0;
        for (const Booking& each : line) {
            if (each.schedule != sign_up.session.schedule ||
                each.starts != sign_up.session.starts)
                continue;
            ++place;
            if (each.id == booking->id) sign_up.place = place;
        }
    } else if (booking->over()) {
        if (booking->left)
            sign_up.state = SignUpState::left;
        else
            refuse(booking->status.c_str());
    }
    if (sign_up.state == held.state && sign_up.place == held.place &&
        sign_up.slot == held.slot)
        return {};
    if (sign_up.state != held.state) sign_up.told = sign_up.state == SignUpState::left;
    return p_.store.update_sign_up(sign_up, conflicts);
}

// --- seats
// -----------------------------------------------------------------------------------

Result<std::vector<std::string>> Tending::schedules(Instant now) {
    std::vector<std::string> all;
    for (const std::string& reference : p_.site.server.schedules)
        all.push_back(schedule_id(reference));
    if (all.empty()) {
        const auto sessions = TRY(p_.store.sessions(now));
        for (const SessionSeats& each : sessions) all.push_back(each.session.schedule);
    }
    const auto leases = TRY(p_.store.leases());
    for (const Lease& lease : leases) all.push_back(lease.session.schedule);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

Result<bool> Tending::tend(const std::string& schedule, Instant now, bool elected) {
    Look look;
    look.now = now;
    look.elected = elected;
    const Instant until =
        now + (elected ? std::chrono::milliseconds(tuning::seats_seen_ahead)
                       : std::chrono::milliseconds(tuning::leases_ahead));
    look.seats = TRY(p_.server.seats(schedule, now, until));
    std::erase_if(look.seats, [](const Seat& seat) { return !seat.counts(); });
    auto& server = p_.server.server();
    look.theirs = server.server_time();
    const auto drift = server.drift();
    look.trusted = TRY(p_.store.see_clock(now)) == ClockQuality::trusted && drift &&
                   std::chrono::abs(*drift) <= tuning::drift_alarm;
    look.leases = TRY(p_.store.leases());
    std::erase_if(look.leases, [&](const Lease& lease) {
        return lease.session.schedule != schedule;
    });
    const auto open = TRY(p_.store.open_sign_ups(now));
    for (const SignUp& each : open)
        if (!each.slot.empty() && each.appointment.empty())
            look.given.insert(each.slot);

    if (TRY(settle_leases(look))) return true;
    if (TRY(settle_holders(look))) return true;
    if (look.elected && TRY(promote(look, schedule))) return true;
    if (look.elected && now >= orphans_at_[schedule]) {
        if (TRY(free_orphan(look))) return true;
        orphans_at_[schedule] = now + tuning::orphan_seat_after;
    }
    const Sessions sessions = sessions_of(look);
    if (TRY(give_back(look, sessions))) return true;
    if (!look.trusted) return false;
    if (TRY(renew(look))) return true;
    return borrow(look, sessions);
}

Tending::Sessions Tending::sessions_of(const Look& look) const {
    Sessions sessions;
    for (const Seat& seat : look.seats) {
        auto& counts = sessions[seat.session.starts];
        ++counts.seats;
        if (seat.free()) ++counts.free;
    }
    for (const Lease& lease : look.leases) ++sessions[lease.session.starts].ours;
    return sessions;
}

/// Our records against what the server shows of them.
Result<bool> Tending::settle_leases(const Look& look) {
    for (const Lease& lease : look.leases) {
        if (lease.session.starts <= look.now) {
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

/// The first who waits for a session with a free seat gets it; the seat and their
/// Appointment change together or not at all, so that no offer is ever made twice, and
/// none that was made is taken back.
Result<bool> Tending::promote(const Look& look, const std::string& schedule) {
    const bool any = std::ranges::any_of(look.seats, &Seat::free);
    if (!any) return false;
    const auto line = TRY(p_.server.waiting(
        look.now, look.now + std::chrono::milliseconds(tuning::seats_seen_ahead)));
    std::set<Instant> seen;
    for (const Booking& first : line) {
        if (first.schedule != schedule || !seen.insert(first.starts).second) continue;
        const auto free_one = std::ranges::find_if(look.seats, [&](const Seat& seat) {
            return seat.free() && seat.session.starts == first.starts;
        });
        if (free_one == look.seats.end()) continue;
        const auto fresh = TRY(p_.server.booking(first.id));
        const auto seat = TRY(p_.server.seat(free_one->id));
        if (!fresh || !fresh->waits() || !seat || !seat->free()) return true;
        const std::string unit = unit_id("promotion|Appointment/" + fresh->id);
        const SeatProvenance provenance{
            .unit = unit,
            .patient = {},
            .device = p_.device,
            .targets = {"Appointment/" + fresh->id, "Slot/" + seat->id},
            .recorded = look.theirs,
            .activity = "UPDATE",
            .act = "promotion"};
        const auto busy = TRY(taking(*seat));
        const auto booked = TRY(seating(*fresh, seat->id));
        const auto outcome =
            TRY(p_.server.change({busy,
                                  booked,
                                  {.method = "POST",
                                   .url = "Provenance",
                                   .resource = resource_of(provenance)}}));
        // Refused for good: the next in line must not wait for that.
        if (outcome != SeatServer::Outcome::refused) return true;
        seen.erase(first.starts);
    }
    return false;
}

/// sync.md decision 2.
Result<bool> Tending::free_orphan(const Look& look) {
    std::vector<std::string> old;
    for (const Seat& seat : look.seats)
        if (seat.status == "busy" &&
            seat.updated + tuning::orphan_seat_after <= look.theirs)
            old.push_back(seat.id);
    if (old.empty()) return false;
    const auto users = p_.server.on_seats(old);
    // A server that cannot be asked whose a seat is keeps its orphans.
    if (!users && users.error().code == Error::Code::bad_input) return false;
    const auto used = TRY(users);
    for (const std::string& id : old) {
        const bool named = std::ranges::any_of(used, [&](const Booking& booking) {
            return booking.slot == id && !booking.over();
        });
        if (!named && TRY(free(*seat_of(look.seats, id)))) return true;
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
        if (starts > look.now + tuning::leases_ahead ||
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
