#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// What, how long, who reads it, and that it may be skipped (domain.md W3). Start and
/// not now look the same: neither is the right answer.
std::optional<Event> show(const FormsOffered& screen, Ui& ui) {
    ui.steps(3, 4);
    ui.heading("forms.title");
    int minutes = 0;
    bool begun = false;
    for (const auto& form : screen.forms) {
        minutes += form.minutes;
        begun = begun || form.begun;
    }
    ui.lead_count("forms.lead", long(screen.forms.size()),
                  {{"minutes", std::to_string(minutes)}});
    {
        const auto card = ui.card(44, true);
        for (const auto& form : screen.forms) {
            const auto one = ui.part();
            ui.private_next();
            ui.words(form.title, Align::start, 600);
            if (screen.forms.size() > 1)
                ui.small("forms.about", {{"minutes", std::to_string(form.minutes)}});
        }
    }
    if (begun) ui.note(icon::check, "forms.begun");
    ui.note(icon::lock, "forms.who");
    ui.note(icon::information, "forms.skip");
    {
        const auto row = ui.beside(320);
        if (ui.button("forms.start", Button::plain)) return FormsStarted{};
        if (ui.button("forms.not_now", Button::plain)) return FormsPutOff{};
    }
    return std::nullopt;
}

}  // namespace foyer
