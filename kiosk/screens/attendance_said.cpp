#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// "9:02 AM – 12:05 PM"
void span(const SessionCard& session, Ui& ui) {
    if (!session.out) return;
    auto said = time_words(ui.language(), session.out->minutes);
    if (session.in)
        said = time_words(ui.language(), session.in->minutes) + " \u2013 " + said;
    ui.private_next();
    ui.words(said, Align::center, 500, 44);
}

void say_so(const AttendanceSaid& screen, Ui& ui) {
    switch (screen.kind) {
        case AttendanceKind::sign_out:
            ui.heading(screen.again ? "attendance.out_again" : "attendance.out", {},
                       Heading::hero, Align::center);
            span(screen.session, ui);
            ui.lead(screen.again ? "attendance.out_again_lead" : "attendance.out_lead",
                    {}, Align::center);
            return;
        case AttendanceKind::break_out:
            ui.heading("attendance.break", {}, Heading::hero, Align::center);
            ui.lead("attendance.break_lead", {}, Align::center);
            return;
        case AttendanceKind::sign_in:
        case AttendanceKind::break_in:
            ui.heading("attendance.back", {}, Heading::hero, Align::center);
            go_to(screen.session.visit, ui);
            return;
    }
}

}  // namespace

std::optional<Event> show(const AttendanceSaid& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(screen.kind == AttendanceKind::break_out ? icon::pause : icon::check);
    say_so(screen, ui);
    if (screen.kind == AttendanceKind::break_in)
        if (auto asked = ask_the_way(screen.session.visit, ui)) return asked;
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
