#include <algorithm>
#include <array>

#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"
#include "sync/clinic/call_name.h"

namespace foyer {

namespace {

/// Nothing but a group or a program day.
bool only_signs(const Done& screen) {
    return screen.visits.size() == 1 && screen.visits.front().signs;
}

/// Where to wait, and who knows, as far as it is known.
void say_what_next(const Done& screen, Ui& ui) {
    if (screen.late) {
        ui.lead("done.late", {}, Align::center);
        where_the_desk_is(ui, Align::center);
        return;
    }
    // Only what somebody acknowledged is said (domain.md W1).
    if (screen.acknowledged) {
        const bool named =
            screen.visits.size() == 1 && !screen.visits.front().clinician.empty();
        ui.lead(named ? "done.known_by" : "done.known",
                {{"name", named ? screen.visits.front().clinician : ""}},
                Align::center);
    }
    // A group is not waited for: it is in its room.
    if (only_signs(screen)) {
        go_to(screen.visits.front(), ui);
        ui.text("visits.sign_out", {}, Align::center);
        return;
    }
    const auto place = in_language(screen.waiting_place, ui.language());
    if (place.empty())
        ui.lead("done.seat", {}, Align::center);
    else
        ui.lead("done.seat_in", {{"place", place}}, Align::center);
}

/// Of aftercare: on the screen alone, never on paper.
void say_what_to_finish(const Done& screen, Ui& ui) {
    constexpr std::array titles = {"aftercare.one", "aftercare.two", "aftercare.three"};
    const auto count = std::min(screen.to_finish.size(), titles.size());
    if (count == 0) return;
    const auto card = ui.card(36, true);
    ui.title(titles[count - 1]);
    for (std::size_t i = 0; i < count; ++i) {
        ui.private_next();
        ui.words("• " + screen.to_finish[i]);
    }
    ui.small("aftercare.ask");
}

}  // namespace

std::optional<Event> show(const Done& screen, Ui& ui) {
    ui.steps(4, 4);
    ui.center_body();
    ui.big_icon(icon::check);
    const char* title = only_signs(screen) && !screen.again ? "signed_in.title"
                        : screen.again                      ? "done.title_again"
                                                            : "done.title";
    ui.heading(title, {}, Heading::hero, Align::center);
    say_what_next(screen, ui);
    if (screen.offline && !screen.acknowledged)
        ui.text("done.offline", {}, Align::center);
    if (screen.private_room) ui.text("done.private_room", {}, Align::center);
    if (screen.guardian_needed) ui.text("done.guardian_needed", {}, Align::center);
    if (screen.contact_changed) ui.text("done.contact_changed", {}, Align::center);
    {
        const auto card = ui.card_row();
        ui.qr(screen.token, 290, "done.qr");
        const auto said = ui.column();
        ui.small("done.call_name");
        ui.figure(spoken(screen.call_name, ui.language()), 84, Color::ink);
        if (screen.wait)
            ui.text_count("done.wait", screen.wait->count());
        else if (!only_signs(screen))
            ui.text("done.will_call");
        ui.small("done.no_name");
    }
    say_what_to_finish(screen, ui);
    if (screen.printing == Printing::printed) ui.note(icon::printer, "done.printed");

    if (only_signs(screen) && !screen.late)
        if (auto asked = ask_the_way(screen.visits.front(), ui)) return asked;
    const bool busy = screen.printing == Printing::busy;
    const char* print = busy                                   ? "done.printing"
                        : screen.printing == Printing::printed ? "done.print_again"
                                                               : "done.print";
    {
        const auto row = ui.beside(320);
        if (ui.button(print, Button::plain, icon::printer, {}, !busy))
            return PrintTapped{};
        if (ui.button("common.finish", Button::primary)) return Finished{};
    }
    if (ui.button("done.guest_code", Button::quiet, icon::people, {}, !busy))
        return PrintTapped{true};
    clears_soon(ui);
    return std::nullopt;
}

}  // namespace foyer
