#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

struct Said {
    const char* title;
    const char* lead;
};

Said words_for(SlipTrouble trouble) {
    switch (trouble) {
        case SlipTrouble::unreadable:
            return {"slip.unreadable", "slip.unreadable_lead"};
        case SlipTrouble::foreign:
            return {"slip.foreign", "slip.foreign_lead"};
        case SlipTrouble::expired:
            return {"slip.expired", "slip.expired_lead"};
        case SlipTrouble::unknown:
            return {"slip.unknown", "slip.unknown_lead"};
        case SlipTrouble::cancelled:
            return {"slip.cancelled", "slip.cancelled_lead"};
        case SlipTrouble::other_site:
            return {"slip.other_site", "slip.other_site_lead"};
        case SlipTrouble::over:
            return {"slip.over", "slip.over_lead"};
    }
    return {"slip.unreadable", "slip.unreadable_lead"};
}

}  // namespace

std::optional<Event> show(const SlipRefused& screen, Ui& ui) {
    const auto said = words_for(screen.trouble);
    ui.center_body();
    ui.big_icon(icon::qr_scan);
    ui.heading(said.title, {}, Heading::screen, Align::center);
    ui.lead(said.lead, {}, Align::center);
    where_the_desk_is(ui, Align::center);
    clears_soon(ui);
    return finish(ui);
}

}  // namespace foyer
