#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

/// Broad enough that the next in line learns nothing by reading it.
std::optional<Event> show(const DropInTopic&, Ui& ui) {
    ui.heading("drop_in.title");
    ui.lead("drop_in.lead");
    if (ui.tile("drop_in.papers", icon::document)) return TopicChosen{"papers"};
    if (ui.tile("drop_in.housing", icon::home)) return TopicChosen{"housing"};
    if (ui.tile("drop_in.rides", icon::car)) return TopicChosen{"rides"};
    if (ui.tile("drop_in.other", icon::message)) return TopicChosen{"other"};
    if (ui.back()) return BackTapped{};
    if (ui.secondary("drop_in.not_said")) return TopicChosen{};
    return std::nullopt;
}

}  // namespace foyer
