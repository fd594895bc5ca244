#include <algorithm>
#include <functional>

#include "sync/clinic/site_time.h"
#include "sync/fhir/raw_json.h"
#include "sync/seats/sending.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

/// How often all free seats are gone through before the unit is put off: whoever loses
/// that often is one of very many, and the seats will be gone.
constexpr int rounds = 4;
/// How often one patient signs up for one session again, as seen from the server.
constexpr int most_times = 20;

/// One sign-up on its way to a seat, to the wait list, or to an answer why not.
class SignUpSender {
public:
    explicit SignUpSender(Sending sending) : s_(std::move(sending)) {}
    Result<Settled> send();

private:
    using Outcome = SeatServer::Outcome;

    Result<std::optional<Booking>> find_anchor();
    Result<Settled> found(const Booking& booking);
    Result<Settled> found_offered(const Booking& booking);
    Result<Settled> found_waiting(const Booking& booking);
    Result<Settled> propose();
    Result<std::optional<Settled>> take(const std::string& slot);
    Result<Settled> take_or_wait();
    Result<Settled> wait_list();
    Result<Settled> read_back(const std::string& slot);
    Result<void> give_back(const std::string& slot);
    Result<void> put_forward(const Booking& booking);

    Settled now(SignUpState state, const Booking* booking = nullptr) const;
    Settled off(const char* kind);
    AskedAt asked() const;
    NewBooking wanted(const char* status, std::string slot = {}) const;
    std::vector<Change> booking_changes(const NewBooking& booking) const;

    Sending s_;
    SignUp held_;       ///< as the records have it
    std::string unit_;  ///< of the Appointment: ours, or that of a later sign-up
    ClassSchedule schedule_;
    std::vector<Conflict> conflicts_;
    bool promised_ = false;  ///< the patient was told "confirmed" here
};

std::string session_json(const ClassAct& act, const char* what) {
    return "{\"session\":" + json_text(act.session.key()) +
           ",\"sign_up\":" + json_text(what) + "}";
}

Result<Settled> SignUpSender::send() {
    if (auto held = TRY(s_.store.sign_up(s_.unit.id))) held_ = *std::move(held);
    held_.unit = s_.unit.id;
    held_.patient = s_.act.patient;
    held_.session = s_.act.session;
    held_.at = s_.act.at;
    held_.clock = s_.act.clock;
    promised_ = !s_.act.leased.empty();

    if (const auto booking = TRY(find_anchor())) return found(*booking);
    if (!s_.abilities.takes("Appointment")) {
        Settled settled = s_.parked();
        settled.why = "the server takes no Appointment";
        return settled;
    }
    if (!s_.abilities.can_confirm_seats() || !s_.abilities.takes("Slot"))
        return propose();

    if (auto schedule = TRY(s_.server.schedule(s_.act.session.schedule)))
        schedule_ = *std::move(schedule);
    if (!schedule_.active) return off("session-off");
    if (promised_) {
        if (auto settled = TRY(take(s_.act.leased))) return *std::move(settled);
    } else if (s_.act.session.ends <= s_.server.server().server_time()) {
        return off("session-over");
    }
    return take_or_wait();
}

/// Whether the whole act is at the server already. What the patient gave up before they
/// asked, at whichever kiosk, was another act: this one then is the next.
Result<std::optional<Booking>> SignUpSender::find_anchor() {
    for (int nth = s_.act.nth;; ++nth) {
        unit_ = nth == s_.act.nth ? s_.unit.id : sign_up_unit(s_.act, nth);
        auto booking = TRY(s_.server.booking_of(unit_));
        const bool earlier = booking && booking->over() && booking->ended() &&
                             *booking->ended() < s_.act.at;
        if (!earlier || nth - s_.act.nth == most_times) return booking;
    }
}

Settled SignUpSender::now(SignUpState state, const Booking* booking) const {
    Settled settled = s_.acknowledged();
    SignUp sign_up = held_;
    sign_up.state = state;
    if (booking) {
        sign_up.appointment = booking->id;
        sign_up.slot = booking->slot;
        if (booking->offer) sign_up.accept_by = booking->offer->until;
    }
    if (state != SignUpState::waiting) sign_up.place = 0;
    sign_up.told = held_.told && state == held_.state;
    settled.sign_up = std::move(sign_up);
    settled.conflicts = conflicts_;
    return settled;
}

/// The clinic's word counts; what the kiosk did stays on record beside it.
Settled SignUpSender::off(const char* kind) {
    conflicts_.push_back(
        s_.conflict(kind, session_json(s_.act, promised_ ? "confirmed" : "asked"),
                    session_json(s_.act, kind), promised_ ? "" : "clinic-decides"));
    return now(std::string_view(kind) == "session-over" ? SignUpState::refused
                                                        : SignUpState::called_off);
}

