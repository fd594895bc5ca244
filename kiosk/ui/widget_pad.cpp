#include <algorithm>

#include "kiosk/ui/ui.h"

// What follows the finger: a line to set a value on, a pad to sign on.

namespace foyer {

std::optional<float> Ui::slider(const std::string& key, const std::string& label,
                                const std::string& value, std::optional<float> part) {
    const bool stark = scene_.comfort.high_contrast;
    std::optional<float> lifted;
    if (dragged_ == key && !trail_.empty()) {
        dragged_.clear();
        lifted = trail_.back().first;
        trail_.clear();
    }
    // While it is dragged the thumb is where the finger is.
    if (pressed_ == key && !trail_.empty()) part = trail_.back().first;
    auto node = control(key, label, Role::slider);
    node.value = value;
    node.is_private = true;
    node.actions.drag = true;
    node.flow = Flow::row;
    node.min_h = 112;
    node.tight_h = 84;
    node.min_w = 300;
    node.grow = tree_[open_.back()].flow == Flow::row ? 1.0F : 0.0F;
    node.across = Place::center;
    node.pressable_look = false;
    node.pressed = false;
    const Inside inside(*this, add(std::move(node)));
    const auto line = [&](float share, bool before) {
        if (share <= 0) return;
        Node bar;
        bar.content = Content::bar;
        bar.role = Role::image;
        bar.grow = share;
        bar.min_h = 18;
        bar.radius = 9;
        bar.fill = before ? Color::pine : Color::card_border;
        bar.border = before ? Color::none : Color::mute;
        bar.border_w = before ? 0.0F : 3.0F;
        bar.border_means = !before;
        if (stark && !before) {
            bar.fill = Color::none;
            bar.border = Color::ink;
        }
        add(std::move(bar));
    };
    if (!part) {
        line(1, false);
        return lifted;
    }
    line(*part, true);
    Node thumb;
    thumb.role = Role::image;
    thumb.width = 64;
    thumb.min_h = 64;
    thumb.radius = 32;
    thumb.fill = Color::pine;
    thumb.border = Color::card;
    thumb.border_w = 6;
    add(std::move(thumb));
    line(1 - *part, false);
    return lifted;
}

Ui::Inside Ui::slider_row() {
    Node row;
    row.flow = Flow::row;
    row.gap = 28;
    row.before = 20;
    row.across = Place::center;
    return {*this, add(std::move(row))};
}

bool Ui::stepper(const std::string& key, const std::string& label, const char* icon) {
    auto node = control(key, label, Role::button);
    node.width = 112;
    node.min_h = 112;
    node.tight_h = 84;
    node.radius = 28;
    node.across = Place::center;
    node.along = Place::center;
    node.fill = Color::card;
    node.border = scene_.comfort.high_contrast ? Color::ink : Color::pine;
    node.border_w = scene_.comfort.high_contrast ? 4.0F : 3.0F;
    node.border_means = true;
    const Inside inside(*this, add(std::move(node)));
    Node glyph;
    glyph.fixed_size = true;
    add_words(std::move(glyph), icon, Face::icon, 400, 52, Color::pine);
    return activated(key);
}

void Ui::slider_ends(const std::string& least, const std::string& most) {
    Node row;
    row.flow = Flow::row;
    row.gap = 28;
    const Inside inside(*this, add(std::move(row)));
    add_words({}, least, Face::text, 400, 30, Color::mute);
    Node space;
    space.grow = 1;
    add(std::move(space));
    add_words({}, most, Face::text, 400, 30, Color::mute);
}

std::optional<Ui::Trail> Ui::pad(const std::string& key, const std::string& label,
                                 const std::vector<Trail>& strokes) {
    const bool stark = scene_.comfort.high_contrast;
    std::optional<Trail> lifted;
    auto node = control(key, label, Role::button);
    node.is_private = true;
    node.actions.drag = true;
    node.content = Content::strokes;
    node.strokes = strokes;
    if ((pressed_ == key || dragged_ == key) && !trail_.empty())
        node.strokes.push_back(trail_);
    if (dragged_ == key) {
        dragged_.clear();
        if (!trail_.empty()) lifted = std::exchange(trail_, {});
    }
    node.pressed = false;
    node.before = 28;
    node.min_h = scene_.display.portrait() ? 420.0F : 300.0F;
    node.tight_h = 220;
    node.radius = 28;
    node.fill = Color::card;
    node.border = stark ? Color::ink : Color::outline;
    node.border_w = stark ? 4.0F : 2.0F;
    node.border_means = true;
    node.ink = Color::ink;
    add(std::move(node));
    return lifted;
}

}  // namespace foyer
