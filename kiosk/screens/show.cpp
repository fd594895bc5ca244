#include <concepts>

#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

template <class T, class... Any>
concept OneOf = (std::same_as<T, Any> || ...);

/// The cover and the touch lock fill the screen.
template <class S>
concept FillsScreen = OneOf<S, StillThere, Cleaning>;

/// Staff's own screens need no help and no language.
template <class S>
concept StaffOnly = OneOf<S, StaffPin, StaffMenu, StartingUp>;

constexpr std::size_t longest_clinician = 30;

std::optional<Event> header(Ui& ui) {
    const auto& now = ui.scene().now;
    if (ui.header(short_date_words(ui.language(), now.day),
                  time_words(ui.language(), now.minutes)))
        return StaffHeld{};
    return std::nullopt;
}

template <class S>
std::optional<Event> footer(const S&, Ui& ui) {
    const auto inside = ui.region(Region::footer);
    if constexpr (!OneOf<S, Help>)
        if (ui.pill("footer.help", Button::clay_soft, icon::help)) return HelpTapped{};
    Node space;
    space.grow = 1;
    ui.add(std::move(space));
    const auto rest = ui.pills();

    // Two languages need no list: the button names the other one.
    for (const auto& language : ui.scene().languages) {
        if (language == ui.language()) continue;
        const std::string key = "footer.language." + language;
        if (ui.pill(key.c_str(), Button::plain, icon::translate))
            return LanguageChosen{language};
    }
    if constexpr (!OneOf<S, MakeItEasier, Looking, CheckingIn, ClassWorking,
                         SavingAttendance, LobbyWorking>)
        if (ui.pill("footer.easier", Button::plain, icon::wheelchair))
            return EasierTapped{};
    return std::nullopt;
}

template <class S>
std::optional<Event> whole(const S& screen, Ui& ui) {
    if constexpr (!FillsScreen<S>)
        if (auto event = header(ui)) return event;
    {
        const auto body = ui.region(Region::body);
        if (auto event = show(screen, ui)) return event;
    }
    if constexpr (!FillsScreen<S> && !StaffOnly<S>) return footer(screen, ui);
    return std::nullopt;
}

}  // namespace

std::optional<Event> show(const Screen& screen, Ui& ui) {
    return std::visit([&](const auto& here) { return whole(here, ui); }, screen);
}

std::string title_of(const VisitCard& visit, const Ui& ui) {
    if (auto label = in_language(visit.label, ui.language()); !label.empty())
        return label;
    if (visit.clinician.empty() || graphemes(visit.clinician) > longest_clinician)
        return ui.tr("visits.visit");
    return ui.tr("visits.visit_with", {{"name", visit.clinician}});
}

void go_to(const VisitCard& visit, Ui& ui) {
    if (visit.place.empty()) return;
    ui.private_next();
    ui.lead("signed_in.go_to", {{"place", visit.place}}, Align::center);
    const auto way = in_language(visit.directions, ui.language());
    if (way.empty()) return;
    ui.private_next();
    ui.words(way, Align::center);
}

std::optional<Event> ask_the_way(const VisitCard& visit, Ui& ui) {
    if (ui.has_plan(visit.map) &&
        ui.button("way.show", Button::plain, icon::map_marker))
        return WayAsked{visit};
    return std::nullopt;
}

void clears_soon(Ui& ui) {
    if (ui.scene().seconds_left > 0)
        ui.small("common.clears", {{"n", std::to_string(ui.scene().seconds_left)}},
                 Align::center);
}

void check_in_steps(Ui& ui, const Before& after, int done) {
    if (after && std::holds_alternative<Done>(*after)) ui.steps(done, 4);
}

void where_the_desk_is(Ui& ui, Align align) {
    if (!ui.scene().desk_place.empty()) ui.words(ui.scene().desk_place, align, 500);
}

std::optional<Event> finish(Ui& ui) {
    if (ui.primary("common.finish")) return Finished{};
    return std::nullopt;
}

}  // namespace foyer
