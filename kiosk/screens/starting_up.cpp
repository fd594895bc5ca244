#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const StartingUp&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::leaf);
    ui.heading("starting.title", {}, Heading::screen, Align::center);
    ui.lead("starting.lead", {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
