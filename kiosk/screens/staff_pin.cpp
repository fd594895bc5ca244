#include "kiosk/screens/screens.h"

namespace foyer {

std::optional<Event> show(const StaffPin& screen, Ui& ui) {
    ui.heading("staff.pin_title");
    const auto text = ui.field("staff.pin", screen.digits,
                               {.kind = FieldKind::digits, .max = 12, .hidden = true});
    if (screen.wrong) ui.problem("staff.pin_wrong");

    if (text) return DigitsEdited{*text};
    if (ui.submitted()) return DigitsDone{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
