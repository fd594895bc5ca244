#include "kiosk/screens/class_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Asked once; staying is as near as leaving.
std::optional<Event> show(const ClassLeaving& screen, Ui& ui) {
    using Mine = ClassCard::Mine;
    const bool in = screen.card.mine == Mine::in;
    const bool queue = screen.card.mine == Mine::waiting;
    ui.heading(queue ? "class_leaving.title_queue" : "class_leaving.title");
    {
        const auto card = ui.card(44, true);
        ui.private_next();
        ui.words(class_title(screen.card.title, ui), Align::start, 600);
        ui.private_next();
        ui.words(day_said(screen.card.starts.day, screen.list.board.today, ui));
        ui.private_next();
        ui.words(time_span(screen.card.starts, screen.card.ends, ui.language()));
    }
    ui.lead(in ? "class_leaving.lead" : "class_leaving.lead_queue");
    if (ui.button(in ? "class_leaving.keep" : "class_leaving.keep_asked",
                  Button::primary))
        return BackTapped{};
    if (ui.button("class_leaving.leave", Button::plain)) return ClassLeft{};
    return std::nullopt;
}

}  // namespace foyer
