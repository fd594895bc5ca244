#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// What people come for most is largest; a way in that the site does not have is not
/// shown.
std::optional<Event> show(const Welcome&, Ui& ui) {
    const auto& ways = ui.scene().ways_in;
    ui.heading("welcome.title", {}, Heading::hero);
    ui.lead("welcome.lead");

    if (ui.hero_card("welcome.check_in", icon::calendar_check, "welcome.check_in_hint",
                     icon::qr_scan, "welcome.scan_hint"))
        return CheckInTapped{};

    if (ways.classes || ways.forms) {
        const auto row = ui.beside(360);
        if (ways.classes &&
            ui.feature("welcome.classes", icon::flower, "welcome.classes_hint"))
            return ClassesTapped{};
        if (ways.forms &&
            ui.feature("welcome.forms", icon::clipboard, "welcome.forms_hint"))
            return MyFormsTapped{};
    }
    {
        const auto row = ui.beside(360);
        if (ui.tile("welcome.guest", icon::people)) return GuestTapped{};
        if (ways.sign_out) {
            if (ui.tile("welcome.sign_out", icon::door)) return SignOutTapped{};
        } else if (ui.tile("welcome.walk_in", icon::wave)) {
            return WalkInTapped{};
        }
    }
    if (ways.sign_out && ui.button("welcome.walk_in", Button::quiet))
        return WalkInTapped{};
    return std::nullopt;
}

}  // namespace foyer
