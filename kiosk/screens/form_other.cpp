#include <charconv>

#include "kiosk/forms/typing.h"
#include "kiosk/screens/form_item.h"
#include "kiosk/ui/icons.h"

// Answers that are neither chosen from a list nor typed: a place on a line, a photo.

namespace foyer {

namespace {

using Part = FormTyping::Part;

std::optional<double> number_of(const ItemState& item) {
    const auto text = answered_part(item, 0, Part::value);
    double value = 0;
    const auto [end, failed] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (item.declined || failed != std::errc{} || end == text.data())
        return std::nullopt;
    return value;
}

AnswerGiven set_to(const ItemState& item, const SliderScale& scale, double value) {
    return {item.path, {number_answer(item, scale.literal(value))}};
}

std::string with_unit(const ItemState& item, const std::string& literal) {
    return item.unit.empty() ? literal : literal + " " + item.unit;
}

}  // namespace

std::optional<Event> ask_slider(const Asked& asked) {
    const auto& item = asked.item;
    auto& ui = asked.ui;
    const auto scale = scale_of(item);
    const auto value = number_of(item);
    const auto block = ui.block();
    const auto said =
        value ? with_unit(item, scale.literal(*value)) : ui.tr("form.slider_hint");
    ui.private_next();
    if (value)
        ui.figure(said, 76, Color::ink, Align::center);
    else
        ui.words(said, Align::center, 400, 32, Color::mute);
    {
        const auto row = ui.slider_row();
        if (ui.stepper(asked.key + ".less", ui.tr("form.less"), icon::minus))
            return set_to(item, scale, value ? *value - scale.step : scale.least);
        std::optional<float> part;
        if (value) {
            const double share = (*value - scale.least) / (scale.most - scale.least);
            part = float(std::min(1.0, std::max(0.0, share)));
        }
        if (const auto lifted = ui.slider(asked.key, name_of(item, ui), said, part))
            return set_to(item, scale,
                          scale.least + double(*lifted) * (scale.most - scale.least));
        if (ui.stepper(asked.key + ".more", ui.tr("form.more"), icon::plus))
            return set_to(item, scale, value ? *value + scale.step : scale.least);
    }
    ui.slider_ends(with_unit(item, scale.literal(scale.least)),
                   with_unit(item, scale.literal(scale.most)));
    return std::nullopt;
}

std::optional<Event> ask_photo(const Asked& asked) {
    const auto& item = asked.item;
    auto& ui = asked.ui;
    if (asked.screen.camera) {
        ui.note(icon::camera, "form.photo_busy");
        return std::nullopt;
    }
    if (item.answers.empty() || item.declined) {
        ui.note(icon::information, "form.photo_hint");
        if (ui.tap(asked.key + ".photo", ui.tr("form.photo_take"), Button::plain,
                   icon::camera))
            return PhotoAsked{item.path};
        return std::nullopt;
    }
    ui.note(icon::check, "form.photo_taken", {}, Color::ink);
    if (ui.tap(asked.key + ".photo", ui.tr("form.photo_again"), Button::plain,
               icon::camera))
        return PhotoAsked{item.path};
    const auto row = ui.links();
    if (ui.link(asked.key + ".remove", ui.tr("form.photo_remove"), icon::remove))
        return AnswerGiven{item.path, {}};
    return std::nullopt;
}

}  // namespace foyer
