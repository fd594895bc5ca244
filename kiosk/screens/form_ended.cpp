#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Kept, or stopped. No score is ever shown (domain.md W3).
std::optional<Event> show(const FormEnded& screen, Ui& ui) {
    check_in_steps(ui, screen.after, 3);
    ui.center_body();
    ui.big_icon(icon::check);
    ui.heading(screen.stopped ? "form_ended.stopped" : "form_ended.kept", {},
               Heading::screen, Align::center);
    ui.private_next();
    ui.words(screen.title, Align::center, 600);
    ui.lead(screen.stopped ? "form_ended.stopped_lead" : "form_ended.kept_lead", {},
            Align::center);
    if (screen.printed) ui.note(icon::printer, "form_ended.printed");
    if (screen.print_failed) ui.problem("form_ended.print_failed");
    if (screen.signed_copy && !screen.printed &&
        ui.button(screen.printing ? "form_ended.printing" : "form_ended.print",
                  Button::plain, icon::printer, {}, !screen.printing))
        return FormCopyTapped{};
    clears_soon(ui);
    if (ui.primary(screen.more ? "form_ended.next" : "form_ended.done", icon::forward))
        return Finished{};
    return std::nullopt;
}

}  // namespace foyer
