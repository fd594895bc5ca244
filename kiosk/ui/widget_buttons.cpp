#include <algorithm>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// Buttons, in the body, among the actions and in the footer.

namespace foyer {

namespace {

/// How a kind of button looks.
struct Look {
    Color fill, ink, border;
    float border_w;
};

Look look_of(Button button) {
    switch (button) {
        case Button::primary:
            return {Color::pine, Color::on_pine, Color::none, 0};
        case Button::plain:
            return {Color::card, Color::pine, Color::pine, 3};
        case Button::quiet:
            return {Color::none, Color::pine, Color::none, 0};
        case Button::clay:
            return {Color::clay, Color::on_clay, Color::none, 0};
        case Button::clay_soft:
            return {Color::clay_light, Color::clay_deep, Color::clay_border, 2};
    }
    return {};
}

}  // namespace

bool Ui::button(const char* key, Button look, const char* icon, const Args& args,
                bool enabled) {
    return tap(key, tr(key, args), look, icon, enabled);
}

bool Ui::tap(const std::string& key, const std::string& words_of_it, Button look,
             const char* icon, bool enabled) {
    const auto colors = look_of(look);
    const auto& around = tree_[open_.back()];
    const bool beside = around.flow == Flow::row && around.min_w > 0;
    auto node = control(key, words_of_it, Role::button);
    node.disabled = !enabled;
    node.flow = Flow::row;
    node.gap = 20;
    node.min_h = 112;
    node.tight_h = 84;
    node.grow = beside ? 1.0F : 0.0F;
    node.pad = Insets::sides(look == Button::quiet ? 28 : 44, 16);
    const float glyph =
        icon != nullptr ? 40 * text_scale(scene_.comfort.text) + node.gap : 0.0F;
    node.min_w = std::max(
        beside ? around.min_w : 260.0F,
        2 * node.pad.left + glyph + longest_word(node.label, {Face::text, 600, 36}));
    node.before = beside ? 0.0F : 28.0F;
    node.radius = 28;
    node.across = Place::center;
    node.along = Place::center;
    node.fill = colors.fill;
    node.border = colors.border;
    node.border_w = colors.border_w;
    node.border_means = look == Button::plain;
    if (scene_.comfort.high_contrast && look != Button::primary &&
        look != Button::clay) {
        node.border = look == Button::clay_soft ? Color::clay : Color::ink;
        node.border_w = 4;
    }
    const auto label = node.label;
    {
        const Inside inside(*this, add(std::move(node)));
        const bool leads = icon != nullptr && icon != std::string_view(icon::forward);
        if (leads) add_words({}, icon, Face::icon, 400, 40, colors.ink);
        Node said;
        said.role = Role::text;
        said.label.clear();
        const auto id = add_words(std::move(said), label, Face::text, 600, 36,
                                  colors.ink, Align::center);
        tree_[id].label.clear();
        if (icon != nullptr && !leads)
            add_words({}, icon, Face::icon, 400, 40, colors.ink);
    }
    return activated(key) && enabled;
}

bool Ui::big_button(const char* key, const char* icon) {
    auto node = control(key, tr(key), Role::button);
    node.flow = Flow::row;
    node.gap = 32;
    // In landscape the card about 988 stands beside it, and needs its column.
    node.side = Side::reading;
    node.min_h = scene_.display.portrait() ? 216.0F : 168.0F;
    node.tight_h = 120;
    node.pad = Insets::sides(44, 28);
    node.before = 44;
    node.radius = 28;
    node.across = Place::center;
    node.along = Place::center;
    node.fill = Color::clay;
    const auto label = node.label;
    {
        const Inside inside(*this, add(std::move(node)));
        add_words({}, icon, Face::icon, 400, 64, Color::on_clay);
        Node said;
        said.fixed_size = true;
        const float size = large_text(46, scene_.comfort.text);
        const auto id =
            add_words(std::move(said), label, Face::text, 600, size, Color::on_clay);
        tree_[id].label.clear();
    }
    return activated(key);
}

bool Ui::pill(const char* key, Button look, const char* icon) {
    const auto colors = look_of(look);
    const bool stark = scene_.comfort.high_contrast;
    auto node = control(key, tr(key), Role::button);
    node.flow = Flow::row;
    node.gap = 16;
    node.min_h = 86;
    node.tight_h = 82;
    node.min_w = 86;
    node.pad = Insets::sides(margin_units(scene_.display) < 64 ? 20 : 36, 12);
    node.radius = 43;
    node.across = Place::center;
    node.along = Place::center;
    node.fill = look == Button::plain ? Color::card : colors.fill;
    node.border = look == Button::plain ? (stark ? Color::ink : Color::card_border)
                                        : colors.border;
    node.border_w = stark ? 4.0F : 2.0F;
    const auto label = node.label;
    const Color ink = look == Button::plain ? Color::ink : colors.ink;
    {
        const Inside inside(*this, add(std::move(node)));
        add_words({}, icon, Face::icon, 400, 38, ink);
        const auto id = add_words({}, label, Face::text, 500, 30, ink);
        tree_[id].label.clear();
        tree_[id].optional = look == Button::plain;
    }
    return activated(key);
}

Ui::Inside Ui::pills() {
    Node node;
    node.flow = Flow::row;
    node.gap = tree_[open_.back()].gap;
    node.wrap = true;
    node.along = Place::end;
    return {*this, add(std::move(node))};
}

bool Ui::back(const char* key) {
    const auto inside = region(Region::actions);
    const bool tapped = button(key, Button::quiet, icon::back);
    auto& node = tree_[tree_[inside.id()].children.back()];
    node.on_pages = OnPages::first;
    node.along = Place::start;
    return tapped;
}

bool Ui::primary(const char* key, const char* icon, const Args& args, bool enabled) {
    const auto inside = region(Region::actions);
    const bool tapped = button(key, Button::primary, icon, args, enabled);
    auto& node = tree_[tree_[inside.id()].children.back()];
    node.grow = 1;
    node.min_w = std::max(320.0F, node.min_w);
    if (!enabled) {
        const bool stark = scene_.comfort.high_contrast;
        node.fill = stark ? Color::none : Color::card_border;
        node.border = stark ? Color::ink : Color::none;
        node.border_w = 4;
        for (const auto child : node.children) tree_[child].ink = Color::ink;
    }
    return tapped;
}

bool Ui::secondary(const char* key, const char* icon, bool enabled) {
    const auto inside = region(Region::actions);
    const bool tapped = button(key, Button::plain, icon, {}, enabled);
    auto& node = tree_[tree_[inside.id()].children.back()];
    node.grow = 1;
    node.min_w = std::max(320.0F, node.min_w);
    return tapped;
}

}  // namespace foyer
