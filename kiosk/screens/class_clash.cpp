#include "kiosk/screens/class_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Both stand as they are until the patient says what they want.
std::optional<Event> show(const ClassClash& screen, Ui& ui) {
    const auto clock = clock_words(ui.language(), screen.other_starts.minutes);
    const auto time = time_words(ui.language(), screen.other_starts.minutes);
    ui.heading("class_clash.title");
    ui.private_next();
    if (screen.other.empty())
        ui.lead("class_clash.visit", {{"clock", clock}, {"time", time}});
    else
        ui.lead("class_clash.class",
                {{"class", class_title(screen.other, ui)}, {"time", time}});
    {
        const auto card = ui.card(44, true);
        ui.private_next();
        ui.words(class_title(screen.wanted.title, ui), Align::start, 600);
        ui.private_next();
        ui.words(time_span(screen.wanted.starts, screen.wanted.ends, ui.language()));
    }
    if (ui.button("class_clash.other", Button::primary)) return BackTapped{};
    if (ui.button("class_clash.anyway", Button::plain)) return ClassJoinedAnyway{};
    return std::nullopt;
}

}  // namespace foyer
