#pragma once

#include <string>

#include "kiosk/lobby_screens.h"

namespace foyer {

/// Writes down that somebody is here without a visit, and tells the desk. Outcomes:
/// LobbyEntered, LobbyFailed.
struct EnterLobby {
    LobbyNeed need = LobbyNeed::see_someone;
    std::string topic{};
};
/// Writes down a guest and looks their code up; empty: they have none. Outcomes:
/// LobbyEntered, the same whatever was typed and a fixed time after the tap;
/// LobbyFailed.
struct EnterGuest {
    std::string name{}, code{};
};
/// Prints the call name. Outcomes: SlipPrinted, SlipFailed.
struct PrintTicket {
    CallName call_name{};
    Words waiting_place{};
};

}  // namespace foyer