AskedAt SignUpSender::asked() const {
    AskedAt asked{s_.act.at, s_.act.clock, s_.act.at, s_.act.here};
    auto& server = s_.server.server();
    const Instant theirs = server.server_time();
    const auto drift = server.drift().value_or(std::chrono::milliseconds(0));
    // A clock that nobody trusts, or that runs ahead, puts nobody in front.
    if (asked.clock != ClockQuality::trusted)
        asked.order = theirs;
    else if (std::chrono::abs(drift) > tuning::drift_alarm)
        asked.order = std::min(asked.at + drift, theirs);
    return asked;
}

NewBooking SignUpSender::wanted(const char* status, std::string slot) const {
    return {.unit = unit_,
            .patient = s_.act.patient,
            .status = status,
            .slot = std::move(slot),
            .session = s_.act.session,
            .asked = asked(),
            .schedule = schedule_};
}

std::vector<Change> SignUpSender::booking_changes(const NewBooking& booking) const {
    const std::string address = "urn:uuid:" + unit_;
    std::vector<std::string> targets = {address};
    if (!booking.slot.empty()) targets.push_back("Slot/" + booking.slot);
    return {{.method = "POST",
             .url = "Appointment",
             .resource = resource_of(booking),
             .if_none_exist = "identifier=" + op_token(unit_, "appointment"),
             .full_url = address},
            s_.provenance(std::move(targets), s_.act.at, "CREATE", unit_)};
}

// --- what the server has already
// -----------------------------------------------------------

Result<Settled> SignUpSender::found(const Booking& booking) {
    if (booking.asked && booking.asked->at != s_.act.at)
        conflicts_.push_back(s_.conflict(
            "two-sign-ups", json_text(format_instant(s_.act.at)),
            json_text(format_instant(booking.asked->at)), "earliest-asking-time"));
    if (booking.offered()) return found_offered(booking);
    if (booking.holds_seat()) {
        if (promised_ && booking.slot != s_.act.leased) TRY(give_back(s_.act.leased));
        return now(SignUpState::confirmed, &booking);
    }
    if (booking.waits()) return found_waiting(booking);
    if (!booking.over()) return now(SignUpState::asked, &booking);  // proposed
    if (booking.left) return now(SignUpState::left, &booking);
    if (booking.missed) return now(SignUpState::missed, &booking);
    if (booking.released) return now(SignUpState::released, &booking);
    conflicts_.push_back(s_.conflict("sign-up-cancelled",
                                     session_json(s_.act, name(held_.state)),
                                     session_json(s_.act, booking.status.c_str()),
                                     promised_ ? "" : "clinic-decides"));
    return now(SignUpState::refused, &booking);
}

/// Offered a seat meanwhile. Whoever was promised one here has said yes to it.
Result<Settled> SignUpSender::found_offered(const Booking& booking) {
    if (!promised_) return now(SignUpState::offered, &booking);
    const auto fresh = TRY(s_.server.booking(booking.id));
    if (fresh && fresh->offered()) {
        const auto yes = TRY(accepted(*fresh));
        TRY(s_.server.put(*fresh, yes));
    }
    // Read again at the next try: what came of it is then found.
    return s_.later();
}

/// On the wait list, by this kiosk or another.
Result<Settled> SignUpSender::found_waiting(const Booking& booking) {
    if (promised_) {
        const auto seat = TRY(s_.server.seat(s_.act.leased));
        const auto fresh = TRY(s_.server.booking(booking.id));
        if (seat && seat->lent_to(s_.device) && fresh && fresh->waits()) {
            const auto busy = TRY(taking(*seat));
            const auto booked = TRY(seating(*fresh, seat->id));
            const auto outcome = TRY(s_.server.change({busy, booked}));
            if (outcome == Outcome::done) return read_back(seat->id);
            return s_.later();
        }
        conflicts_.push_back(s_.conflict("lease-lost",
                                         session_json(s_.act, "confirmed"),
                                         session_json(s_.act, "waiting"), ""));
    }
    TRY(put_forward(booking));
    Settled settled = now(SignUpState::waiting, &booking);
    const auto line = TRY(s_.server.waiting(s_.act.session));
    const auto place = std::ranges::find(line, booking.id, &Booking::id);
    if (place != line.end()) settled.sign_up->place = int(place - line.begin()) + 1;
    return settled;
}

/// Two kiosks did one act: the earlier trusted time counts. Lost to somebody else who
/// changes the Appointment just now: so be it, they gave or took a seat.
Result<void> SignUpSender::put_forward(const Booking& booking) {
    const AskedAt ours = asked();
    if (ours.clock != ClockQuality::trusted || !booking.asked ||
        booking.asked->order <= ours.order)
        return {};
    const auto fresh = TRY(s_.server.booking(booking.id));
    if (!fresh || !fresh->waits()) return {};
    const auto earlier = TRY(asked_earlier(*fresh, ours));
    TRY(s_.server.put(*fresh, earlier));
    return {};
}

