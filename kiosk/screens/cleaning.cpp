#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Nothing here can be tapped: the screen is being wiped.
std::optional<Event> show(const Cleaning&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::broom);
    ui.heading("cleaning.title", {}, Heading::screen, Align::center);
    ui.lead("cleaning.lead", {}, Align::center);
    ui.countdown(ui.scene().seconds_left);
    return std::nullopt;
}

}  // namespace foyer
