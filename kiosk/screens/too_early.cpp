#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const TooEarly& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::calendar_clock);
    ui.heading("early.title", {}, Heading::screen, Align::center);
    ui.private_next();
    ui.lead("early.lead",
            {{"starts", time_words(ui.language(), screen.starts.minutes)},
             {"opens", time_words(ui.language(), screen.opens.minutes)}},
            Align::center);
    ui.text("early.desk", {}, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
