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

}  // namespace

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
        if (!left_.empty()) TRY(see_lines(now));
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

    Shown shown;
    shown.now = now;
    constexpr auto chunk = std::size_t(tuning::ids_at_once);
    for (std::size_t next = 0; next < open.size(); next += chunk) {
        std::vector<std::string> ids;
        for (std::size_t i = next; i < std::min(next + chunk, open.size()); ++i)
            ids.push_back(open[i].appointment);
        auto some = TRY(p_.server.bookings(ids));
        std::ranges::move(some, std::back_inserter(shown.bookings));
    }
    if (std::ranges::any_of(shown.bookings, &Booking::waits)) {
        const auto [first, last] =
            std::ranges::minmax_element(shown.bookings, {}, &Booking::starts);
        shown.line = TRY(
            p_.server.waiting(first->starts, last->starts + std::chrono::minutes(1)));
    }
    const auto sessions = TRY(p_.store.sessions(now));
    for (const SessionSeats& each : sessions)
        if (each.cancelled) shown.called_off.insert(each.session);
    for (const SignUp& each : open) TRY(follow(each, shown));
    return {};
}

/// A seat is a Slot: whoever has one goes where it goes. Who has none is where their
/// Appointment is.
Result<void> Tending::follow_session(SignUp& sign_up, const Booking& booking) {
    ClassSession now = sign_up.session;
    if (booking.starts != Instant() && booking.ends != Instant()) {
        now.starts = booking.starts;
        now.ends = booking.ends;
    }
    if (!booking.slot.empty())
        if (const auto slot = TRY(p_.store.resource("Slot", booking.slot)))
            if (const auto seat = seat_from(*slot);
                seat && seat->session.starts != Instant())
                now = seat->session;
    if (now == sign_up.session || now.schedule.empty()) return {};
    if (now.starts != sign_up.session.starts) {
        const Instant as_told = sign_up.moved_from.value_or(sign_up.session.starts);
        sign_up.moved_from =
            as_told == now.starts ? std::nullopt : std::optional(as_told);
        sign_up.told = !sign_up.moved_from && sign_up.told;
    }
    sign_up.session = now;
    return {};
}

