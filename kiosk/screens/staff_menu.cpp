#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

std::optional<Event> show(const StaffMenu&, Ui& ui) {
    ui.heading("staff.title");
    ui.lead("staff.lead");
    if (ui.tile("staff.clean", icon::broom, "staff.clean_hint")) return CleanTapped{};
    if (ui.tile("staff.pause", icon::pause, "staff.pause_hint")) return PauseTapped{};
    if (ui.tile("staff.resume", icon::play, "staff.resume_hint")) return ResumeTapped{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
