#pragma once

#include <string>

#include "kiosk/lobby_screens.h"

namespace foyer {

// --- what the visitor does -----------------------------------------------------------

struct TopicChosen {
    std::string topic{};  ///< LobbyArrival::topic; empty: would rather not say
};

struct GuestEdited {
    std::string name{}, code{};
};
struct GuestDone {};
struct GuardianAnswered {
    bool here = false;
};
struct RoomWanted {
    bool yes = false;
};
struct GuestWithoutCode {};

// --- what an effect came to ----------------------------------------------------------

/// Written down; see InLobby.
struct LobbyEntered {
    LobbyNeed need = LobbyNeed::see_someone;
    CallName call_name{};
    std::optional<int> before{};
    Words waiting_place{};
};
struct LobbyFailed {};

}  // namespace foyer
