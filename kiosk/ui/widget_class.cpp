#include <algorithm>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// A session of a class, and the pills of the days.

namespace foyer {

namespace {

constexpr TextStyle title_style{Face::display, 600, 38};
constexpr TextStyle act_style{Face::text, 600, 34};
constexpr float picture = 116, row_gap = 28, row_pad = 36, act_pad = 28;

}  // namespace

bool Ui::class_row(const std::string& key, const ClassRow& row) {
    using Act = ClassRow::Act;
    const bool stark = scene_.comfort.high_contrast;
    const float act_w =
        row.act == Act::none
            ? 0
            : std::max(236.0F, 2 * act_pad + longest_word(row.act_words, act_style) +
                                   (row.act == Act::joined ? 60.0F : 0.0F));
    const float said_w = std::max(250 * text_scale(scene_.comfort.text),
                                  longest_word(row.title, title_style));
    const bool stacked = row.act != Act::none &&
                         controls_width(scene_.display) / scene_.display.scale() <
                             2 * row_pad + picture + row_gap + said_w + row_gap + act_w;

    Node node;
    node.key = key;
    node.label = row.title + ". " + row.when + ". " + row.state;
    node.is_private = row.is_private;
    node.flow = stacked ? Flow::column : Flow::row;
    node.gap = stacked ? 20 : row_gap;
    node.before = 26;
    node.side = Side::choices;
    node.pad = Insets::sides(row_pad, 32);
    node.radius = 28;
    node.across = stacked ? Place::stretch : Place::center;
    node.fill = Color::card;
    node.border = stark ? Color::ink : Color::card_border;
    node.border_w = stark ? 4.0F : 2.0F;
    const Inside inside(*this, add(std::move(node)));
    {
        Node about;
        about.flow = Flow::row;
        about.gap = row_gap;
        about.grow = stacked ? 0.0F : 1.0F;
        about.across = Place::center;
        const Inside both(*this, add(std::move(about)));
        {
            Node tile;
            tile.width = picture;
            tile.min_h = picture;
            tile.radius = 24;
            tile.fill = row.tint;
            if (stark) {
                tile.border = Color::ink;
                tile.border_w = 3;
            }
            tile.across = Place::center;
            tile.along = Place::center;
            tile.role = Role::image;
            tile.optional = true;
            const Inside behind(*this, add(std::move(tile)));
            Node glyph;
            glyph.fixed_size = true;
            add_words(std::move(glyph), row.icon, Face::icon, 400, 60,
                      Color::pine_deep);
        }
        Node column;
        column.grow = 1;
        column.gap = 4;
        column.min_w = said_w;
        const Inside said(*this, add(std::move(column)));
        const auto quiet = [&](const std::string& words, Face face, int weight,
                               float size, Color ink) {
            if (words.empty()) return;
            Node line;
            line.is_private = row.is_private;
            const auto id = add_words(std::move(line), words, face, weight, size, ink);
            tree_[id].label.clear();
        };
        quiet(row.title, Face::display, 600, title_style.size, Color::ink);
        quiet(row.when, Face::text, 400, 28, Color::mute);
        quiet(row.state, Face::text, 600, 28, row.state_ink);
    }
    if (row.act == Act::none) return false;

    const auto act_key = key + ".act";
    // What is seen is in the name of it (WCAG 2.5.3).
    const bool says_so = row.spoken.find(row.act_words) != std::string::npos;
    auto act =
        control(act_key, says_so ? row.spoken : row.act_words + ". " + row.spoken,
                Role::button);
    act.is_private = row.is_private;
    act.flow = Flow::row;
    act.gap = 16;
    act.min_h = 104;
    act.tight_h = 84;
    act.min_w = act_w;
    act.pad = Insets::sides(act_pad, 12);
    act.radius = 28;
    act.across = Place::center;
    act.along = Place::center;
    const bool filled = row.act == Act::join;
    act.fill = filled                   ? Color::pine
               : row.act == Act::joined ? Color::sage
                                        : Color::card;
    act.border = filled || row.act == Act::joined ? Color::none : Color::pine;
    act.border_w = 3;
    act.border_means = row.act == Act::wait || row.act == Act::leave;
    if (stark && !filled) {
        act.border = Color::ink;
        act.border_w = 4;
    }
    {
        // Pine on sage has 6.7:1.
        const Color ink = filled                   ? Color::on_pine
                          : row.act == Act::joined ? Color::pine_deep
                                                   : Color::pine;
        const Inside button(*this, add(std::move(act)));
        if (row.act == Act::joined)
            add_words({}, icon::check, Face::icon, 400, 36, ink);
        const auto id = add_words({}, row.act_words, Face::text, 600, act_style.size,
                                  ink, Align::center);
        tree_[id].label.clear();
    }
    return activated(act_key);
}

Ui::Inside Ui::day_pills() {
    Node node;
    node.flow = Flow::row;
    node.gap = 16;
    node.before = 28;
    node.wrap = true;
    // In landscape the cards have a column to themselves.
    node.side = scene_.display.portrait() ? Side::choices : Side::reading;
    return {*this, add(std::move(node))};
}

bool Ui::day_pill(const std::string& key, const std::string& label,
                  const std::string& spoken, bool chosen, const char* icon) {
    const bool stark = scene_.comfort.high_contrast;
    auto node = control(key, spoken, icon == nullptr ? Role::radio : Role::button);
    if (icon == nullptr) node.checked = chosen;
    node.min_h = 86;
    node.tight_h = 82;
    node.min_w = 86;
    node.pad = Insets::sides(margin_units(scene_.display) < 64 ? 24 : 34, 12);
    node.radius = 43;
    node.across = Place::center;
    node.along = Place::center;
    node.fill = chosen ? Color::pine : Color::card;
    node.border = chosen ? Color::none : stark ? Color::ink : Color::card_border;
    node.border_w = stark ? 4.0F : 2.0F;
    {
        const Inside inside(*this, add(std::move(node)));
        const Color ink = chosen ? Color::on_pine : Color::ink;
        const auto id = icon == nullptr ? add_words({}, label, Face::text, 500, 30, ink)
                                        : add_words({}, icon, Face::icon, 400, 40, ink);
        tree_[id].label.clear();
    }
    return activated(key);
}

}  // namespace foyer
