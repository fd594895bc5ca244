#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

constexpr std::size_t longest_greeted = 24;

/// "AM", or "AM – 2:00 PM" for what lasts: a program day or a group.
std::string rest_of_time(const VisitCard& visit, const Ui& ui) {
    const auto half = day_half_words(ui.language(), visit.starts.minutes);
    const auto length = visit.ends.minutes - visit.starts.minutes;
    if (visit.ends.day != visit.starts.day || length <= std::chrono::minutes(60))
        return half;
    // Never parted after the dash.
    return half + " \u2013\u00a0" + time_words(ui.language(), visit.ends.minutes);
}

std::string chip_of(const VisitCard& visit, const Ui& ui) {
    switch (visit.standing) {
        case Standing::open:
            return ui.tr(visit.signs ? "visits.sign_out" : "visits.on_time");
        case Standing::late:
            return ui.tr("visits.late");
        case Standing::here:
            return ui.tr(visit.signs ? "visits.signed_in" : "visits.here");
        case Standing::early:
            return ui.tr("visits.later",
                         {{"time", time_words(ui.language(), visit.opens.minutes)}});
        case Standing::over:
        case Standing::cancelled:
        case Standing::other_day:
        case Standing::other_site:
            break;
    }
    return {};
}

/// "Room Juniper · day 6 of 24"
std::string place_of(const VisitCard& visit, const Ui& ui) {
    if (visit.program_day <= 0 || visit.program_days <= 0) return visit.place;
    auto day =
        ui.tr("visits.program_day", {{"n", std::to_string(visit.program_day)},
                                     {"of", std::to_string(visit.program_days)}});
    return visit.place.empty() ? day : visit.place + "\u00a0\u00b7 " + day;
}

}  // namespace

std::optional<Event> show(const TodaysVisits& screen, Ui& ui) {
    ui.steps(2, 4);
    const auto& given = screen.person.given;
    ui.private_next();
    if (given.empty() || graphemes(given) > longest_greeted)
        ui.heading("visits.title_plain");
    else
        ui.heading("visits.title", {{"name", given}});
    if (screen.visits.size() > 1) ui.lead("visits.lead");

    int number = 0;
    long chosen = 0;
    bool signs = false;
    for (const auto& visit : screen.visits) {
        Ui::VisitRow row{
            .time = clock_words(ui.language(), visit.starts.minutes),
            .rest = rest_of_time(visit, ui),
            .title = title_of(visit, ui),
            .place = place_of(visit, ui),
            .chip = chip_of(visit, ui),
            .chip_look =
                visit.standing == Standing::open || visit.standing == Standing::here
                    ? Chip::calm
                    : Chip::later,
            .can_choose =
                visit.standing == Standing::open || visit.standing == Standing::late,
            .chosen = visit.chosen,
        };
        chosen += visit.chosen ? 1 : 0;
        signs = signs || (visit.chosen && visit.signs && !visit.by_hand);
        if (ui.visit_row("visits.row." + std::to_string(++number), row))
            return VisitToggled{visit.id};
    }

    // What the tap means stands by the button that is tapped (domain.md W5).
    if (signs) ui.note(icon::pencil, "visits.attest");
    if (ui.back()) return BackTapped{};
    const bool several = chosen > 1;
    if (ui.primary(several ? "visits.check_in_to" : "visits.check_in", icon::forward,
                   {{"n", std::to_string(chosen)}}, chosen > 0))
        return CheckInAsked{};
    return std::nullopt;
}

}  // namespace foyer
