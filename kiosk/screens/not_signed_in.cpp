#include <algorithm>

#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const NotSignedIn& screen, Ui& ui) {
    ui.heading("not_signed_in.title");
    ui.lead("not_signed_in.lead");
    const bool can_sign_in = std::ranges::any_of(screen.visits, [](const auto& visit) {
        return visit.standing == Standing::open || visit.standing == Standing::late;
    });
    if (can_sign_in && ui.tile("not_signed_in.sign_in", icon::calendar_check,
                               "not_signed_in.just_came"))
        return SignInTapped{};
    if (!screen.going_on.empty() &&
        ui.tile("not_signed_in.elsewhere", icon::door, "not_signed_in.elsewhere_hint"))
        return SignedInElsewhereTapped{};
    if (ui.tile("not_signed_in.was_here", icon::person, "not_signed_in.see_desk"))
        return WasHereTapped{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
