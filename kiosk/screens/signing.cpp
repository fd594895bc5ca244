#include "kiosk/screens/signing.h"

#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

std::optional<Event> type_name(const std::string& name, Ui& ui) {
    if (const auto typed = ui.field("form_sign.name", name, {.max = 120}))
        return SignatureTyped{*typed};
    return std::nullopt;
}

std::optional<Event> draw_name(const std::vector<SignatureStroke>& strokes, Ui& ui) {
    std::vector<Ui::Trail> trails;
    for (const auto& stroke : strokes) trails.push_back(stroke.points);
    if (auto stroke = ui.pad("form_sign.pad", ui.tr("form_sign.pad"), trails))
        return SignatureStrokeMade{{std::move(*stroke)}};
    return std::nullopt;
}

bool is_made(const SignatureShown& shown) {
    return shown.draw ? !shown.strokes.empty()
                      : shown.name.find_first_not_of(' ') != std::string::npos;
}

}  // namespace

std::optional<Event> signature_field(const SignatureShown& shown, Ui& ui) {
    ui.spare_next();
    ui.lead(shown.draw ? "form_sign.draw_lead" : "form_sign.lead");
    return shown.draw ? draw_name(shown.strokes, ui) : type_name(shown.name, ui);
}

std::optional<Event> signature_links(const SignatureShown& shown, Ui& ui) {
    if (ui.link("form_sign.mode",
                ui.tr(shown.draw ? "form_sign.type" : "form_sign.draw"),
                shown.draw ? icon::keyboard : icon::pencil))
        return SignatureModeToggled{};
    if (shown.draw && !shown.strokes.empty() &&
        ui.link("form_sign.clear", ui.tr("form_sign.clear"), icon::eraser))
        return SignatureCleared{};
    return std::nullopt;
}

std::optional<Event> signature_ways_on(const SignatureShown& shown, Ui& ui) {
    const bool ready = is_made(shown);
    if (ui.submitted() && ready) return SignatureDone{};
    if (ui.back()) return BackTapped{};
    if (ui.primary("form_sign.done", icon::check, {}, ready)) return SignatureDone{};
    return std::nullopt;
}

}  // namespace foyer
