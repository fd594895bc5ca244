#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const KioskTrouble& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::wrench);
    ui.heading("trouble.title", {}, Heading::screen, Align::center);
    ui.lead("trouble.lead", {}, Align::center);
    where_the_desk_is(ui, Align::center);
    // For whoever is called to mend it; docs/troubleshooting.md explains each.
    ui.small("trouble.code", {{"code", name(screen.code)}}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
