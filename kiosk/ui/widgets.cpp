#include <cmath>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

namespace foyer {

namespace {

/// How a kind of button looks.
struct Look {
    Color fill, ink, border;
    float border_w;
};

constexpr float lead_size = 34;

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

/// The size of what is larger than other text: it grows less (its capitals are past
/// 7.3 mm already).
float large_already(float size, TextSize patients) {
    return size * std::min(1.25F, text_scale(patients));
}

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

// --- words --------------------------------------------------------------------------

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
    Node node;
    node.key = key;
    // Two leads are one paragraph.
    const auto& before = tree_[open_.back()].children;
    const bool follows =
        !before.empty() && tree_[before.back()].style.size == lead_size;
    node.before = follows ? 2.0F : 20.0F;
    add_words(std::move(node), tr(key, args), Face::text, 400, lead_size, Color::mute,
              align);
}

void Ui::text(const char* key, const Args& args, Align align) {
    Node node;
    node.key = key;
    node.before = 20;
    add_words(std::move(node), tr(key, args), Face::text, 400, 32, Color::ink, align);
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
    node.before = 16;
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

// --- containers
// -----------------------------------------------------------------------

Ui::Inside Ui::card(float pad, bool to_be_read) {
    Node node;
    node.fill = Color::card;
    node.border = Color::card_border;
    node.border_w = scene_.comfort.high_contrast ? 4.0F : 2.0F;
    node.radius = 28;
    node.pad = Insets::all(pad);
    node.before = 36;
    node.side = to_be_read ? Side::reading : Side::controls;
    return {*this, add(std::move(node))};
}

Ui::Inside Ui::beside(float min_width) {
    Node node;
    node.flow = Flow::row;
    // Inside a block they are parts of one thing, under its label.
    const bool parts = tree_[open_.back()].gap > 0;
    node.gap = parts ? 20.0F : 36.0F;
    node.before = parts ? 0.0F : 36.0F;
    node.stacks = true;
    node.min_w = min_width;
    return {*this, add(std::move(node))};
}

Ui::Inside Ui::card_row() {
    Node node;
    node.fill = Color::card;
    node.border = Color::card_border;
    node.border_w = scene_.comfort.high_contrast ? 4.0F : 2.0F;
    node.radius = 28;
    node.pad = Insets::sides(52, 44);
    node.before = 44;
    node.side = Side::controls;
    node.flow = Flow::row;
    node.gap = 44;
    node.stacks = true;
    node.across = Place::center;
    node.along = Place::center;
    return {*this, add(std::move(node))};
}

Ui::Inside Ui::block() {
    Node node;
    node.before = 28;
    node.gap = 12;
    return {*this, add(std::move(node))};
}

Ui::Inside Ui::column() {
    Node node;
    node.grow = 1;
    node.min_w = 300 * text_scale(scene_.comfort.text);
    return {*this, add(std::move(node))};
}

void Ui::cover() {
    tree_[0].fill = Color::cover;
    tree_.centered = true;
}

// --- things to tap
// --------------------------------------------------------------------

bool Ui::button(const char* key, Button look, const char* icon, const Args& args,
                bool enabled) {
    const auto colors = look_of(look);
    const auto& around = tree_[open_.back()];
    const bool beside = around.flow == Flow::row && around.min_w > 0;
    auto node = control(key, tr(key, args), Role::button);
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
        const float size = large_already(46, scene_.comfort.text);
        const auto id =
            add_words(std::move(said), label, Face::text, 600, size, Color::on_clay);
        tree_[id].label.clear();
    }
    return activated(key);
}

/// That a slip can be scanned: on the hero card, or in a panel of its own.
void Ui::scan_hint(const char* icon, const char* key, bool on_pine) {
    const bool stark = scene_.comfort.high_contrast;
    Node panel;
    panel.flow = Flow::row;
    panel.gap = 28;
    panel.before = on_pine ? 0.0F : 36.0F;
    panel.across = Place::center;
    panel.pad = Insets::sides(32, 28);
    panel.radius = 24;
    panel.fill = on_pine ? Color::pine_soft : Color::sage;
    panel.border = on_pine ? Color::pine_border : Color::sage_deep;
    if (stark) panel.border = Color::white;
    panel.border_w = stark ? 4.0F : 2.0F;
    const Inside scan(*this, add(std::move(panel)));
    const Color ink = stark ? Color::white : on_pine ? Color::on_pine : Color::ink;
    add_words({}, icon, Face::icon, 400, 60, ink);
    Node said;
    said.key = key;
    said.grow = 1;
    said.min_w = 160;
    add_words(std::move(said), tr(key), Face::text, 400, 32, ink);
}

bool Ui::hero_card(const char* key, const char* icon, const char* sub,
                   const char* hint_icon, const char* hint) {
    const bool low = !scene_.display.portrait();
    // Where the card would grow too tall, the hint is something to read beside it.
    const auto& display = scene_.display;
    const bool flat = low && float(display.height) / display.scale() < 900;
    const bool hint_apart = scene_.comfort.reach ||
                            scene_.comfort.text == TextSize::largest ||
                            (flat && scene_.comfort.text != TextSize::normal);
    if (hint_apart) scan_hint(hint_icon, hint, false);
    auto node = control(key, tr(key) + ". " + tr(sub), Role::button);
    node.fill = Color::pine;
    node.radius = 28;
    node.pad = low ? Insets::sides(44, 36) : Insets{64, 64, 64, 60};
    node.gap = low ? 28.0F : 52.0F;
    node.before = 48;
    const Inside inside(*this, add(std::move(node)));
    {
        Node row;
        row.flow = Flow::row;
        row.gap = 36;
        row.across = Place::center;
        const Inside top(*this, add(std::move(row)));
        Node glyph;
        glyph.fixed_size = true;
        glyph.optional = true;
        add_words(std::move(glyph), icon, Face::icon, 400, low ? 80.0F : 100.0F,
                  Color::on_pine);
        Node column;
        column.grow = 1;
        const Inside texts(*this, add(std::move(column)));
        Node title;
        title.fixed_size = true;
        const float size = large_already(56, scene_.comfort.text);
        const auto id = add_words(std::move(title), tr(key), Face::display, 600, size,
                                  Color::on_pine);
        tree_[id].label.clear();
        tree_[texts.id()].min_w = longest_word(tr(key), tree_[id].style, true);
        const auto under =
            add_words({}, tr(sub), Face::text, 400, 32, Color::on_pine_mute);
        tree_[under].label.clear();
    }
    if (!hint_apart) scan_hint(hint_icon, hint, true);
    return activated(key);
}

bool Ui::tile(const char* key, const char* icon, const char* sub) {
    auto node = control(key, sub ? tr(key) + ". " + tr(sub) : tr(key), Role::button);
    const bool beside = tree_[open_.back()].flow == Flow::row;
    node.grow = beside ? 1.0F : 0.0F;
    node.min_w = beside ? tree_[open_.back()].min_w : 0;
    node.before = beside ? 0.0F : 28.0F;
    node.flow = Flow::row;
    node.gap = 28;
    node.min_h = 130;
    node.tight_h = 96;
    node.pad = Insets::sides(40, 28);
    node.radius = 28;
    node.fill = Color::card;
    node.border = scene_.comfort.high_contrast ? Color::ink : Color::card_border;
    node.border_w = scene_.comfort.high_contrast ? 4.0F : 2.0F;
    node.across = Place::center;
    {
        const Inside inside(*this, add(std::move(node)));
        add_words({}, icon, Face::icon, 400, 48, Color::pine);
        Node column;
        column.grow = 1;
        column.gap = 6;
        const Inside texts(*this, add(std::move(column)));
        const auto title = add_words({}, tr(key), sub ? Face::display : Face::text,
                                     sub ? 600 : 500, sub ? 38.0F : 32.0F, Color::ink);
        tree_[title].label.clear();
        tree_[texts.id()].min_w = longest_word(tr(key), tree_[title].style);
        const float icon_w = 48 * text_scale(scene_.comfort.text);
        auto& whole = tree_[inside.id()];
        whole.min_w =
            std::max(whole.min_w, 2 * 40 + icon_w + 28 + tree_[texts.id()].min_w);
        if (sub) {
            const auto id = add_words({}, tr(sub), Face::text, 400, 30, Color::mute);
            tree_[id].label.clear();
        }
    }
    return activated(key);
}

bool Ui::choice(const std::string& key, const std::string& label, bool chosen,
                const char* icon) {
    const bool stark = scene_.comfort.high_contrast;
    const bool beside = tree_[open_.back()].flow == Flow::row;
    auto node = control(key, label, Role::checkbox);
    node.checked = chosen;
    node.flow = Flow::row;
    node.gap = 28;
    node.min_h = 112;
    node.tight_h = 84;
    node.before = beside ? 0.0F : 20.0F;
    node.grow = beside ? 1.0F : 0.0F;
    node.pad = Insets::sides(36, 20);
    node.radius = 28;
    node.across = Place::center;
    node.fill = chosen ? Color::sage : Color::card;
    node.border = chosen ? Color::pine : stark ? Color::ink : Color::card_border;
    node.border_w = chosen ? (stark ? 10.0F : 5.0F) : (stark ? 4.0F : 2.0F);
    {
        const Inside inside(*this, add(std::move(node)));
        Node disc;
        disc.width = 60;
        disc.min_h = 60;
        disc.radius = 30;
        disc.across = Place::center;
        disc.along = Place::center;
        disc.role = Role::image;
        disc.fill = chosen ? Color::pine : Color::none;
        disc.border = chosen ? Color::none : Color::outline;
        disc.border_w = chosen ? 0.0F : 4.0F;
        disc.border_means = !chosen;
        {
            const Inside mark(*this, add(std::move(disc)));
            Node glyph;
            glyph.fixed_size = true;
            if (chosen)
                add_words(std::move(glyph), icon::check, Face::icon, 400, 38,
                          Color::on_pine);
        }
        if (icon) add_words({}, icon, Face::icon, 400, 44, Color::pine);
        Node said;
        said.grow = 1;
        const auto id =
            add_words(std::move(said), label, Face::text, 500, 34, Color::ink);
        tree_[id].label.clear();
        tree_[id].min_w = longest_word(label, tree_[id].style);
        const float words = tree_[id].min_w;
        tree_[inside.id()].min_w = 2 * 36 + 60 + 28 + words + (icon ? 44 + 28 : 0);
    }
    return activated(key);
}

bool Ui::visit_row(const std::string& key, const VisitRow& row) {
    const bool stark = scene_.comfort.high_contrast;
    auto node = control(key, row.time + " " + row.rest + ", " + row.title,
                        row.can_choose ? Role::checkbox : Role::group);
    node.is_private = true;
    node.spoken = node.label + ". " + row.place + ". " + row.chip;
    if (row.can_choose) node.checked = row.chosen;
    node.actions.activate = row.can_choose;
    node.flow = Flow::row;
    node.gap = 36;
    node.before = 28;
    node.side = Side::controls;
    node.min_h = 200;
    node.tight_h = 140;
    node.pad = Insets::sides(36, 32);
    node.radius = 28;
    node.across = Place::center;
    node.fill = Color::card;
    node.border = row.chosen ? Color::pine : stark ? Color::ink : Color::card_border;
    node.border_w = row.chosen ? (stark ? 10.0F : 5.0F) : (stark ? 4.0F : 2.0F);
    // "AM – 2:00 PM" in one line, at larger sizes in two; above the rest where the two
    // have no room side by side.
    const TextStyle time_style{Face::display, 600, 48}, rest_style{Face::text, 400, 28};
    const float time_w = std::max(
        {208 * std::min(1.3F, text_scale(scene_.comfort.text)),
         longest_word(row.time, time_style), longest_word(row.rest, rest_style)});
    const float what_w = std::max(240 * text_scale(scene_.comfort.text),
                                  longest_word(row.title, {Face::display, 600, 38}));
    const bool stacked = controls_width(scene_.display) / scene_.display.scale() <
                         2 * 36 + time_w + 2 * 36 + what_w + 36 + 64;
    {
        const Inside inside(*this, add(std::move(node)));
        {
            // When and what stand side by side where both have room, the mark always
            // right.
            Node both;
            both.flow = stacked ? Flow::column : Flow::row;
            both.gap = stacked ? 8 : 36;
            both.grow = 1;
            both.across = stacked ? Place::stretch : Place::center;
            const Inside when_and_what(*this, add(std::move(both)));
            {
                Node when;
                when.flow = stacked ? Flow::row : Flow::column;
                when.gap = stacked ? 16 : 0;
                when.across = stacked ? Place::end : Place::stretch;
                when.along = stacked ? Place::start : Place::center;
                when.width = stacked ? 0 : time_w;
                const Inside inner(*this, add(std::move(when)));
                const auto id = add_words({}, row.time, Face::display, 600,
                                          time_style.size, Color::ink, Align::center);
                tree_[id].label.clear();
                const auto rest =
                    add_words({}, row.rest, Face::text, 400, rest_style.size,
                              Color::mute, Align::center);
                tree_[rest].label.clear();
            }
            if (!stacked) {
                Node line;
                line.width = 2;
                line.content = Content::bar;
                line.role = Role::image;
                line.min_h = 130;
                line.fill = Color::card_border;
                add(std::move(line));
            }
            {
                Node column;
                column.grow = stacked ? 0.0F : 1.0F;
                column.gap = 8;
                column.across = Place::start;
                const Inside what(*this, add(std::move(column)));
                const auto title =
                    add_words({}, row.title, Face::display, 600, 38, Color::ink);
                tree_[title].label.clear();
                if (!row.place.empty()) {
                    const auto place =
                        add_words({}, row.place, Face::text, 400, 30, Color::mute);
                    tree_[place].optional = stacked;
                }
                if (!row.chip.empty()) {
                    const bool later = row.chip_look == Chip::later;
                    Node chip;
                    chip.pad = Insets::sides(20, 8);
                    chip.radius = 14;
                    chip.fill = later ? Color::gold_light : Color::sage;
                    chip.before = 8;
                    if (stark) {
                        chip.border = later ? Color::gold : Color::ink;
                        chip.border_w = 3;
                    }
                    const Inside tag(*this, add(std::move(chip)));
                    add_words({}, row.chip, Face::text, 500, 28,
                              later ? Color::gold : Color::ink);
                }
            }
        }
        if (row.can_choose) {
            Node disc;
            disc.width = 64;
            disc.min_h = 64;
            disc.radius = 32;
            disc.across = Place::center;
            disc.along = Place::center;
            disc.role = Role::image;
            disc.fill = row.chosen ? Color::pine : Color::none;
            disc.border = row.chosen ? Color::none : Color::outline;
            disc.border_w = row.chosen ? 0.0F : 4.0F;
            disc.border_means = !row.chosen;
            const Inside mark(*this, add(std::move(disc)));
            Node glyph;
            glyph.fixed_size = true;
            if (row.chosen)
                add_words(std::move(glyph), icon::check, Face::icon, 400, 40,
                          Color::on_pine);
        }
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

// --- actions
// --------------------------------------------------------------------------

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

// --- header
// ---------------------------------------------------------------------------

bool Ui::header(const std::string& date, const std::string& time) {
    const auto inside = region(Region::header);
    Node row;
    row.flow = Flow::row;
    row.gap = 20;
    row.across = Place::center;
    const Inside line(*this, add(std::move(row)));
    {
        Node sign;
        sign.key = "header.clinic";
        sign.role = Role::image;
        sign.label = scene_.clinic;
        sign.actions.hold = true;
        sign.flow = Flow::row;
        sign.gap = 20;
        sign.across = Place::center;
        sign.grow = 1;
        sign.min_h = 82;  // 20 mm: it is held, by staff
        const Inside clinic(*this, add(std::move(sign)));
        Node badge;
        badge.width = 56;
        badge.min_h = 56;
        badge.radius = 14;
        badge.fill = Color::pine;
        badge.across = Place::center;
        badge.along = Place::center;
        {
            const Inside mark(*this, add(std::move(badge)));
            Node glyph;
            glyph.fixed_size = true;
            add_words(std::move(glyph), icon::leaf, Face::icon, 400, 36,
                      Color::on_pine);
        }
        Node name;
        name.grow = 1;
        const auto id =
            add_words(std::move(name), scene_.clinic, Face::text, 600, 30, Color::pine);
        tree_[id].label.clear();
        // The date gives way to the clinic's name.
        const auto style = setting().style(tree_[id]);
        tree_[clinic.id()].min_w =
            56 + 20 +
            text_.layout(scene_.clinic, style, 0).width / scene_.display.scale();
    }
    Node day;
    day.key = "header.date";
    day.optional = true;
    add_words(std::move(day), date, Face::text, 400, 28, Color::mute);
    Node clock;
    clock.key = "header.time";
    add_words(std::move(clock), time, Face::text, 400, 28, Color::mute);
    return std::exchange(held_, "") == "header.clinic";
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
