#include "kiosk/screens/class_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

using What = ClassNews::What;

struct Said {
    const char* icon;
    const char* title;
    const char* lead;
};

Said said_of(const ClassNews& news) {
    switch (news.what) {
        case What::offer:
            return {icon::calendar_clock, "class_news.offer",
                    news.say_yes_by ? "class_news.offer_by" : "class_news.offer_lead"};
        case What::in:
            return {icon::check, "class_news.in", "class_news.in_lead"};
        case What::asked:
            return {icon::clock, "class_news.asked", "class_news.asked_lead"};
        case What::waiting:
            return {
                icon::clock, "class_news.waiting",
                news.line > 0 ? "class_news.waiting_at" : "class_news.waiting_lead"};
        case What::missed:
            return {icon::information, "class_news.missed", "class_news.missed_lead"};
        case What::released:
            return {icon::information, "class_news.released",
                    "class_news.released_lead"};
        case What::called_off:
            return {icon::calendar_remove, "class_news.called_off",
                    "class_news.called_off_lead"};
        case What::refused:
            return {icon::information, "class_news.refused", "class_news.refused_lead"};
        case What::moved:
            return {icon::calendar_clock, "class_news.moved", "class_news.moved_lead"};
    }
    return {};
}

/// "12:40 PM", with its day if that is not today.
std::string by_when(const LocalTime& by, const Ui& ui) {
    const auto time = time_words(ui.language(), by.minutes);
    if (by.day == ui.scene().now.day) return time;
    return day_said(by.day, ui.scene().now.day, ui) + ", " + time;
}

}  // namespace

/// One thing at a time, in calm words. Yes and no to an offer look the same: neither is
/// the right answer.
std::optional<Event> show(const ClassesTold& screen, Ui& ui) {
    if (screen.news.empty()) return ClassNewsRead{};
    const auto& news = screen.news.front();
    const auto said = said_of(news);
    const auto title = class_title(news.title, ui);
    ui.center_body();
    ui.big_icon(said.icon);
    ui.private_next();
    ui.heading(said.title, {{"class", title}}, Heading::screen, Align::center);
    {
        const auto block = ui.block();
        const auto today = ui.scene().now.day;
        ui.private_next();
        ui.words(day_said(news.starts.day, today, ui), Align::center, 600);
        auto when = time_span(news.starts, news.ends, ui.language());
        if (!news.place.empty()) when += "\u00a0\u00b7 " + news.place;
        ui.private_next();
        ui.words(when, Align::center);
    }
    ui.lead(said.lead,
            {{"time", news.say_yes_by ? by_when(*news.say_yes_by, ui) : ""},
             {"n", std::to_string(news.line)}},
            Align::center);
    if (news.what == What::offer) {
        const auto row = ui.beside(320);
        if (ui.button("class_news.yes", Button::plain, nullptr, {}, !screen.answering))
            return ClassOfferTaken{};
        if (ui.button("class_news.no", Button::plain, nullptr, {}, !screen.answering))
            return ClassOfferDeclined{};
        return std::nullopt;
    }
    if (ui.primary("class_news.ok", icon::forward)) return ClassNewsRead{};
    return std::nullopt;
}

}  // namespace foyer
