#include <algorithm>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// A visit of today: when, what and where, and whether it is chosen.

namespace foyer {

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
    node.side = Side::choices;
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

}  // namespace foyer
