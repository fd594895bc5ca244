#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"
#include "sync/clinic/call_name.h"

namespace foyer {

/// Read while walking on. No name: the next in line stands behind, slip in hand.
std::optional<Event> show(const SignedInNow& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::check);
    ui.heading("signed_in.title", {}, Heading::hero, Align::center);
    ui.figure(spoken(screen.call_name, ui.language()), 84, Color::ink, Align::center);
    go_to(screen.visit, ui);
    ui.text("visits.sign_out", {}, Align::center);
    if (auto asked = ask_the_way(screen.visit, ui)) return asked;
    {
        const auto row = ui.beside(320);
        if (ui.button("signed_now.not_me", Button::plain)) return SignInDisputed{};
        if (ui.button("common.finish", Button::primary)) return Finished{};
    }
    return std::nullopt;
}

}  // namespace foyer
