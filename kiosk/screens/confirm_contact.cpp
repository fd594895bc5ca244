#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// The last two digits: enough to know one's own number, nothing to the next in line.
std::string ending_of(const std::string& phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() < 2 ? "" : digits.substr(digits.size() - 2);
}

}  // namespace

std::optional<Event> show(const ConfirmContact& screen, Ui& ui) {
    ui.steps(3, 4);
    ui.heading("contact.title");
    const auto ending = ending_of(screen.person.phone);
    ui.private_next();
    if (screen.person.guardian == true)
        ui.lead(ending.empty() ? "contact.guardian_none" : "contact.guardian",
                {{"ending", ending}});
    else if (ending.empty())
        ui.lead("contact.lead_none");
    else
        ui.lead("contact.lead", {{"ending", ending}});

    if (!ending.empty() && ui.button("contact.yes", Button::primary, icon::check))
        return ContactConfirmed{};
    if (ui.button("contact.changed", ending.empty() ? Button::primary : Button::plain))
        return ContactChanged{};
    if (ui.button("contact.skip", Button::quiet)) return ContactSkipped{};
    if (ui.back()) return BackTapped{};
    return std::nullopt;
}

}  // namespace foyer
