#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const Looking&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::timer);
    ui.heading("looking.title", {}, Heading::screen, Align::center);
    ui.lead("looking.lead", {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
