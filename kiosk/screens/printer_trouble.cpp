#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"
#include "sync/clinic/call_name.h"

namespace foyer {

/// No slip came out. The check-in stands, and says so first.
std::optional<Event> show(const PrinterTrouble& screen, Ui& ui) {
    ui.steps(4, 4);
    ui.center_body();
    ui.big_icon(icon::printer_alert);
    ui.heading("printer.title", {}, Heading::screen, Align::center);
    ui.lead(screen.out_of_paper ? "printer.paper" : "printer.offline", {},
            Align::center);
    {
        const auto card = ui.card();
        ui.small("done.call_name", {}, Align::center);
        ui.figure(spoken(screen.done.call_name, ui.language()), 84, Color::ink,
                  Align::center);
    }
    clears_soon(ui);
    if (ui.secondary("printer.again", icon::printer)) return PrintTapped{};
    return finish(ui);
}

}  // namespace foyer
