#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"
#include "sync/clinic/call_name.h"

namespace foyer {

namespace {

using Ticket = InLobby::Ticket;

const char* title_of(const InLobby& screen) {
    if (screen.need == LobbyNeed::guest) return "lobby.guest";
    return screen.before ? "lobby.in_line" : "lobby.title";
}

void say_what_next(const InLobby& screen, Ui& ui) {
    // Word for word the same for every guest: it tells nothing of any patient.
    if (screen.need == LobbyNeed::guest)
        return ui.lead("lobby.guest_lead", {}, Align::center);
    if (screen.before && *screen.before == 0)
        ui.lead("lobby.next", {}, Align::center);
    else if (screen.before)
        ui.lead_count("lobby.before", *screen.before,
                      {{"n", std::to_string(*screen.before)}}, Align::center);
    const auto place = in_language(screen.waiting_place, ui.language());
    if (place.empty())
        ui.lead("done.seat", {}, Align::center);
    else
        ui.lead("done.seat_in", {{"place", place}}, Align::center);
}

const char* print_words(Ticket ticket) {
    switch (ticket) {
        case Ticket::busy:
            return "done.printing";
        case Ticket::printed:
            return "done.print_again";
        default:
            return "lobby.print";
    }
}

}  // namespace

std::optional<Event> show(const InLobby& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::check);
    ui.heading(title_of(screen), {}, Heading::hero, Align::center);
    say_what_next(screen, ui);
    {
        const auto card = ui.card();
        ui.small("done.call_name", {}, Align::center);
        ui.figure(spoken(screen.call_name, ui.language()), 84, Color::ink,
                  Align::center);
        ui.text("done.will_call", {}, Align::center);
        ui.small("lobby.nobody_comes", {}, Align::center);
    }
    if (screen.ticket == Ticket::printed) ui.note(icon::printer, "lobby.printed");
    if (screen.ticket == Ticket::failed)
        ui.note(icon::printer_alert, "lobby.not_printed");
    {
        const auto row = ui.beside(320);
        if (ui.button(print_words(screen.ticket), Button::plain, icon::printer, {},
                      screen.ticket != Ticket::busy))
            return PrintTapped{};
        if (ui.button("common.finish", Button::primary)) return Finished{};
    }
    clears_soon(ui);
    return std::nullopt;
}

}  // namespace foyer
