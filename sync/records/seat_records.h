#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// One session of a class: the Slots of one Schedule with one start.
struct ClassSession {
    std::string schedule;  ///< FHIR id of the Schedule, without "Schedule/"
    Instant starts{}, ends{};
    /// "<schedule>@2026-11-24T22:00:00.000Z": names the session in acts and commands.
    std::string key() const;
    auto operator<=>(const ClassSession&) const = default;
};

/// A session and its seats, as far as known here.
struct SessionSeats {
    ClassSession session;
    std::string title;  ///< "Morning yoga", of the Schedule's service; may be empty
    std::string place;  ///< name of the Schedule's Location; may be empty
    int seats = 0;      ///< in all
    int free = 0;       ///< at the server, when it was last asked
    int leased = 0;     ///< of the others, those this kiosk may give away by itself
    int waiting = 0;    ///< on the wait list, when it was last asked
    /// Called off by the clinic (every seat `busy-unavailable`, or the Schedule not
    /// active): shown to who signed up, joined by nobody.
    bool cancelled = false;
    bool operator==(const SessionSeats&) const = default;
};

/// How a patient stands with a session.
enum class SignUpState {
    asked,       ///< queued; no seat is promised
    confirmed,   ///< a seat is theirs at the server, or by a lease or an offer held
    waiting,     ///< on the wait list
    offered,     ///< a seat is held for them until `accept_by`
    missed,      ///< the offer was not accepted in time; they may join again
    released,    ///< they had not come, and the seat was given away
    called_off,  ///< the session is off
    refused,     ///< the clinic said no
    left,        ///< given up by the patient
};
const char* name(SignUpState state);
std::optional<SignUpState> sign_up_state(std::string_view name);

/// One patient's wish to be in a session.
struct SignUp {
    std::string unit;      ///< of the act "sign-up|<session key>|Patient/<id>|<nth>"
    std::string patient;   ///< FHIR id
    ClassSession session;  ///< as it is now: a sign-up moves with its seat
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    SignUpState state = SignUpState::asked;
    std::string slot;         ///< FHIR id of the seat, once there is one
    std::string appointment;  ///< FHIR id at the server, once known
    int place = 0;            ///< on the wait list, from 1; 0: unknown
    int nth = 0;              ///< how often it was over here before
    bool told = true;         ///< the patient has seen this state
    bool here = false;        ///< asked for at the door: the patient is there
    /// Of an offer: until when the seat is held. Stays once it is accepted or missed.
    std::optional<Instant> accept_by = {};
    bool accepted = false;  ///< the patient said yes to the offer
    /// When the session was to start as the patient was last told, if that is no more.
    std::optional<Instant> moved_from = {};
};
/// Nothing comes of it any more: the patient may join again.
bool over(SignUpState state);

/// A seat this kiosk may give away without a network (Slot `busy-tentative` with our
/// name on it).
struct Lease {
    std::string slot;
    ClassSession session;
    std::string version;  ///< of the Slot as we hold it
    Instant expires{};
};

}  // namespace foyer
