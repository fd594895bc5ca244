#include <algorithm>

#include "kiosk/screens/class_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

using Act = Ui::ClassRow::Act;
using Can = ClassCard::Can;
using Mine = ClassCard::Mine;

struct Picture {
    const char* icon;
    Color tint;
};

Picture picture_of(ClassRule::Kind kind) {
    using Kind = ClassRule::Kind;
    switch (kind) {
        case Kind::yoga:
            return {icon::flower, Color::sage};
        case Kind::mindfulness:
            return {icon::sunset, Color::gold_light};
        case Kind::art:
            return {icon::palette, Color::clay_light};
        case Kind::music:
            return {icon::sound, Color::lilac_light};
        case Kind::movement:
            return {icon::run, Color::sage};
        case Kind::other:
            break;
    }
    return {icon::star, Color::sage};
}

struct State {
    std::string words;
    bool settled = true;  ///< else it waits for something: gold
};

/// "4 of 12 places left": as it is for somebody who is not signed up.
State room_said(const ClassCard& card, const Ui& ui) {
    switch (room(card.seats, card.free)) {
        case Room::open:
            return {ui.tr_count("classes.places_left", card.free,
                                {{"seats", std::to_string(card.seats)}})};
        case Room::few_left:
            return {ui.tr("classes.few_left")};
        case Room::wait_list:
            break;
    }
    if (card.waiting > 0) return {ui.tr_count("classes.waiting", card.waiting), false};
    return {ui.tr("classes.full"), false};
}

State state_of(const ClassCard& card, const Ui& ui) {
    if (card.cancelled) return {ui.tr("classes.cancelled"), false};
    switch (card.mine) {
        case Mine::none:
            return room_said(card, ui);
        case Mine::asked:
            return {ui.tr("classes.asked"), false};
        case Mine::in:
            return {ui.tr("classes.in")};
        case Mine::here:
            return {ui.tr("classes.here")};
        case Mine::waiting:
            if (card.line == 0) return {ui.tr("classes.in_line"), false};
            return {ui.tr("classes.in_line_at", {{"n", std::to_string(card.line)}}),
                    false};
        case Mine::offered:
            if (!card.say_yes_by) return {ui.tr("classes.offered"), false};
            return {
                ui.tr("classes.offered_by",
                      {{"time", time_words(ui.language(), card.say_yes_by->minutes)}}),
                false};
    }
    return {};
}

struct Way {
    Act act = Act::none;
    const char* words = nullptr;
    const char* spoken = nullptr;  ///< with {class}
};

Way way_of(const ClassCard& card) {
    switch (card.can) {
        case Can::nothing:
            break;
        case Can::join:
            return {Act::join, "classes.join", "classes.join_spoken"};
        case Can::join_now:
            return {Act::join, "classes.join_now", "classes.join_spoken"};
        case Can::queue:
            return {Act::wait, "classes.queue", "classes.queue_spoken"};
        case Can::sign_in:
            return {Act::join, "classes.sign_in", "classes.sign_in_spoken"};
        case Can::answer:
            return {Act::join, "classes.answer", "classes.answer_spoken"};
        case Can::leave:
            if (card.mine == Mine::in)
                return {Act::joined, "classes.joined", "classes.joined_spoken"};
            return {Act::leave, "classes.leave", "classes.leave_spoken"};
    }
    return {};
}

/// How many cards have room before the screen would become pages: with a day of many
/// classes only those are built. In landscape nothing but cards is in their column.
std::size_t cards_at_once(const Ui& ui, bool paged, bool offline) {
    const auto& display = ui.scene().display;
    const auto size = ui.scene().comfort.text;
    const bool normal = size == TextSize::normal;
    const float height = float(display.height) / display.scale();
    const float card = normal ? 218 : size == TextSize::large ? 262 : 360;
    float room = height - 440;
    if (display.portrait()) {
        room = ui.scene().comfort.reach ? height * 0.55F - 470
                                        : height - (normal ? 712 : 900);
        if (paged) room -= normal ? 140 : 160;
        if (offline && !ui.scene().comfort.reach) room -= normal ? 110 : 150;
    }
    return std::size_t(std::clamp(int(room / card), 1, 6));
}

