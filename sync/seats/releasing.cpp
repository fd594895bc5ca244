#include <algorithm>

#include "sync/seats/tending.h"
#include "sync/tuning.h"

/// Seats of who did not come (sync.md decision 6).
namespace foyer {

/// Up to when everything that happened at the site's kiosks is at the server; none if
/// that is not known of one of them.
Result<std::optional<Instant>> Tending::site_synced(Instant now) {
    if (!TRY(p_.store.nothing_waits(Lane::sign_ups))) return std::optional<Instant>();
    const auto is_kiosk = [](const LanSettings::Peer& peer) {
        return peer.role == LanSettings::Peer::Role::kiosk;
    };
    if (std::ranges::none_of(p_.site.lan.peers, is_kiosk)) return std::optional(now);
    const auto peers = p_.peers_synced ? p_.peers_synced() : std::nullopt;
    if (!peers) return std::optional<Instant>();
    return std::optional(std::min(now, *peers));
}

/// So long after the start a seat whose owner has not come is free again. They may have
/// come at any kiosk: each must have told the server of everything since then.
Result<bool> Tending::release_no_show(const Look& look) {
    if (look.rule.release_after <= std::chrono::minutes(0) || !look.trusted)
        return false;
    const auto due = [&](const Seat& seat, Instant by) {
        return seat.status == "busy" &&
               seat.session.starts + look.rule.release_after < by;
    };
    if (std::ranges::none_of(look.seats,
                             [&](const Seat& seat) { return due(seat, look.theirs); }))
        return false;
    const auto synced = TRY(site_synced(look.theirs));
    if (!synced) return false;
    std::vector<std::string> seats;
    for (const Seat& seat : look.seats)
        if (due(seat, *synced)) seats.push_back(seat.id);
    if (seats.empty()) return false;
    const auto holders = p_.server.on_seats(seats);
    if (!holders && holders.error().code == Error::Code::bad_input) return false;
    for (const Booking& each : TRY(holders))
        if (each.status == "booked" && TRY(release(look, each, {})) == Released::done)
            return true;
    return false;
}

/// Whatever says that the patient is here is looked for first: in our records, which
/// hear of the other kiosks', and at the server.
Result<Tending::Released> Tending::release(const Look& look, const Booking& booking,
                                           const std::string& by) {
    if (!TRY(p_.store.checked_in(booking.id)).empty()) return Released::here;
    const auto fresh = TRY(p_.server.booking(booking.id));
    if (!fresh) return Released::lost;
    if (TRY(p_.server.has_come(*fresh))) return Released::here;
    if (fresh->status != "booked") return Released::lost;
    const auto seat = TRY(p_.server.seat(fresh->slot));
    std::vector<Change> changes = {
        TRY(changing(*fresh, released(*fresh, look.theirs)))};
    if (seat && seat->status == "busy") changes.push_back(TRY(freeing(*seat)));
    changes.push_back(told(look, "no-show-release", *fresh, fresh->slot, by));
    const auto outcome = TRY(p_.server.change(changes));
    return outcome == SeatServer::Outcome::done ? Released::done : Released::lost;
}

Result<int> Tending::release(const ClassSession& session, const std::string& patient,
                             const std::string& by) {
    const Instant now = p_.server.server().server_time();
    const Look look = TRY(look_at(session.schedule, now, true));
    std::vector<std::string> seats;
    for (const Seat& seat : look.seats)
        if (seat.status == "busy" && seat.session.starts == session.starts)
            seats.push_back(seat.id);
    if (seats.empty()) return 0;
    const auto holders = TRY(p_.server.on_seats(seats));
    int done = 0;
    for (const Booking& each : holders) {
        if (each.status != "booked" || (!patient.empty() && each.patient != patient))
            continue;
        if (TRY(release(look, each, by)) == Released::done) ++done;
    }
    return done;
}

}  // namespace foyer
