#include "kiosk/screens/screens.h"

namespace foyer {

/// The picture says nothing that the words do not: who cannot see it misses nothing.
std::optional<Event> show(const WayShown& screen, Ui& ui) {
    const auto& visit = screen.visit;
    ui.private_next();
    if (visit.place.empty())
        ui.heading("way.title");
    else
        ui.heading("way.title_to", {{"place", visit.place}});
    ui.plan("way.plan", visit.map);
    if (const auto way = in_language(visit.directions, ui.language()); !way.empty()) {
        const auto beneath = ui.block();
        // Beside the picture in landscape, which can be larger for it.
        if (!ui.scene().display.portrait())
            ui.tree()[beneath.id()].side = Side::controls;
        ui.private_next();
        ui.words(way, Align::start, 500, 36);
    }
    clears_soon(ui);
    if (ui.back()) return BackTapped{};
    return finish(ui);
}

}  // namespace foyer
