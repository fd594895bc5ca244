#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const MakeItEasier&, Ui& ui) {
    const auto& comfort = ui.scene().comfort;
    ui.heading("easier.title");
    ui.lead("easier.lead");
    {
        const auto row = ui.beside(230);
        if (ui.choice("easier.normal", ui.tr("easier.normal"),
                      comfort.text == TextSize::normal))
            return TextSizeChosen{TextSize::normal};
        if (ui.choice("easier.large", ui.tr("easier.large"),
                      comfort.text == TextSize::large))
            return TextSizeChosen{TextSize::large};
        if (ui.choice("easier.largest", ui.tr("easier.largest"),
                      comfort.text == TextSize::largest))
            return TextSizeChosen{TextSize::largest};
    }
    if (ui.choice("easier.contrast", ui.tr("easier.contrast"), comfort.high_contrast,
                  icon::contrast))
        return ContrastToggled{};
    if (ui.scene().display.portrait() &&
        ui.choice("easier.reach", ui.tr("easier.reach"), comfort.reach, icon::lower))
        return ReachToggled{};
    if (ui.choice("easier.time", ui.tr("easier.time"), comfort.more_time, icon::clock))
        return MoreTimeToggled{};
    if (ui.primary("easier.done")) return Finished{};
    return std::nullopt;
}

}  // namespace foyer
