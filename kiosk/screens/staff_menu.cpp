#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// How the exchange with the clinic's server stands; numbers only.
void say_exchange(const ExchangeNote& exchange, Ui& ui) {
    using State = ExchangeNote::State;
    if (exchange.state == State::none) return;
    std::string last;
    if (exchange.last) {
        const auto half = day_half_words(ui.language(), exchange.last->minutes);
        last = clock_words(ui.language(), exchange.last->minutes);
        if (!half.empty()) last += " " + half;
    }
    switch (exchange.state) {
        case State::online:
            ui.note(icon::cloud_check, "staff.online", {{"time", last}});
            break;
        case State::unauthorized:
            ui.note(icon::cloud_off, "staff.unauthorized");
            break;
        default:
            if (last.empty())
                ui.note(icon::cloud_off, "staff.never_online");
            else
                ui.note(icon::cloud_off, "staff.offline", {{"time", last}});
    }
    if (exchange.waiting > 0)
        ui.text("staff.waiting", {{"n", std::to_string(exchange.waiting)}});
    if (exchange.refused > 0)
        ui.text("staff.refused", {{"n", std::to_string(exchange.refused)}});
    if (exchange.conflicts > 0)
        ui.text("staff.conflicts", {{"n", std::to_string(exchange.conflicts)}});
}

}  // namespace

std::optional<Event> show(const StaffMenu& screen, Ui& ui) {
    ui.heading("staff.title");
    ui.lead("staff.lead");
    say_exchange(screen.exchange, ui);
    if (ui.tile("staff.clean", icon::broom, "staff.clean_hint")) return CleanTapped{};
    if (ui.tile("staff.pause", icon::pause, "staff.pause_hint")) return PauseTapped{};
    if (ui.tile("staff.resume", icon::play, "staff.resume_hint")) return ResumeTapped{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
