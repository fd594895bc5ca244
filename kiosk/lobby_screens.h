#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sync/clinic/site.h"
#include "sync/clinic/visit.h"
#include "sync/records/lobby_records.h"

namespace foyer {

/// Drop-in: "What is it about?", which nobody has to say.
struct DropInTopic {};

/// "I'm here with someone": the guest's own name and the code that the patient gave
/// them, as typed so far. Nothing is ever said of the patient.
struct GuestAsked {
    std::string name{}, code{};
    enum class Problem { none, name_missing, code_missing } problem = Problem::none;
};

struct Screen;
using Before = std::shared_ptr<const Screen>;

/// After the check-in to a visit by video: "Would you like a private room?"
struct PrivateRoom {
    Before after{};
    Alias patient{}, visit{};
};

/// A moment's work: it is being written down that somebody is here.
struct LobbyWorking {};

/// Somebody without a visit of their own is written down, and waits under this name.
struct InLobby {
    LobbyNeed need = LobbyNeed::see_someone;
    CallName call_name{};
    std::optional<int> before{};  ///< how many wait before them; none: no queue
    Words waiting_place{};
    enum class Ticket { none, busy, printed, failed } ticket = Ticket::none;
};

}  // namespace foyer
