#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Says nothing of how to join: that is told in the room.
std::optional<Event> show(const PrivateRoom&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::door);
    ui.heading("room.title", {}, Heading::screen, Align::center);
    ui.lead("room.lead", {}, Align::center);
    {
        const auto row = ui.beside(320);
        if (ui.button("room.yes", Button::plain)) return RoomWanted{true};
        if (ui.button("room.no", Button::plain)) return RoomWanted{false};
    }
    return std::nullopt;
}

}  // namespace foyer
