#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

/// With a blank or a hyphen among its six.
constexpr std::size_t longest_code = 8;

const char* words_for(GuestAsked::Problem problem) {
    switch (problem) {
        case GuestAsked::Problem::none:
            return nullptr;
        case GuestAsked::Problem::name_missing:
            return "guest.name_missing";
        case GuestAsked::Problem::code_missing:
            return "guest.code_missing";
    }
    return nullptr;
}

}  // namespace

std::optional<Event> show(const GuestAsked& screen, Ui& ui) {
    ui.heading("guest.title");
    ui.spare_next();
    ui.lead("guest.lead");
    GuestEdited typed{screen.name, screen.code};
    bool edited = false;
    if (const auto text = ui.field("guest.name", screen.name, {})) {
        typed.name = *text;
        edited = true;
    }
    if (const auto text = ui.field("guest.code", screen.code,
                                   {.kind = FieldKind::code, .max = longest_code})) {
        typed.code = *text;
        edited = true;
    }
    if (const auto* problem = words_for(screen.problem)) ui.problem(problem);
    ui.spare_next();
    ui.note(icon::lock, "guest.private");

    if (edited) return typed;
    if (ui.submitted()) return GuestDone{};
    if (ui.back()) return BackTapped{};
    if (ui.secondary("guest.no_code")) return GuestWithoutCode{};
    return std::nullopt;
}

}  // namespace foyer
