#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const Paused&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::pause);
    ui.heading("paused.title", {}, Heading::hero, Align::center);
    ui.lead("paused.lead", {}, Align::center);
    where_the_desk_is(ui, Align::center);
    return std::nullopt;
}

}  // namespace foyer
