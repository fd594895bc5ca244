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
    int seats = 0;      ///< in all
    int free = 0;       ///< at the server, when it was last asked
    int leased = 0;     ///< of the others, those this kiosk may give away by itself
};

/// How a patient stands with a session.
enum class SignUpState {
    asked,      ///< queued; no seat is promised
    confirmed,  ///< a seat is theirs at the server, or by a lease held here
    waiting,    ///< on the wait list
    offered,    ///< from the wait list a seat became theirs; they do not know yet
    refused,    ///< the clinic said no, or the session is off
    left,       ///< given up by the patient
};
const char* name(SignUpState state);
std::optional<SignUpState> sign_up_state(std::string_view name);

/// One patient's wish to be in a session.
struct SignUp {
    std::string unit;     ///< of the act "sign-up|<session key>|Patient/<id>|<nth>"
    std::string patient;  ///< FHIR id
    ClassSession session;
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    SignUpState state = SignUpState::asked;
    std::string slot;         ///< FHIR id of the seat, once there is one
    std::string appointment;  ///< FHIR id at the server, once known
    int place = 0;            ///< on the wait list, from 1; 0: unknown
    int nth = 0;              ///< how often given up or refused here before
    bool told = true;         ///< the patient has seen this state
};

/// A seat this kiosk may give away without a network (Slot `busy-tentative` with our
/// name on it).
struct Lease {
    std::string slot;
    ClassSession session;
    std::string version;  ///< of the Slot as we hold it
    Instant expires{};
};

}  // namespace foyer
