#include "kiosk/screens/screens.h"

namespace foyer {

std::optional<Event> show(const FormQuestions& screen, Ui& ui) {
    ui.steps(3, 4);
    ui.private_next();
    ui.words(screen.page.title, Align::start, 600);
    return std::nullopt;
}

}  // namespace foyer
