#include "kiosk/screens/screens.h"

namespace foyer {

/// The opaque cover: nothing of the screen beneath is in this tree.
std::optional<Event> show(const StillThere&, Ui& ui) {
    ui.cover();
    const auto card = ui.card(64);
    ui.heading("still.title", {}, Heading::screen, Align::center);
    ui.lead("still.lead", {}, Align::center);
    ui.countdown(ui.scene().seconds_left);
    if (ui.button("still.stay", Button::primary)) return StayTapped{};
    if (ui.button("still.finished", Button::quiet)) return Finished{};
    if (ui.button("footer.help", Button::clay_soft)) return HelpTapped{};
    return std::nullopt;
}

}  // namespace foyer
