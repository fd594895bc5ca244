#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const Closed& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::sleep);
    ui.heading("closed.title", {}, Heading::hero, Align::center);
    if (screen.opens && screen.opens_today)
        ui.lead("closed.opens_today",
                {{"time", time_words(ui.language(), screen.opens->minutes)}},
                Align::center);
    else if (screen.opens)
        ui.lead("closed.opens",
                {{"date", long_date_words(ui.language(), screen.opens->day)},
                 {"time", time_words(ui.language(), screen.opens->minutes)}},
                Align::center);
    ui.text("closed.lifeline", {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
