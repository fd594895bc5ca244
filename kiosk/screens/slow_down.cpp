#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const SlowDown&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::timer);
    ui.heading("slow.title", {}, Heading::screen, Align::center);
    ui.lead("slow.lead", {}, Align::center);
    where_the_desk_is(ui, Align::center);
    if (ui.scene().seconds_left > 0)
        ui.small("slow.again", {{"n", std::to_string(ui.scene().seconds_left)}},
                 Align::center);
    return finish(ui);
}

}  // namespace foyer
