#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const LobbyWorking&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::timer);
    ui.heading("looking.title", {}, Heading::screen, Align::center);
    ui.lead("lobby.working", {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
