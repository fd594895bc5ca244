#include "kiosk/board/board_view.h"

#include <algorithm>
#include <tuple>

#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"
#include "kiosk/ui/words.h"
#include "sync/clinic/call_name.h"

namespace foyer {

namespace {

/// Design units are pixels of a screen 1080 high (or wide); a TV is read from 4 m, so
/// sizes do not follow its density as a kiosk's do.
Display board_display(const Canvas& canvas) {
    Display display;
    display.width = canvas.width();
    display.height = canvas.height();
    display.ppi = Display{}.ppi * std::min(display.width, display.height) / 1080.0;
    return display;
}

/// The same in each of the site's languages, the first one first, none twice.
template <class Say>
std::vector<std::string> said_in_all(const BoardPicture& picture, Say say) {
    std::vector<std::string> all;
    for (const auto& language : picture.languages) {
        auto said = say(language);
        if (std::ranges::find(all, said) == all.end()) all.push_back(std::move(said));
    }
    return all;
}

}  // namespace

bool operator==(const BoardPicture& one, const BoardPicture& other) {
    const auto all = [](const BoardPicture& picture) {
        return std::tie(picture.clinic, picture.local.day, picture.local.minutes,
                        picture.now, picture.languages, picture.calls,
                        picture.in_touch);
    };
    return all(one) == all(other);
}

BoardView::BoardView(Canvas& canvas)
    : canvas_(canvas), text_(canvas), painter_(canvas), ui_(text_) {}

void BoardView::draw(const BoardPicture& picture) {
    Scene scene;
    scene.display = board_display(canvas_);
    scene.comfort.language =
        picture.languages.empty() ? "en" : picture.languages.front();
    scene.clinic = picture.clinic;
    scene.now = picture.local;
    scene.languages = picture.languages;
    ui_.begin(scene);
    ui_.header(short_date_words(ui_.language(), picture.local.day),
               time_words(ui_.language(), picture.local.minutes));
    {
        const auto body = ui_.region(Region::body);
        ui_.one_column();
        ui_.center_body();
        if (picture.calls.empty()) {
            const auto all = said_in_all(picture, [&](const std::string& language) {
                return translate(language,
                                 picture.in_touch ? "board.waiting" : "board.alone");
            });
            for (std::size_t i = 0; i < all.size(); ++i)
                ui_.words(all[i], Align::center, i == 0 ? 600 : 400, i == 0 ? 76 : 46,
                          i == 0 ? Color::ink : Color::mute);
        } else {
            std::string both;
            const auto all = said_in_all(picture, [](const std::string& language) {
                return translate(language, "board.come_in");
            });
            for (const auto& said : all) both += (both.empty() ? "" : "  ·  ") + said;
            ui_.words(both, Align::center, 600, 46, Color::pine);
        }
        bool first = true;
        for (const auto& call : picture.calls) {
            call_row(picture, call, first && call.at + Board::new_for > picture.now);
            first = false;
        }
        if (!picture.calls.empty() && !picture.in_touch)
            ui_.note(icon::information, "board.alone");
    }
    ui_.end();
    painter_.paint(ui_.shown_for_painting(), ui_.setting());
    text_.next_frame();
}

void BoardView::call_row(const BoardPicture& picture, const BoardCall& call,
                         bool is_new) {
    Node card;
    card.key = "board.call";
    card.flow = Flow::row;
    card.across = Place::center;
    card.gap = 48;
    card.pad = {48, 12, 48, 16};
    card.before = 20;
    card.radius = 28;
    card.fill = is_new ? Color::sage : Color::card;
    card.border = is_new ? Color::pine : Color::card_border;
    card.border_w = is_new ? 6.0F : 2.0F;
    const Ui::Inside row(ui_, ui_.add(std::move(card)));
    const auto names = said_in_all(picture, [&](const std::string& language) {
        return spoken(call.name, language);
    });
    {
        const auto left = ui_.column();
        for (std::size_t i = 0; i < names.size(); ++i)
            if (i == 0)
                ui_.figure(names[i], is_new ? 92 : 72, Color::ink);
            else
                ui_.words(names[i], Align::start, 400, 34, Color::mute);
    }
    if (!call.place.empty()) {
        const auto right = ui_.column();
        ui_.words(call.place, Align::end, 600, is_new ? 54 : 46, Color::pine);
        ui_.tree().nodes.back().prose = true;  // to the edge, whatever its length
    }
}

}  // namespace foyer
