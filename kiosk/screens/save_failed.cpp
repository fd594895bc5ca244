#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const SaveFailed& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::person);
    ui.heading("save_failed.title", {}, Heading::screen, Align::center);
    ui.lead(screen.attendance ? "save_failed.attendance" : "save_failed.lead", {},
            Align::center);
    where_the_desk_is(ui, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
