#include <algorithm>
#include <cmath>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// Words on the screen, and pictures that stand for them.

namespace foyer {

namespace {

constexpr float lead_size = 34;

}  // namespace

float Ui::longest_word(std::string_view said, const TextStyle& style, bool fixed_size) {
    Node node;
    node.style = style;
    node.fixed_size = fixed_size;
    const auto real = setting().style(node);
    float widest = 0;
    while (!said.empty()) {
        const auto end = std::min(said.find_first_of(" \n"), said.size());
        if (end > 0)
            widest = std::max(widest, text_.layout(said.substr(0, end), real, 0).width);
        said.remove_prefix(std::min(end + 1, said.size()));
    }
    return std::ceil(widest / scene_.display.scale()) + 1;
}

NodeId Ui::add_words(Node node, const std::string& said, Face face, int weight,
                     float size, Color ink, Align align) {
    node.content = face == Face::icon ? Content::icon : Content::text;
    node.words = said;
    node.style = {face, weight, size, face == Face::display ? 1.2F : 1.35F, align};
    node.ink = ink;
    if (face != Face::icon && node.role == Role::group) node.role = Role::text;
    if (face == Face::icon) node.role = Role::image;
    if (face != Face::icon) node.label = said;
    return add(std::move(node));
}

Node Ui::control(const std::string& key, const std::string& label, Role role) {
    Node node;
    node.key = key;
    node.label = label;
    node.role = role;
    node.actions.activate = true;
    node.pressed = pressed_ == key;
    return node;
}

void Ui::heading(const char* key, const Args& args, Heading size, Align align) {
    Node node;
    node.key = key;
    node.role = Role::heading;
    node.before = 20;
    node.keeps_next = true;
    // A hero heading is large already; it grows only where the others would overtake
    // it.
    const float grown = 52 * text_scale(scene_.comfort.text);
    const auto& display = scene_.display;
    const bool roomy = display.portrait() && margin_units(display) >= 64;
    const float hero = std::max(roomy ? 76.0F : 60.0F, grown);
    node.fixed_size = true;
    add_words(std::move(node), tr(key, args), Face::display, 600,
              size == Heading::hero ? hero : grown, Color::ink, align);
}

void Ui::lead(const char* key, const Args& args, Align align) {
    say_lead(key, tr(key, args), align);
}

void Ui::lead_count(const char* key, long count, const Args& args, Align align) {
    say_lead(key, tr_count(key, count, args), align);
}

void Ui::say_lead(const char* key, const std::string& said, Align align) {
    Node node;
    node.key = key;
    // Two leads are one paragraph.
    const auto& before = tree_[open_.back()].children;
    const bool follows =
        !before.empty() && tree_[before.back()].style.size == lead_size;
    node.before = follows ? 2.0F : 20.0F;
    add_words(std::move(node), said, Face::text, 400, lead_size, Color::mute, align);
}

void Ui::text(const char* key, const Args& args, Align align) {
    say_text(key, tr(key, args), align);
}

void Ui::text_count(const char* key, long count, const Args& args, Align align) {
    say_text(key, tr_count(key, count, args), align);
}

void Ui::say_text(const char* key, const std::string& said, Align align) {
    Node node;
    node.key = key;
    node.before = 20;
    add_words(std::move(node), said, Face::text, 400, 32, Color::ink, align);
}

void Ui::words(const std::string& said, Align align, int weight, float size,
               Color ink) {
    Node node;
    node.before = 8;
    add_words(std::move(node), said, Face::text, weight, size, ink, align);
}

void Ui::small(const char* key, const Args& args, Align align) {
    Node node;
    node.key = key;
    // Within a card it belongs to what is above; on its own it is a footnote.
    node.before = open_.back() == tree_.region(Region::body) ? 40.0F : 16.0F;
    add_words(std::move(node), tr(key, args), Face::text, 400, 28, Color::mute, align);
}

void Ui::title(const char* key, const Args& args) {
    Node node;
    node.key = key;
    node.role = Role::heading;
    node.keeps_next = true;
    add_words(std::move(node), tr(key, args), Face::display, 600, 40, Color::ink);
}

void Ui::label(const char* key) {
    Node node;
    node.key = key;
    node.keeps_next = true;
    add_words(std::move(node), tr(key), Face::text, 600, 30, Color::ink);
}

void Ui::countdown(int seconds) {
    Node node;
    node.key = "countdown";
    node.fixed_size = true;
    node.before = 20;
    add_words(std::move(node), std::to_string(seconds), Face::display, 600, 140,
              Color::pine, Align::center);
}

void Ui::note(const char* icon, const char* key, const Args& args, Color ink) {
    Node row;
    row.flow = Flow::row;
    row.gap = 20;
    row.before = 36;
    row.across = Place::center;
    const Inside inside(*this, add(std::move(row)));
    add_words({}, icon, Face::icon, 400, 36, ink);
    Node said;
    said.key = key;
    said.grow = 1;
    add_words(std::move(said), tr(key, args), Face::text, 400, 28, ink);
}

void Ui::big_icon(const char* icon) {
    Node middle;
    middle.across = Place::center;
    middle.before = 48;
    middle.pad.bottom = 28;
    middle.keeps_next = true;
    middle.optional = true;
    const Inside inside(*this, add(std::move(middle)));
    Node disc;
    disc.width = 200;
    disc.min_h = 200;
    disc.radius = 100;
    disc.fill = Color::sage;
    disc.border = scene_.comfort.high_contrast ? Color::ink : Color::none;
    disc.border_w = scene_.comfort.high_contrast ? 4.0F : 0.0F;
    disc.across = Place::center;
    disc.along = Place::center;
    const Inside round(*this, add(std::move(disc)));
    Node glyph;
    glyph.fixed_size = true;
    add_words(std::move(glyph), icon, Face::icon, 400, 110, Color::pine);
}

void Ui::figure(const std::string& said, float size, Color ink, Align align) {
    Node node;
    node.before = 8;
    node.fixed_size = true;
    add_words(std::move(node), said, Face::display, 600, size, ink, align);
}

void Ui::steps(int done, int of) {
    const auto inside = region(Region::header);
    Node row;
    row.key = "steps";
    row.role = Role::progress;
    row.label =
        tr("steps.label", {{"done", std::to_string(done)}, {"of", std::to_string(of)}});
    row.value = std::to_string(done) + "/" + std::to_string(of);
    row.flow = Flow::row;
    row.gap = 12;
    row.before = 24;
    const Inside bars(*this, add(std::move(row)));
    for (int i = 0; i < of; ++i) {
        Node bar;
        bar.content = Content::bar;
        bar.role = Role::image;
        bar.min_h = 10;
        bar.grow = 1;
        bar.radius = 5;
        bar.fill = i < done ? Color::pine : Color::card_border;
        if (scene_.comfort.high_contrast && i >= done) {
            bar.fill = Color::none;
            bar.border = Color::ink;
            bar.border_w = 2;
        }
        add(std::move(bar));
    }
}

bool Ui::has_plan(const std::string& map) const {
    return scene_.maps != nullptr && scene_.maps->contains(map);
}

void Ui::plan(const char* key, const std::string& map) {
    if (!has_plan(map)) return;
    Node node;
    node.key = key;
    node.role = Role::image;
    node.label = tr(key);
    node.content = Content::plan;
    node.plan = scene_.maps->find(map)->second;
    node.before = 28;
    node.fill = Color::white;
    node.border = Color::card_border;
    node.border_w = 2;
    node.radius = 28;
    node.side = Side::reading;
    node.is_private = true;
    add(std::move(node));
}

void Ui::qr(const std::string& said, float size, const char* key) {
    Node node;
    node.key = key;
    node.role = Role::image;
    node.label = tr(key);
    node.content = Content::qr;
    node.words = said;
    node.width = size;
    node.min_h = size;
    node.fill = Color::white;
    node.is_private = true;
    node.optional = true;
    add(std::move(node));
}

}  // namespace foyer
