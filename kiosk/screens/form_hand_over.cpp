#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// The kiosk changes hands. Says nothing of what was asked before or comes next.
std::optional<Event> show(const FormHandOver& screen, Ui& ui) {
    check_in_steps(ui, screen.after, 3);
    ui.center_body();
    ui.big_icon(icon::people);
    const bool teen = screen.to_teen;
    ui.heading(teen ? "hand_over.to_teen" : "hand_over.to_guardian", {},
               Heading::screen, Align::center);
    ui.lead(teen ? "hand_over.to_teen_lead" : "hand_over.to_guardian_lead", {},
            Align::center);
    if (ui.primary(teen ? "hand_over.to_teen_button" : "hand_over.to_guardian_button",
                   icon::forward))
        return HandedOver{};
    return std::nullopt;
}

}  // namespace foyer
