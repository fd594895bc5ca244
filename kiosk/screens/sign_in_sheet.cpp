#include "kiosk/screens/signing.h"

namespace foyer {

std::optional<Event> show(const SignInSheet& screen, Ui& ui) {
    const SignatureShown shown{screen.name, screen.strokes, screen.draw};
    ui.chapter(screen.draw ? "form_sign.draw" : "form_sign.type");
    ui.steps(3, 4);
    ui.heading("sign_in_sheet.title");
    if (auto event = signature_field(shown, ui)) return event;
    {
        const auto row = ui.links();
        if (auto event = signature_links(shown, ui)) return event;
        // "Recipient signature if able" (domain.md, attendance): nobody has to.
        if (ui.link("sign_in_sheet.by_tap", ui.tr("sign_in_sheet.by_tap")))
            return SignedByTap{};
    }
    return signature_ways_on(shown, ui);
}

}  // namespace foyer
