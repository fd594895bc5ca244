#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

using State = Attended::State;

/// Which of several sessions: when and what, as on "Here is your day".
std::optional<Event> which(const SignedIn& screen, Ui& ui) {
    ui.heading("signed_in.title_several");
    ui.lead("signed_in.which");
    int number = 0;
    for (const auto& session : screen.sessions) {
        const auto& visit = session.visit;
        ui.private_next();
        if (ui.choice("signed_in.session." + std::to_string(++number),
                      time_words(ui.language(), visit.starts.minutes) +
                          "\u00a0\u00b7 " + title_of(visit, ui),
                      false, nullptr, Mark::one))
            return SessionPicked{visit.id};
    }
    return std::nullopt;
}

/// One session: since when, and what can be said of it.
std::optional<Event> one(const SessionCard& session, Ui& ui) {
    // Of who signed in at a kiosk that is cut off nothing more is known here.
    const bool elsewhere = session.state == State::expected;
    const bool away = session.state == State::on_break;
    ui.heading(away        ? "signed_in.title_break"
               : elsewhere ? "signed_in.title_elsewhere"
                           : "signed_in.title");
    if (session.in) {
        ui.private_next();
        ui.lead("signed_in.since",
                {{"time", time_words(ui.language(), session.in->minutes)}});
    }
    if ((away || elsewhere) &&
        ui.tile("signed_in.back", icon::check, "signed_in.back_hint"))
        return AttendanceTapped{AttendanceKind::break_in};
    if (ui.tile("signed_in.sign_out", icon::door, "signed_in.attest"))
        return AttendanceTapped{AttendanceKind::sign_out};
    if (!away && ui.tile("signed_in.break", icon::pause, "signed_in.break_hint"))
        return AttendanceTapped{AttendanceKind::break_out};
    // A break told at a kiosk that is cut off is not known here.
    if (!away && !elsewhere && ui.button("signed_in.back_quiet", Button::quiet))
        return AttendanceTapped{AttendanceKind::break_in};
    return std::nullopt;
}

const SessionCard* at_hand(const SignedIn& screen) {
    if (screen.sessions.size() == 1) return &screen.sessions.front();
    for (const auto& session : screen.sessions)
        if (screen.picked == session.visit.id) return &session;
    return nullptr;
}

bool has_another(const SignedIn& screen) {
    for (const auto& visit : screen.visits)
        if (visit.standing == Standing::open || visit.standing == Standing::late)
            return true;
    return false;
}

}  // namespace

/// No name, no service, and nobody's hours but when this patient signed in.
std::optional<Event> show(const SignedIn& screen, Ui& ui) {
    const auto* session = at_hand(screen);
    if (auto event = session == nullptr ? which(screen, ui) : one(*session, ui))
        return event;
    if (has_another(screen) && ui.button("signed_in.other", Button::quiet))
        return OtherVisitTapped{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
