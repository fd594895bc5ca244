#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Both are right answers; the check-in goes on either way.
std::optional<Event> show(const GuardianAsked&, Ui& ui) {
    ui.steps(3, 4);
    ui.heading("guardian.title");
    ui.lead("guardian.lead");
    if (ui.button("guardian.yes", Button::plain, icon::people))
        return GuardianAnswered{true};
    if (ui.button("guardian.no", Button::plain, icon::person))
        return GuardianAnswered{false};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
