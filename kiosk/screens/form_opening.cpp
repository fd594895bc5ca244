#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const FormOpening& screen, Ui& ui) {
    check_in_steps(ui, screen.after, 3);
    ui.center_body();
    ui.big_icon(icon::timer);
    ui.heading("form.opening", {}, Heading::screen, Align::center);
    ui.lead("form.opening_lead", {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
