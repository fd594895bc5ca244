#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Nobody was checked in by filling in forms: said, so that nobody waits in vain.
std::optional<Event> show(const MyFormsOver&, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::check);
    ui.heading("my_forms.over", {}, Heading::screen, Align::center);
    ui.lead("my_forms.over_lead", {}, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
