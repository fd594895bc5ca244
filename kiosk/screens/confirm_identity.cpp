#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// A longer first name is greeted without it: the screen stays one page, and the next
/// person in line reads less.
constexpr std::size_t longest_greeted = 24;

}  // namespace

/// "Is this you?" Shows only a first name: the next person in line can read this too.
std::optional<Event> show(const ConfirmIdentity& screen, Ui& ui) {
    const auto& given = screen.person.given;
    if (screen.purpose == Purpose::check_in) ui.steps(1, 4);
    ui.private_next();
    if (given.empty() || graphemes(given) > longest_greeted)
        ui.heading("confirm.title_plain", {}, Heading::hero);
    else
        ui.heading("confirm.title", {{"name", given}}, Heading::hero);
    ui.lead("confirm.lead");

    if (ui.button("confirm.yes", Button::primary, icon::check))
        return IdentityConfirmed{};
    if (ui.button("confirm.no", Button::plain)) return IdentityDenied{};
    return std::nullopt;
}

}  // namespace foyer