Result<void> Tending::follow(const SignUp& held, const Shown& shown) {
    SignUp sign_up = held;
    std::vector<Conflict> conflicts;
    const auto booking =
        std::ranges::find(shown.bookings, held.appointment, &Booking::id);
    const auto off = [&] { return shown.called_off.contains(sign_up.session); };
    const auto refuse = [&](const char* theirs) {
        sign_up.state = off() ? SignUpState::called_off : SignUpState::refused;
        if (held.state == sign_up.state) return;
        conflicts.push_back(conflict_about("sign-up-cancelled", sign_up.unit, shown.now,
                                           name(held.state), theirs, "clinic-decides"));
        conflicts.back().unit = sign_up.unit;
    };
    if (booking != shown.bookings.end()) TRY(follow_session(sign_up, *booking));
    if (booking == shown.bookings.end()) {
        refuse("gone");
    } else if (booking->over()) {
        if (booking->left)
            sign_up.state = SignUpState::left;
        else if (booking->released)
            sign_up.state = SignUpState::released;
        else if (!booking->missed)
            refuse(booking->status.c_str());
        else if (!held.accepted)  // else its own unit says what became of the yes
            sign_up.state = SignUpState::missed;
    } else if (off()) {
        sign_up.state = SignUpState::called_off;
    } else if (booking->offered()) {
        sign_up.accept_by = booking->offer->until;
        sign_up.slot = booking->slot;
        sign_up.place = 0;
        if (!held.accepted) sign_up.state = SignUpState::offered;
    } else if (booking->holds_seat()) {
        sign_up.state = SignUpState::confirmed;
        sign_up.slot = booking->slot;
        sign_up.place = 0;
    } else if (booking->waits()) {
        sign_up.state = SignUpState::waiting;
        sign_up.slot.clear();
        int place = 0;
        for (const Booking& each : shown.line) {
            if (each.schedule != booking->schedule || each.starts != booking->starts)
                continue;
            ++place;
            if (each.id == booking->id) sign_up.place = place;
        }
    } else if (held.state == SignUpState::called_off) {
        sign_up.state = SignUpState::asked;
    }
    if (sign_up.state == held.state && sign_up.place == held.place &&
        sign_up.slot == held.slot && sign_up.session == held.session &&
        sign_up.accept_by == held.accept_by)
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

/// All wait lists in one search: how long they are, for whoever thinks of joining.
Result<void> Tending::see_lines(Instant now) {
    lines_ = TRY(p_.server.lines(now - tuning::class_lasts_at_most,
                                 now + tuning::seats_seen_ahead));
    std::map<std::string, int> lengths;
    for (const Booking& each : lines_)
        if (each.waits())
            ++lengths[ClassSession{each.schedule, each.starts, each.ends}.key()];
    return p_.store.set_class_lines(lengths);
}

bool Tending::may_have_line(const std::string& schedule) const {
    return std::ranges::any_of(
        lines_, [&](const Booking& each) { return each.schedule == schedule; });
}

/// What the class is called and where it is: no Appointment may name it yet, so nothing
/// else brings it here.
Result<void> Tending::read_class(const std::string& schedule, Instant now) {
    auto& at = read_at_[schedule];
    if (now >= at && now < at + tuning::schedules_read_every) return {};
    at = now;
    const auto there = TRY(p_.server.schedule(schedule));
    if (!there) return {};
    auto batch = TRY(p_.store.begin(now));
    TRY(batch.put("Schedule", schedule, there->json));
    TRY(batch.commit());
    for (const std::string& actor : there->actors) {
        constexpr std::string_view type = "Location/";
        if (!actor.starts_with(type)) continue;
        const std::string id = actor.substr(type.size());
        if (TRY(p_.store.resource("Location", id))) continue;
        const auto place = TRY(p_.server.place(id));
        if (!place) continue;
        auto another = TRY(p_.store.begin(now));
        TRY(another.put("Location", id, *place));
        TRY(another.commit());
    }
    return {};
}

Result<Tending::Look> Tending::look_at(const std::string& schedule, Instant now,
                                       bool elected) {
    Look look;
    look.now = now;
    look.elected = elected;
    look.schedule = schedule;
    look.rule = class_rule(p_.site.classes, schedule);
    const Instant until =
        now + (elected ? std::chrono::milliseconds(tuning::seats_seen_ahead)
                       : std::chrono::milliseconds(tuning::leases_ahead));
    look.seats =
        TRY(p_.server.seats(schedule, now - tuning::class_lasts_at_most, until));
    auto& server = p_.server.server();
    look.theirs = server.server_time();
    for (const Seat& seat : look.seats) look.starts.insert(seat.session.starts);
    std::erase_if(look.seats, [&](const Seat& seat) {
        return !seat.counts() || seat.session.ends <= look.theirs;
    });
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
    return look;
}

Result<bool> Tending::tend(const std::string& schedule, Instant now, bool elected) {
    TRY(read_class(schedule, now));
    const Look look = TRY(look_at(schedule, now, elected));
    if (TRY(settle_leases(look))) return true;
    if (TRY(settle_holders(look))) return true;
    if (look.elected) {
        if (TRY(give_up_offer(look))) return true;
        if (TRY(release_no_show(look))) return true;
        if (may_have_line(schedule) && TRY(promote(look))) return true;
        if (now >= orphans_at_[schedule] ||
            now + tuning::orphan_seat_after < orphans_at_[schedule]) {
            if (TRY(check_holders(look))) return true;
            orphans_at_[schedule] = now + tuning::orphan_seat_after;
        }
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

Change Tending::told(const Look& look, const std::string& act, const Booking& booking,
                     const std::string& slot, const std::string& by) const {
    std::vector<std::string> targets = {"Appointment/" + booking.id};
    if (!slot.empty()) targets.push_back("Slot/" + slot);
    const SeatProvenance provenance{
        // An Appointment may be offered a seat more than once.
        .unit = unit_id(act + "|Appointment/" + booking.id + "|" + booking.version),
        .patient = {},
        .device = p_.device,
        .targets = std::move(targets),
        .recorded = look.theirs,
        .activity = "UPDATE",
        .act = act,
        .by = by};
    return {.method = "POST", .url = "Provenance", .resource = resource_of(provenance)};
}

}  // namespace foyer
