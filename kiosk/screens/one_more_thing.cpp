#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const OneMoreThing& screen, Ui& ui) {
    if (screen.purpose == Purpose::check_in) ui.steps(1, 4);
    ui.heading("one_more.title");
    ui.lead("one_more.lead");
    const auto text = ui.field("one_more.digits", screen.digits,
                               {.kind = FieldKind::digits, .max = 4});
    ui.spare_next();
    ui.note(icon::lock, "identify.private");

    if (text) return DigitsEdited{*text};
    if (ui.submitted()) return DigitsDone{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
