#include <algorithm>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// Cards: what stands in one, and those that are tapped as a whole.

namespace foyer {

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
    node.pad = {32, 36, 44, 36};  // the QR code brings a white edge of its own
    node.before = 60;
    node.side = Side::controls;
    node.flow = Flow::row;
    node.gap = 28;
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
    node.min_w = 280 * text_scale(scene_.comfort.text);
    return {*this, add(std::move(node))};
}

void Ui::cover() {
    tree_[0].fill = Color::cover;
    tree_.centered = true;
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
    node.before = 64;
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
        const float size = large_text(56, scene_.comfort.text);
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
    return tile(key, tr(key), icon, sub ? tr(sub) : std::string());
}
bool Ui::tile_said(const char* key, const std::string& said, const char* icon) {
    return tile(key, said, icon, {});
}

bool Ui::tile(const char* key, const std::string& said, const char* icon,
              const std::string& sub) {
    const bool has_sub = !sub.empty();
    auto node = control(key, has_sub ? said + ". " + sub : said, Role::button);
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
        const auto title =
            add_words({}, said, has_sub ? Face::display : Face::text,
                      has_sub ? 600 : 500, has_sub ? 38.0F : 32.0F, Color::ink);
        tree_[title].label.clear();
        tree_[texts.id()].min_w = longest_word(said, tree_[title].style);
        const float icon_w = 48 * text_scale(scene_.comfort.text);
        auto& whole = tree_[inside.id()];
        whole.min_w =
            std::max(whole.min_w, 2 * 40 + icon_w + 28 + tree_[texts.id()].min_w);
        if (has_sub) {
            const auto id = add_words({}, sub, Face::text, 400, 30, Color::mute);
            tree_[id].label.clear();
        }
    }
    return activated(key);
}

bool Ui::feature(const char* key, const char* icon, const char* sub) {
    const bool tall = scene_.display.portrait() && !scene_.comfort.reach &&
                      scene_.comfort.text == TextSize::normal;
    if (!tall) return tile(key, icon, sub);
    auto node = control(key, tr(key) + ". " + tr(sub), Role::button);
    node.grow = 1;
    node.min_w = tree_[open_.back()].min_w;
    node.gap = 8;
    node.min_h = 300;
    node.tight_h = 200;
    node.pad = {40, 44, 40, 40};
    node.radius = 28;
    node.fill = Color::card;
    node.border = scene_.comfort.high_contrast ? Color::ink : Color::card_border;
    node.border_w = scene_.comfort.high_contrast ? 4.0F : 2.0F;
    const Inside inside(*this, add(std::move(node)));
    {
        Node row;  // an icon alone would stand in the middle
        row.flow = Flow::row;
        const Inside start(*this, add(std::move(row)));
        add_words({}, icon, Face::icon, 400, 72, Color::pine);
    }
    Node title;
    title.before = 24;
    const auto named =
        add_words(std::move(title), tr(key), Face::display, 600, 40, Color::ink);
    tree_[named].label.clear();
    const auto under = add_words({}, tr(sub), Face::text, 400, 28, Color::mute);
    tree_[under].label.clear();
    return activated(key);
}

void Ui::mark(Mark kind, bool chosen) {
    Node disc;
    disc.width = 60;
    disc.min_h = 60;
    disc.radius = kind == Mark::any ? 14.0F : 30.0F;
    disc.across = Place::center;
    disc.along = Place::center;
    disc.role = Role::image;
    disc.fill = chosen ? Color::pine : Color::none;
    disc.border = chosen ? Color::none : Color::outline;
    disc.border_w = chosen ? 0.0F : 4.0F;
    disc.border_means = !chosen;
    const Inside inside(*this, add(std::move(disc)));
    Node glyph;
    glyph.fixed_size = true;
    if (chosen)
        add_words(std::move(glyph), icon::check, Face::icon, 400, 38, Color::on_pine);
}

bool Ui::choice(const std::string& key, const std::string& label, bool chosen,
                const char* icon, Mark kind) {
    const bool stark = scene_.comfort.high_contrast;
    const bool beside = tree_[open_.back()].flow == Flow::row;
    auto node = control(key, label, kind == Mark::one ? Role::radio : Role::checkbox);
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
        mark(kind, chosen);
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

}  // namespace foyer
