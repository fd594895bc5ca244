#include <algorithm>

#include "sync/clinic/site_time.h"
#include "sync/fhir/raw_json.h"
#include "sync/seats/sending.h"

namespace foyer {

namespace {

constexpr int rounds = 4;

/// A patient's yes to an offer, on its way.
class AcceptanceSender {
public:
    explicit AcceptanceSender(Sending sending) : s_(std::move(sending)) {}
    Result<Settled> send();

private:
    using Outcome = SeatServer::Outcome;

    Result<std::optional<Booking>> booking();
    Result<Outcome> say_yes(const Booking& booking);
    bool in_time(const Booking& booking) const;
    Result<Outcome> make_good(const Booking& booking);
    Settled now(SignUpState state, const Booking* booking) const;
    Settled lost(const Booking* booking, const char* theirs, SignUpState state);
    void note(const char* kind, const char* theirs, const char* settled_by);

    Sending s_;
    SignUp held_;
    std::vector<Conflict> conflicts_;
};

/// As it is now: a search hit may be older than its version.
Result<std::optional<Booking>> AcceptanceSender::booking() {
    std::string id = s_.act.appointment;
    if (id.empty()) {
        const auto found = TRY(s_.server.booking_of(s_.act.sign_up));
        if (!found) return {std::nullopt};
        id = found->id;
    }
    return s_.server.booking(id);
}

Settled AcceptanceSender::now(SignUpState state, const Booking* booking) const {
    Settled settled = s_.acknowledged();
    SignUp sign_up = held_;
    sign_up.state = state;
    sign_up.accepted = true;
    sign_up.told = held_.told && state == held_.state;
    sign_up.place = 0;
    if (booking) {
        sign_up.appointment = booking->id;
        sign_up.slot = booking->slot;
    }
    settled.sign_up = std::move(sign_up);
    settled.conflicts = conflicts_;
    return settled;
}

void AcceptanceSender::note(const char* kind, const char* theirs,
                            const char* settled_by) {
    conflicts_ = {
        s_.conflict(kind, json_text("accepted"), json_text(theirs), settled_by)};
}

Settled AcceptanceSender::lost(const Booking* booking, const char* theirs,
                               SignUpState state) {
    note("offer-lost", theirs, "clinic-decides");
    return now(state, booking);
}

Result<SeatServer::Outcome> AcceptanceSender::say_yes(const Booking& booking) {
    const auto booked = TRY(changing(booking, accepted(booking)));
    return s_.server.change(
        {booked, s_.provenance({"Appointment/" + booking.id, "Slot/" + booking.slot},
                               s_.act.at, "UPDATE", s_.unit.id)});
}

/// Said while the seat was held, by a clock that can be relied on: only the way to us
/// was too long.
bool AcceptanceSender::in_time(const Booking& booking) const {
    const auto until =
        booking.offer ? std::optional(booking.offer->until) : s_.act.accept_by;
    return s_.act.clock == ClockQuality::trusted && until && s_.act.at < *until &&
           booking.starts > s_.server.server().server_time();
}

/// The seat is another's by now. A free one at once; else the old place in the line,
/// and the next free one without another question.
Result<SeatServer::Outcome> AcceptanceSender::make_good(const Booking& booking) {
    Booking again = booking;
    again.json = TRY(put_back(booking));
    ClassSession session = s_.act.session;
    session.starts = booking.starts;
    const auto seats = TRY(s_.server.seats(session));
    const auto free = std::ranges::find_if(seats, &Seat::free);
    std::vector<Change> changes;
    std::vector<std::string> targets = {"Appointment/" + booking.id};
    if (free != seats.end()) {
        if (const auto seat = TRY(s_.server.seat(free->id)); seat && seat->free()) {
            changes = {TRY(taking(*seat)), TRY(seating(again, seat->id))};
            targets.push_back("Slot/" + seat->id);
        }
    }
    if (changes.empty()) changes = {TRY(changing(booking, again.json))};
    changes.push_back(
        s_.provenance(std::move(targets), s_.act.at, "UPDATE", s_.unit.id));
    return s_.server.change(changes);
}

Result<Settled> AcceptanceSender::send() {
    if (auto held = TRY(s_.store.sign_up(s_.act.sign_up))) held_ = *std::move(held);
    held_.unit = s_.act.sign_up;
    held_.patient = s_.act.patient;
    if (held_.session.schedule.empty()) held_.session = s_.act.session;

    for (int round = 0; round < rounds; ++round) {
        const auto there = TRY(booking());
        if (!there) return lost(nullptr, "gone", SignUpState::refused);
        if (there->offer && there->offer->accepted)
            note("offer-lost", "missed", there->holds_seat() ? "next-free-seat" : "");
        Outcome outcome = Outcome::lost;
        if (there->offered()) {
            outcome = TRY(say_yes(*there));
        } else if (there->holds_seat()) {
            return now(SignUpState::confirmed, &*there);
        } else if (there->waits()) {
            return now(SignUpState::waiting, &*there);
        } else if (there->left) {
            return now(SignUpState::left, &*there);
        } else if (there->missed && in_time(*there)) {
            outcome = TRY(make_good(*there));
        } else if (there->missed) {
            note("offer-ended", "missed", "accepted-too-late");
            return now(SignUpState::missed, &*there);
        } else {
            return lost(&*there, there->status.c_str(), SignUpState::refused);
        }
        // What came of it is read back before anything is said.
        if (outcome == Outcome::refused) return s_.parked();
        if (outcome == Outcome::unknown) return s_.later();
    }
    return s_.later();
}

}  // namespace

Result<Settled> send_acceptance(Sending sending) {
    return AcceptanceSender(std::move(sending)).send();
}

}  // namespace foyer
