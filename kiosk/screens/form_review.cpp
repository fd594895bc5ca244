#include "kiosk/screens/screens.h"

namespace foyer {

std::optional<Event> show(const FormReview& screen, Ui& ui) {
    ui.steps(3, 4);
    ui.private_next();
    ui.words(screen.title, Align::start, 600);
    return std::nullopt;
}

}  // namespace foyer
