#include <utility>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/ui.h"

// The clinic's sign, the date and the time.

namespace foyer {

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

}  // namespace foyer
