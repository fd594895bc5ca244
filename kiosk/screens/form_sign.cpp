#include "kiosk/screens/signing.h"

namespace foyer {

std::optional<Event> show(const FormSign& screen, Ui& ui) {
    const SignatureShown shown{screen.name, screen.strokes, screen.draw};
    ui.chapter(screen.draw ? "form_sign.draw" : "form_sign.type");
    check_in_steps(ui, screen.after, 3);
    ui.heading("form_sign.title");
    ui.private_next();
    ui.words(screen.title, Align::start, 600, 34);
    if (auto event = signature_field(shown, ui)) return event;
    {
        const auto row = ui.links();
        if (auto event = signature_links(shown, ui)) return event;
        if (ui.link("form.leave", ui.tr("form.leave"))) return FormLeaveTapped{};
    }
    return signature_ways_on(shown, ui);
}

}  // namespace foyer
