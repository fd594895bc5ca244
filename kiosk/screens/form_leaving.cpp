#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Later, or not at all: said alike, because neither is a fault.
std::optional<Event> show(const FormLeaving& screen, Ui& ui) {
    check_in_steps(ui, screen.after, 3);
    ui.heading("form_leave.title");
    ui.lead("form_leave.lead");
    if (screen.required) ui.lead("form_leave.required");
    if (ui.tile("form_leave.later", icon::clock, "form_leave.later_hint"))
        return FormLater{};
    if (ui.tile("form_leave.refuse", icon::message, "form_leave.refuse_hint"))
        return FormRefused{};
    if (ui.back("form_leave.back")) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
