#include "sync/clinic/site_time.h"
#include "sync/fhir/raw_json.h"
#include "sync/seats/sending.h"

namespace foyer {

namespace {

constexpr int rounds = 4;
constexpr int most_times = 20;

/// The Appointment that is to be given up: that of the sign-up, or of a later one of
/// the same patient that was made before this. None if all are over.
Result<std::optional<Booking>> what_is_left(Sending& s) {
    for (int nth = s.act.nth; nth - s.act.nth <= most_times; ++nth) {
        const std::string unit =
            nth == s.act.nth ? s.act.sign_up : sign_up_unit(s.act, nth);
        const auto booking = TRY(s.server.booking_of(unit));
        if (!booking) break;
        if (booking->over()) continue;
        if (nth > s.act.nth && booking->asked && booking->asked->at > s.act.at) break;
        return s.server.booking(booking->id);
    }
    return std::optional<Booking>();
}

/// The seat, if it is this Appointment's to give back.
Result<std::optional<Seat>> seat_of(Sending& s, const Booking& booking) {
    if (booking.slot.empty()) return std::optional<Seat>();
    auto seat = TRY(s.server.seat(booking.slot));
    if (seat && seat->status != "busy") seat.reset();
    return seat;
}

}  // namespace

Result<Settled> send_leaving(Sending s) {
    using Outcome = SeatServer::Outcome;
    for (int round = 0; round < rounds; ++round) {
        const auto booking = TRY(what_is_left(s));
        if (!booking) return s.acknowledged();
        if (booking->status != "booked" && booking->status != "waitlist" &&
            booking->status != "proposed" && booking->status != "pending") {
            // Whoever is here, or was, has not given up the seat.
            Settled settled = s.acknowledged();
            settled.conflicts = {s.conflict("left-after-arrival", json_text("left"),
                                            json_text(booking->status), "")};
            return settled;
        }
        const auto seat = TRY(seat_of(s, *booking));
        std::vector<Change> changes = {{.method = "PUT",
                                        .url = "Appointment/" + booking->id,
                                        .resource = TRY(given_up(*booking, s.act.at)),
                                        .if_match = booking->version}};
        std::vector<std::string> targets = {"Appointment/" + booking->id};
        if (seat) {
            changes.push_back(TRY(freeing(*seat)));
            targets.push_back("Slot/" + seat->id);
        }
        changes.push_back(
            s.provenance(std::move(targets), s.act.at, "UPDATE", s.unit.id));
        switch (TRY(s.server.change(changes))) {
            case Outcome::done:
                return s.acknowledged();
            case Outcome::lost:
                continue;
            case Outcome::refused:
                return s.parked();
            case Outcome::unknown:
                return s.later();
        }
    }
    return s.later();
}

}  // namespace foyer
