#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/attendance.h"
#include "sync/clinic/visit.h"
#include "sync/records/outbox.h"
#include "sync/records/seat_records.h"

namespace foyer {

/// Two truths about one thing: what was done here, and what the server says. Kept until
/// the window has passed it, also when a rule settled it; counted in `foyer status`.
struct Conflict {
    /// Of the same two sides the same: recorded once.
    std::string id;
    /// "visit-cancelled", "visit-moved", "visit-gone", "not-a-participant",
    /// "two-arrivals", "seat-taken", "lease-lost", "changed-meanwhile", ...
    std::string kind;
    Instant at{};
    std::string unit;     ///< the act on our side, may be empty
    std::string ours;     ///< JSON
    std::string theirs;   ///< JSON
    std::string settled;  ///< which rule settled it; empty: staff decides
    std::optional<Alias> visit, patient;
};

/// What became of one try to tell the server of a unit. All of it, and of the units
/// settled with it, is one transaction.
struct Settled {
    enum class How {
        acknowledged,  ///< the server has all of it: the unit goes from here
        later,         ///< to be tried again at `next_at`
        parked,        ///< the server will never take it as it is; staff decides
    };
    std::string unit;
    How how = How::later;
    Instant next_at{};
    std::string why = {};  ///< parked: the server's words; sealed, never logged
    std::vector<Conflict> conflicts = {};
    std::vector<Unit> follow_ups = {};  ///< a Task for the desk, mostly
    /// Of a sign-up: what it is now. Comes with `later` too (asked, still asked).
    std::optional<SignUp> sign_up = {};
};

/// An arrival that another device of the site says it took: over the LAN, or in the
/// Provenance that it wrote at the server.
struct ArrivalSeen {
    std::string unit;  ///< the act's id; of another arrival for the visit the same
    std::string appointment, patient;  ///< FHIR ids
    CheckIn check_in;
    // Where people sign in (takes_attendance()), how they did.
    int device = -1;  ///< -1: not said
    AttendanceMethod method = AttendanceMethod::name;
    bool attested = false;
    bool by_hand = false;
};
/// That a visit has begun, as the clinic's Encounter says.
struct BegunVisit {
    std::string appointment, patient;  ///< FHIR ids
    std::optional<Instant> arrived;    ///< as the clinic wrote it down
    Instant begun{};
    /// The Encounter's history says when it began. Else `begun` is the start of its
    /// period, which some write when the patient arrives.
    bool from_history = false;
};

/// Conflict::id of two arrivals for one visit, whichever way they came to be known.
std::string two_arrivals_id(std::string_view unit, Instant one, Instant other);

/// A unit the server refused.
struct ParkedUnit {
    Unit unit;
    Instant parked{};
    std::string why;
};

/// A resource of the server that is held here, as far as asking again needs to know.
struct Known {
    std::string type, id;
    std::string version;  ///< meta.versionId, opaque; may be empty
    Instant read{};       ///< when the server last showed it to us
};

/// For `foyer status` and `foyer doctor`.
struct WaitingUnit {
    std::string id;
    Lane lane{};
    Instant at{};
    int attempts = 0;
    Instant next_at{};
    bool parked = false;
    std::string act;  ///< "check-in", "form", ...
    std::string why;  ///< parked: the server's words
};

}  // namespace foyer