/// What stands in a line of a portrait screen, with the way to the other days.
constexpr std::size_t days_in_a_line = 5;

std::optional<Event> days(const Classes& screen, Ui& ui) {
    const auto& all = screen.board.days;
    const std::size_t at_once =
        all.size() > days_in_a_line ? days_in_a_line - 1 : days_in_a_line;
    const std::size_t from = screen.day / at_once * at_once;
    const std::size_t to = std::min(from + at_once, all.size());
    const auto row = ui.day_pills();
    if (from > 0 && ui.day_pill("classes.days_before", {}, ui.tr("classes.days_before"),
                                false, icon::back))
        return ClassDayChosen{from - 1};
    for (std::size_t i = from; i < to; ++i) {
        const auto day = all[i].day;
        const bool today = day == screen.board.today;
        const auto spoken = day_said(day, screen.board.today, ui);
        const auto label =
            today ? ui.tr("classes.today") : pill_date_words(ui.language(), day);
        if (ui.day_pill("classes.day." + std::to_string(i + 1), label, spoken,
                        i == screen.day))
            return ClassDayChosen{i};
    }
    if (to < all.size() &&
        ui.day_pill("classes.days_after", "\u203a", ui.tr("classes.days_after"), false))
        return ClassDayChosen{to};
    return std::nullopt;
}

bool class_card(const ClassCard& card, std::size_t number, Ui& ui) {
    const auto picture = picture_of(card.kind);
    const auto state = state_of(card, ui);
    const auto way = way_of(card);
    const auto title = class_title(card.title, ui);
    auto when = time_span(card.starts, card.ends, ui.language());
    if (!card.place.empty()) when += "\u00a0\u00b7 " + card.place;
    return ui.class_row(
        "classes.row." + std::to_string(number),
        {.icon = picture.icon,
         .tint = picture.tint,
         .title = title,
         .when = when,
         .state = state.words,
         .state_ink = state.settled ? Color::pine : Color::gold,
         .act = way.act,
         .act_words = way.words == nullptr ? "" : ui.tr(way.words),
         .spoken = way.spoken == nullptr ? "" : ui.tr(way.spoken, {{"class", title}}),
         .is_private = card.mine != Mine::none});
}

}  // namespace

/// A day at a time, and of it as many as have room. Whoever may not join a class does
/// not see it (class_desk.cpp).
std::optional<Event> show(const Classes& screen, Ui& ui) {
    ui.heading("classes.title");
    if (screen.board.days.empty()) {
        ui.lead("classes.none");
        if (ui.primary("classes.done")) return Finished{};
        return std::nullopt;
    }
    if (const auto event = days(screen, ui)) return event;

    const auto day = std::min(screen.day, screen.board.days.size() - 1);
    const auto& classes = screen.board.days[day].classes;
    const bool offline = screen.board.offline;
    auto fit = cards_at_once(ui, false, offline);
    const bool paged = classes.size() > fit;
    if (paged) fit = cards_at_once(ui, true, offline);
    const auto first = std::min(screen.first, classes.size() - 1) / fit * fit;
    const auto end = std::min(first + fit, classes.size());
    // Beneath the days, which in landscape is before the cards.
    const bool portrait = ui.scene().display.portrait();
    const auto pages = [&]() -> std::optional<Event> {
        if (!paged) return std::nullopt;
        const auto row = ui.beside(320);
        if (!portrait) ui.tree()[row.id()].side = Side::reading;
        if (first > 0 && ui.button("classes.earlier", Button::plain, icon::back))
            return ClassesPaged{first - fit};
        if (end < classes.size() &&
            ui.button("classes.later", Button::plain, icon::forward))
            return ClassesPaged{end};
        return std::nullopt;
    };
    if (!portrait)
        if (const auto event = pages()) return event;
    for (std::size_t i = first; i < end; ++i)
        if (class_card(classes[i], i + 1, ui)) return ClassTapped{classes[i].session};
    if (portrait)
        if (const auto event = pages()) return event;
    if (offline) ui.note(icon::offline, "classes.offline");

    if (ui.back()) return BackTapped{};
    if (ui.primary("classes.done")) return Finished{};
    return std::nullopt;
}

}  // namespace foyer
