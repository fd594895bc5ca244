#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

std::optional<Event> type_name(const FormSign& screen, Ui& ui) {
    if (const auto name = ui.field("form_sign.name", screen.name, {.max = 120}))
        return SignatureTyped{*name};
    return std::nullopt;
}

std::optional<Event> draw_name(const FormSign& screen, Ui& ui) {
    std::vector<Ui::Trail> strokes;
    for (const auto& stroke : screen.strokes) strokes.push_back(stroke.points);
    if (auto stroke = ui.pad("form_sign.pad", ui.tr("form_sign.pad"), strokes))
        return SignatureStrokeMade{{std::move(*stroke)}};
    return std::nullopt;
}

bool is_blank(const std::string& name) {
    return name.find_first_not_of(' ') == std::string::npos;
}

}  // namespace

/// Typing the name and one tap is a signature; who would rather draws one (WCAG 2.5.7).
std::optional<Event> show(const FormSign& screen, Ui& ui) {
    ui.chapter(screen.draw ? "form_sign.draw" : "form_sign.type");
    check_in_steps(ui, screen.after, 3);
    ui.heading("form_sign.title");
    ui.private_next();
    ui.words(screen.title, Align::start, 600, 34);
    ui.spare_next();
    ui.lead(screen.draw ? "form_sign.draw_lead" : "form_sign.lead");
    if (auto event = screen.draw ? draw_name(screen, ui) : type_name(screen, ui))
        return event;
    {
        const auto row = ui.links();
        if (ui.link("form_sign.mode",
                    ui.tr(screen.draw ? "form_sign.type" : "form_sign.draw"),
                    screen.draw ? icon::keyboard : icon::pencil))
            return SignatureModeToggled{};
        if (screen.draw && !screen.strokes.empty() &&
            ui.link("form_sign.clear", ui.tr("form_sign.clear"), icon::eraser))
            return SignatureCleared{};
        if (ui.link("form.leave", ui.tr("form.leave"))) return FormLeaveTapped{};
    }
    const bool ready = screen.draw ? !screen.strokes.empty() : !is_blank(screen.name);
    if (ui.submitted() && ready) return SignatureDone{};
    if (ui.back()) return BackTapped{};
    if (ui.primary("form_sign.done", icon::check, {}, ready)) return SignatureDone{};
    return std::nullopt;
}

}  // namespace foyer
