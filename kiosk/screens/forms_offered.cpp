#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// Who asks decides the words: the visit, the patient themselves, or a class.
struct Asked {
    const char* title = "forms.title";
    const char* lead = "forms.lead";
    const char* skip = "forms.skip";
};
Asked asked_by(const FormsOffered& screen) {
    if (!screen.after) return {};
    if (std::holds_alternative<MyFormsOver>(*screen.after))
        return {"forms.mine_title", "forms.lead", "forms.mine_skip"};
    if (std::holds_alternative<ClassWorking>(*screen.after))
        return {"forms.waiver_title", "forms.waiver_lead", "forms.waiver_skip"};
    return {};
}

}  // namespace

/// What, how long, who reads it, and that it may be skipped (domain.md W3). Start and
/// not now look the same: neither is the right answer.
std::optional<Event> show(const FormsOffered& screen, Ui& ui) {
    const auto asked = asked_by(screen);
    check_in_steps(ui, screen.after, 3);
    ui.heading(asked.title);
    int minutes = 0;
    bool begun = false;
    for (const auto& form : screen.forms) {
        minutes += form.minutes;
        begun = begun || form.begun;
    }
    ui.lead_count(asked.lead, long(screen.forms.size()),
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
    ui.note(icon::information, asked.skip);
    {
        const auto row = ui.beside(320);
        if (ui.button("forms.start", Button::plain)) return FormsStarted{};
        if (ui.button("forms.not_now", Button::plain)) return FormsPutOff{};
    }
    return std::nullopt;
}

}  // namespace foyer
