#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const Welcome&, Ui& ui) {
    ui.heading("welcome.title", {}, Heading::hero);
    ui.lead("welcome.lead");

    if (ui.hero_card("welcome.check_in", icon::calendar_check, "welcome.check_in_hint",
                     icon::qr_scan, "welcome.scan_hint"))
        return CheckInTapped{};

    const auto row = ui.beside(360);
    if (ui.tile("welcome.walk_in", icon::wave)) return WalkInTapped{};
    if (ui.tile("welcome.guest", icon::people)) return GuestTapped{};
    return std::nullopt;
}

}  // namespace foyer