// --- what it is to have
// --------------------------------------------------------------------

/// The server cannot promise: staff decides.
Result<Settled> SignUpSender::propose() {
    const auto outcome =
        TRY(s_.server.create(resource_of(wanted("proposed")),
                             "identifier=" + op_token(unit_, "appointment")));
    if (outcome == Outcome::refused) return s_.parked();
    if (outcome == Outcome::unknown) return s_.later();
    const auto booking = TRY(find_anchor());
    if (!booking) return s_.later();
    if (promised_)
        conflicts_.push_back(s_.conflict("lease-lost",
                                         session_json(s_.act, "confirmed"),
                                         session_json(s_.act, "proposed"), ""));
    return now(SignUpState::asked, &*booking);
}

Result<Settled> SignUpSender::take_or_wait() {
    for (int round = 0; round < rounds; ++round) {
        const auto seats = TRY(s_.server.seats(s_.act.session));
        if (std::ranges::none_of(seats, &Seat::counts))
            return off(seats.empty() ? "session-gone" : "session-off");
        std::vector<std::string> free;
        for (const Seat& seat : seats)
            if (seat.free()) free.push_back(seat.id);
        // A seat that came free belongs to whoever waits for one; once the class has
        // begun, to whoever is at the door.
        auto line = TRY(s_.server.waiting(s_.act.session));
        if (s_.act.session.starts <= s_.server.server().server_time())
            std::erase_if(line, [](const Booking& booking) {
                return !booking.asked || !booking.asked->here;
            });
        if (line.size() >= free.size()) return wait_list();

        // Everybody begins at another seat.
        const std::size_t from = std::hash<std::string>()(unit_) % free.size();
        std::ranges::rotate(free, free.begin() + std::ptrdiff_t(from));
        for (const std::string& slot : free)
            if (auto settled = TRY(take(slot))) return *std::move(settled);
    }
    return s_.later();
}

/// One seat; none if it was somebody else's by now.
Result<std::optional<Settled>> SignUpSender::take(const std::string& slot) {
    const auto seat = TRY(s_.server.seat(slot));
    if (!seat || !(seat->free() || seat->lent_to(s_.device)))
        return std::optional<Settled>();
    std::vector<Change> changes = {TRY(taking(*seat))};
    std::ranges::move(booking_changes(wanted("booked", slot)),
                      std::back_inserter(changes));
    switch (TRY(s_.server.change(changes))) {
        case Outcome::done:
            return std::optional(TRY(read_back(slot)));
        case Outcome::refused:
            return std::optional(s_.parked());
        case Outcome::unknown:
            return std::optional(s_.later());
        case Outcome::lost:
            break;
    }
    // Somebody took the seat, or this very act was carried out before: a try whose
    // answer was lost, or the same act from another kiosk.
    if (const auto booking = TRY(find_anchor()))
        return std::optional(TRY(found(*booking)));
    return std::optional<Settled>();
}

/// "Confirmed" is only said of what the server shows.
Result<Settled> SignUpSender::read_back(const std::string& slot) {
    const auto booking = TRY(find_anchor());
    if (!booking) return s_.later();
    // Another kiosk made the same Appointment in the same moment, with another seat.
    if (booking->slot != slot) TRY(give_back(slot));
    if (!booking->holds_seat()) return found(*booking);
    return now(SignUpState::confirmed, &*booking);
}

/// A seat that this act took or was lent, and does not need. What fails here is made up
/// for by tending: nobody's Appointment names it.
Result<void> SignUpSender::give_back(const std::string& slot) {
    const auto seat = TRY(s_.server.seat(slot));
    if (!seat || !(seat->status == "busy" || seat->lent_to(s_.device))) return {};
    const auto users = TRY(s_.server.on_seats({slot}));
    if (std::ranges::any_of(users, &Booking::holds_seat)) return {};
    const auto again_free = TRY(freed(*seat));
    TRY(s_.server.put(*seat, again_free));
    return {};
}

Result<Settled> SignUpSender::wait_list() {
    if (promised_)
        conflicts_.push_back(s_.conflict("lease-lost",
                                         session_json(s_.act, "confirmed"),
                                         session_json(s_.act, "waiting"), ""));
    switch (TRY(s_.server.change(booking_changes(wanted("waitlist"))))) {
        case Outcome::done:
        case Outcome::lost:
            break;
        case Outcome::refused:
            return s_.parked();
        case Outcome::unknown:
            return s_.later();
    }
    const auto booking = TRY(find_anchor());
    if (!booking) return s_.later();
    promised_ = false;  // said above
    return found(*booking);
}

}  // namespace

Result<Settled> send_sign_up(Sending sending) {
    return SignUpSender(std::move(sending)).send();
}

}  // namespace foyer
