#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// What became of "Ask a person to come".
void say_how_the_call_stands(HelpCall call, Ui& ui) {
    switch (call) {
        case HelpCall::idle:
            ui.lead("help.lead");
            return;
        case HelpCall::calling:
            ui.lead("help.calling");
            return;
        case HelpCall::coming:
            ui.lead("help.coming");
            return;
        case HelpCall::unreached:
            // Honest, and still a way to go.
            ui.lead("help.unreached");
            where_the_desk_is(ui);
            return;
    }
}

}  // namespace

std::optional<Event> show(const Help& screen, Ui& ui) {
    ui.heading("help.title", {}, Heading::hero);
    say_how_the_call_stands(screen.call, ui);
    if (screen.call == HelpCall::idle || screen.call == HelpCall::unreached)
        if (ui.big_button(screen.call == HelpCall::idle ? "help.ask" : "help.ask_again",
                          icon::bell))
            return PersonAsked{};
    {
        const auto card = ui.card();
        ui.title("help.harm");
        ui.text("help.harm_lead");
        ui.figure("988");
        ui.small("help.lifeline");
        ui.small("help.emergency");
    }
    if (ui.back("help.back")) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
