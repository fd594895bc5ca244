#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// What somebody is in the lobby for who did not check in: nobody knows who they are
/// (domain.md W7, W9, W15).
enum class LobbyNeed {
    see_someone,
    question,
    case_management,  ///< drop-in: a queue
    guest,            ///< here with a patient
};
/// "see-someone", "question", "case-management", "guest": in units, Tasks and `foyer
/// queue`.
const char* code(LobbyNeed need);
std::optional<LobbyNeed> lobby_need(std::string_view text);

/// Somebody who says that they came with a patient (clinic/guest_code.h). The kiosk
/// tells them nothing of all this.
struct GuestArrival {
    std::string name = {};  ///< their own, as they typed it
    enum class Code {
        none,         ///< "I have no code"
        fits,         ///< a visit of today
        wrong,        ///< no visit held here
        not_checked,  ///< too many wrong ones were typed at this kiosk
    } code = Code::none;
    std::optional<Alias> visit = {};     ///< that it fits
    bool release = false;                ///< the patient's release is on file
    std::vector<std::string> whom = {};  ///< who may be told, as the release says
};
/// "none", "fits", "wrong", "not-checked".
const char* code(GuestArrival::Code code);

/// Somebody comes in without a visit of their own.
struct LobbyArrival {
    LobbyNeed need = LobbyNeed::see_someone;
    /// Of case management, if they said: "papers", "housing", "rides", "other".
    std::string topic = {};
    std::optional<GuestArrival> guest = {};  ///< of a guest
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
};

/// One who waits, by the name they are called by.
struct LobbyEntry {
    std::string unit{};  ///< of the desk's Task; empty when it was heard without it
    CallName call_name{};
    LobbyNeed need = LobbyNeed::see_someone;
    std::string topic{};
    Instant since{};
    ClockQuality clock = ClockQuality::trusted;
    int device = 0;       ///< where they came in
    bool called = false;  ///< by the desk, as far as is known here
    // Of guests; what came over the site's network lacks the name.
    std::string guest{}, guest_code{};
    std::string appointment{}, patient{};  ///< FHIR ids, where the code fits
    bool release = false;                  ///< was on file when they came in
};

}  // namespace foyer
