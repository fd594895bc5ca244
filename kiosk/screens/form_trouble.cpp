#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// An answer could not be saved. Never "something went wrong": what is kept, and who
/// helps.
std::optional<Event> show(const FormTrouble& screen, Ui& ui) {
    check_in_steps(ui, screen.after, 3);
    ui.center_body();
    ui.big_icon(icon::person);
    ui.heading("form.trouble", {}, Heading::screen, Align::center);
    ui.lead("form.trouble_lead", {}, Align::center);
    where_the_desk_is(ui, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
