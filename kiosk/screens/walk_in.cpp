#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const WalkIn&, Ui& ui) {
    using Need = WalkInChosen::Need;
    ui.heading("walk_in.title");
    ui.lead("walk_in.lead");
    if (ui.tile("walk_in.see_someone", icon::person))
        return WalkInChosen{Need::see_someone};
    if (ui.tile("walk_in.question", icon::message)) return WalkInChosen{Need::question};
    if (const auto& scene = ui.scene(); scene.ways_in.drop_in)
        if (ui.tile_said(
                "walk_in.drop_in",
                scene.drop_in.empty() ? ui.tr("walk_in.drop_in") : scene.drop_in,
                icon::list))
            return WalkInChosen{Need::drop_in};
    if (ui.tile("walk_in.crisis", icon::bell)) return WalkInChosen{Need::crisis};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
