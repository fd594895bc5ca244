#include "kiosk/screens/screens.h"

namespace foyer {

namespace {

void ask(Ui& ui) {
    ui.heading("still.title", {}, Heading::screen, Align::center);
    ui.lead("still.lead", {}, Align::center);
    ui.countdown(ui.scene().seconds_left);
}

std::optional<Event> answer(Ui& ui) {
    if (ui.button("still.stay", Button::primary)) return StayTapped{};
    if (ui.button("still.finished", Button::quiet)) return Finished{};
    if (ui.button("footer.help", Button::clay_soft)) return HelpTapped{};
    return std::nullopt;
}

}  // namespace

/// The opaque cover: nothing of the screen beneath is in this tree.
std::optional<Event> show(const StillThere&, Ui& ui) {
    ui.cover();
    const auto& scene = ui.scene();
    const bool tall = scene.display.portrait() ||
                      float(scene.display.height) / scene.display.scale() > 1000;
    if (scene.comfort.reach || !tall ||
        (!scene.display.portrait() && scene.comfort.text != TextSize::normal)) {
        // Where one card is too tall: read above or beside what is tapped.
        {
            const auto question = ui.card(64, true);
            ask(ui);
        }
        const auto answers = ui.card(64);
        return answer(ui);
    }
    const auto card = ui.card(64);
    ask(ui);
    return answer(ui);
}

}  // namespace foyer
