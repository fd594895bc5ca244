#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const NotToday& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::calendar_clock);
    ui.heading("not_today.title", {}, Heading::screen, Align::center);
    ui.private_next();
    ui.lead("not_today.lead",
            {{"date", long_date_words(ui.language(), screen.starts.day)},
             {"time", time_words(ui.language(), screen.starts.minutes)}},
            Align::center);
    if (!screen.place.empty()) ui.words(screen.place, Align::center);
    ui.text("not_today.desk", {}, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
