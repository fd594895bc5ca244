#include "kiosk/class_samples.h"

#include <utility>

namespace foyer {

namespace {

using namespace std::chrono_literals;
using Can = ClassCard::Can;
using Kind = ClassRule::Kind;
using Mine = ClassCard::Mine;
using What = ClassNews::What;

constexpr Date monday{std::chrono::year{2026}, std::chrono::month{11},
                      std::chrono::day{23}};

Date after(int days) {
    return Date(std::chrono::sys_days(monday) + std::chrono::days(days));
}

LocalTime at(std::chrono::minutes minutes, int days = 0) {
    return {after(days), minutes};
}

Words yoga_title() {
    return {{"en", "Gentle yoga"}, {"es", "Yoga suave"}};
}

ClassCard yoga() {
    return {.session = "yoga@1",
            .title = yoga_title(),
            .kind = Kind::yoga,
            .starts = at(13h),
            .ends = at(13h + 45min),
            .place = "Garden room",
            .seats = 12,
            .free = 4,
            .can = Can::join};
}

ClassCard breathing() {
    return {.session = "breathing@1",
            .title = {{"en", "Mindful breathing"}, {"es", "Respiración consciente"}},
            .kind = Kind::mindfulness,
            .starts = at(14h + 15min),
            .ends = at(14h + 45min),
            .place = "Quiet room",
            .seats = 8,
            .free = 3,
            .mine = Mine::in,
            .can = Can::leave};
}

ClassCard art() {
    return {.session = "art@1",
            .title = {{"en", "Art therapy"}, {"es", "Terapia de arte"}},
            .kind = Kind::art,
            .starts = at(15h),
            .ends = at(16h + 30min),
            .place = "Studio",
            .seats = 8,
            .free = 0,
            .waiting = 2,
            .can = Can::queue};
}

ClassCard music() {
    return {.session = "music@1",
            .title = {{"en", "Music circle"}, {"es", "Círculo de música"}},
            .kind = Kind::music,
            .starts = at(17h),
            .ends = at(18h),
            .place = "Juniper",
            .seats = 15,
            .free = 9,
            .can = Can::join};
}

ClassCard with(ClassCard card, Mine mine, Can can) {
    card.mine = mine;
    card.can = can;
    return card;
}

ClassDay day(int days, std::vector<ClassCard> classes) {
    for (auto& card : classes) {
        card.session += std::to_string(days);
        card.starts.day = card.ends.day = after(days);
    }
    return {.day = after(days), .classes = std::move(classes)};
}

ClassNews news(What what) {
    return {.unit = "unit",
            .what = what,
            .title = yoga_title(),
            .starts = at(13h),
            .ends = at(13h + 45min),
            .place = "Garden room",
            .line = 2,
            .say_yes_by =
                what == What::offer ? std::optional(at(12h + 40min)) : std::nullopt};
}

}  // namespace

ClassBoard sample_board() {
    ClassBoard board;
    board.today = monday;
    board.days = {day(0, {yoga(), breathing(), art(), music()}), day(1, {yoga()}),
                  day(2, {breathing(), music()}), day(3, {art()}), day(4, {yoga()})};
    return board;
}

ClassBoard sample_board_of(int sessions) {
    constexpr int days = 14;
    ClassBoard board;
    board.today = monday;
    for (int d = 0; d < days; ++d) {
        std::vector<ClassCard> classes;
        const int count = sessions / days + (d < sessions % days ? 1 : 0);
        for (int i = 0; i < count; ++i) {
            auto card = i % 4 == 0   ? yoga()
                        : i % 4 == 1 ? breathing()
                        : i % 4 == 2 ? art()
                                     : music();
            card.session += "#" + std::to_string(i);
            classes.push_back(std::move(card));
        }
        if (!classes.empty()) board.days.push_back(day(d, std::move(classes)));
    }
    return board;
}

std::vector<Sample> class_list_samples() {
    auto offline = sample_board();
    offline.offline = true;
    auto waits = sample_board();
    auto line = with(art(), Mine::waiting, Can::leave);
    line.line = 2;
    auto offered = with(music(), Mine::offered, Can::answer);
    offered.say_yes_by = at(12h + 40min);
    waits.days[0] = day(0, {with(yoga(), Mine::asked, Can::leave), line, offered});
    auto odd = sample_board();
    auto few = yoga();
    few.free = 2;
    few.can = Can::join_now;
    auto off = breathing();
    off.cancelled = true;
    off.can = Can::nothing;
    auto full = art();
    full.waiting = 0;
    odd.days[0] = day(0, {few, off, full, with(music(), Mine::in, Can::sign_in)});
    auto late = sample_board_of(500);
    return {{"classes", Classes{.board = sample_board()}},
            {"classes.offline", Classes{.board = offline}},
            {"classes.waiting", Classes{.board = waits}},
            {"classes.odd", Classes{.board = odd}},
            {"classes.one", Classes{.board = sample_board(), .day = 1}},
            {"classes.none", Classes{}},
            {"classes.500", Classes{.board = late, .day = 7, .first = 12}}};
}

std::vector<Sample> class_working_samples() {
    using Doing = ClassWorking::What;
    return {{"class_working.opening", ClassWorking{.what = Doing::opening}},
            {"class_working.joining", ClassWorking{.what = Doing::joining}},
            {"class_working.leaving", ClassWorking{.what = Doing::leaving}}};
}

std::vector<Sample> class_clash_samples() {
    const Classes list{.board = sample_board()};
    return {{"class_clash.visit",
             ClassClash{.list = list, .wanted = yoga(), .other_starts = at(13h)}},
            {"class_clash.class", ClassClash{.list = list,
                                             .wanted = yoga(),
                                             .other = breathing().title,
                                             .other_starts = at(13h + 15min)}}};
}

std::vector<Sample> class_leaving_samples() {
    const Classes list{.board = sample_board()};
    return {{"class_leaving", ClassLeaving{list, breathing()}},
            {"class_leaving.queue",
             ClassLeaving{list, with(art(), Mine::waiting, Can::leave)}}};
}

std::vector<Sample> class_news_samples(const Before& after) {
    const auto sample = [&](const char* name, What what) {
        return Sample{name, ClassesTold{.after = after, .news = {news(what)}}};
    };
    auto answering =
        ClassesTold{.after = after, .news = {news(What::offer)}, .answering = true};
    return {sample("class_news.offer", What::offer),
            {"class_news.answering", answering},
            sample("class_news.in", What::in),
            sample("class_news.asked", What::asked),
            sample("class_news.waiting", What::waiting),
            sample("class_news.missed", What::missed),
            sample("class_news.released", What::released),
            sample("class_news.called_off", What::called_off),
            sample("class_news.refused", What::refused),
            sample("class_news.moved", What::moved)};
}

}  // namespace foyer
