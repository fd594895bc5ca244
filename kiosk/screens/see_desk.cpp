#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

const char* words_for(SeeDesk::For reason) {
    switch (reason) {
        case SeeDesk::For::find_me:
        case SeeDesk::For::not_me:
            return "desk.lead";
        case SeeDesk::For::walk_in:
            return "desk.walk_in";
        case SeeDesk::For::guest:
            return "desk.guest";
        case SeeDesk::For::over:
            return "desk.over";
        case SeeDesk::For::sign_out:
            return "desk.sign_out";
        case SeeDesk::For::classes:
            return "desk.classes";
        case SeeDesk::For::attendance:
            return "desk.attendance";
    }
    return "desk.lead";
}

}  // namespace

std::optional<Event> show(const SeeDesk& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::person);
    ui.heading("desk.title", {}, Heading::hero, Align::center);
    ui.lead(words_for(screen.reason), {}, Align::center);
    where_the_desk_is(ui, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
