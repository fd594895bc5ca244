#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const SavingAttendance&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::timer);
    ui.heading("saving.title", {}, Heading::screen, Align::center);
    ui.lead("saving.lead", {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
