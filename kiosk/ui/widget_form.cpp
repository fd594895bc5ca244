#include <algorithm>

#include "kiosk/ui/icons.h"
#include "kiosk/ui/pages.h"
#include "kiosk/ui/ui.h"

// What forms need beside the other widgets: questions in their own words, how far one
// is, choices side by side, and the lines of a review.

namespace foyer {

namespace {

/// Bytes from which a question is set smaller, to stay on one page with its answers.
constexpr std::size_t long_question = 110, very_long_question = 260;

constexpr float cell_pad = 20, cell_text = 30;

}  // namespace

void Ui::progress(const std::string& section, const std::string& how_far,
                  const std::string& time_left, float part) {
    const auto inside = region(Region::header);
    const bool stark = scene_.comfort.high_contrast;
    Node all;
    all.key = "form.progress";
    all.role = Role::progress;
    all.label = section + ". " + how_far + ". " + time_left;
    all.value = std::to_string(int(part * 100)) + " %";
    all.gap = 12;
    all.before = 20;
    const Inside column(*this, add(std::move(all)));
    {
        Node row;
        row.flow = Flow::row;
        row.gap = 28;
        row.wrap = true;
        const Inside line(*this, add(std::move(row)));
        const auto small = [&](Node node, const std::string& said) {
            if (said.empty()) return;
            const auto id =
                add_words(std::move(node), said, Face::text, 400, 28, Color::mute);
            tree_[id].label.clear();
        };
        // A line of its own rather than a narrow column.
        Node name;
        name.grow = 1;
        name.style = {Face::text, 400, 28};
        const auto style = setting().style(name);
        const float scale = scene_.display.scale();
        name.min_w = std::min(text_.layout(section, style, 0).width,
                              0.6F * column_width(scene_.display)) /
                     scale;
        small(std::move(name), section);
        small({}, how_far);
        Node time;
        time.optional = true;
        small(std::move(time), time_left);
    }
    Node track;
    track.flow = Flow::row;
    track.min_h = 10;
    track.radius = 5;
    track.fill = stark ? Color::none : Color::card_border;
    track.border = stark ? Color::ink : Color::none;
    track.border_w = 2;
    const Inside bar(*this, add(std::move(track)));
    const auto piece = [&](float share, Color fill) {
        if (share <= 0) return;
        Node node;
        node.content = Content::bar;
        node.role = Role::image;
        node.grow = share;
        node.radius = 5;
        node.fill = fill;
        add(std::move(node));
    };
    piece(part, Color::pine);
    piece(1 - part, Color::none);
}

void Ui::question(const std::string& lead, const std::string& said) {
    if (!lead.empty()) {
        Node node;
        node.key = "form.lead";
        node.keeps_next = true;
        add_words(std::move(node), lead, Face::text, 400, 34, Color::mute);
    }
    Node node;
    node.key = "form.question";
    node.role = Role::heading;
    node.before = 12;
    node.keeps_next = true;
    const bool very_long = said.size() > very_long_question;
    const float size = very_long ? 34.0F : said.size() > long_question ? 40.0F : 52.0F;
    add_words(std::move(node), said, very_long ? Face::text : Face::display,
              very_long ? 500 : 600, size, Color::ink);
}

Ui::Inside Ui::question_row() {
    Node node;
    node.flow = Flow::row;
    node.gap = 28;
    node.keeps_next = true;
    node.across = Place::center;
    return {*this, add(std::move(node))};
}

void Ui::question_among(const std::string& said) {
    Node node;
    node.role = Role::heading;
    node.grow = 1;
    node.min_w = longest_word(said, {Face::text, 600, 34});
    add_words(std::move(node), said, Face::text, 600, 34, Color::ink);
}

void Ui::paragraph(const std::string& said, Color ink) {
    Node node;
    node.before = 20;
    node.prose = true;
    add_words(std::move(node), said, Face::text, 400, 34, ink);
}

Ui::Inside Ui::part() {
    Node node;
    node.before = 44;
    return {*this, add(std::move(node))};
}

void Ui::small_within(const char* key) {
    Node node;
    node.key = key;
    node.before = 12;
    node.keeps_next = true;
    add_words(std::move(node), tr(key), Face::text, 400, 30, Color::mute);
}

Ui::Inside Ui::across() {
    Node node;
    node.flow = Flow::row;
    node.gap = 20;
    node.before = 20;
    node.stacks = true;
    node.min_w = 1;
    return {*this, add(std::move(node))};
}

bool Ui::fits_across(const std::vector<std::string>& labels) {
    if (labels.empty()) return false;
    const float width = controls_width(scene_.display) / scene_.display.scale();
    const float each = (width - 20 * float(labels.size() - 1)) / float(labels.size());
    return std::ranges::all_of(labels, [&](const auto& label) {
        const float words = longest_word(label, {Face::text, 500, cell_text});
        return std::max(60.0F, words) + 2 * cell_pad + 2 <= each;
    });
}

bool Ui::cell(const std::string& key, const std::string& label, bool chosen,
              Mark kind) {
    const bool stark = scene_.comfort.high_contrast;
    auto node = control(key, label, kind == Mark::one ? Role::radio : Role::checkbox);
    node.checked = chosen;
    node.gap = 12;
    node.min_h = 112;
    node.tight_h = 84;
    node.grow = 1;
    node.min_w = 2 * cell_pad + longest_word(label, {Face::text, 500, cell_text});
    node.pad = Insets::sides(cell_pad, 20);
    node.radius = 24;
    node.across = Place::center;
    node.fill = chosen ? Color::sage : Color::card;
    node.border = chosen ? Color::pine : stark ? Color::ink : Color::card_border;
    node.border_w = chosen ? (stark ? 10.0F : 5.0F) : (stark ? 4.0F : 2.0F);
    const Inside inside(*this, add(std::move(node)));
    mark(kind, chosen);
    const auto id =
        add_words({}, label, Face::text, 500, cell_text, Color::ink, Align::center);
    tree_[id].label.clear();
    return activated(key);
}

Ui::Inside Ui::links() {
    // After a list of cards, ways out never stand alone on a page. A field stays with
    // its question rather than with them.
    const auto& before = tree_[open_.back()].children;
    if (!before.empty() && tree_[before.back()].is_control())
        tree_[before.back()].keeps_next = true;
    Node node;
    node.flow = Flow::row;
    node.gap = 28;
    node.before = 20;
    node.wrap = true;
    node.along = Place::center;
    return {*this, add(std::move(node))};
}

bool Ui::link(const std::string& key, const std::string& label, const char* icon,
              const std::string& spoken) {
    auto node = control(key, spoken.empty() ? label : spoken, Role::button);
    node.flow = Flow::row;
    node.gap = 16;
    node.min_h = 86;
    node.tight_h = 82;
    node.min_w = std::max(120.0F, 56 + longest_word(label, {Face::text, 600, 30}));
    node.pad = Insets::sides(28, 16);
    node.radius = 28;
    node.across = Place::center;
    node.along = Place::center;
    if (scene_.comfort.high_contrast) {
        node.border = Color::ink;
        node.border_w = 4;
    }
    const Inside inside(*this, add(std::move(node)));
    if (icon != nullptr) add_words({}, icon, Face::icon, 400, 34, Color::pine);
    const auto id =
        add_words({}, label, Face::text, 600, 30, Color::pine, Align::center);
    tree_[id].label.clear();
    return activated(key);
}

bool Ui::review_row(const std::string& key, const ReviewRow& row) {
    const bool stark = scene_.comfort.high_contrast;
    auto node = control(key, row.question + ". " + row.answer + ". " + row.change,
                        Role::button);
    node.is_private = true;
    node.flow = Flow::row;
    node.gap = 28;
    node.before = 20;
    node.min_h = 112;
    node.tight_h = 84;
    node.pad = Insets::sides(36, 20);
    node.radius = 28;
    node.across = Place::center;
    node.fill = row.problem ? Color::gold_light : Color::card;
    node.border = row.problem ? Color::gold : stark ? Color::ink : Color::card_border;
    node.border_w = stark ? 4.0F : 2.0F;
    const Inside inside(*this, add(std::move(node)));
    {
        Node column;
        column.grow = 1;
        column.gap = 6;
        column.min_w = std::max(longest_word(row.question, {Face::text, 400, 28}),
                                longest_word(row.answer, {Face::text, 600, 32}));
        const Inside said(*this, add(std::move(column)));
        auto id = add_words({}, row.question, Face::text, 400, 28,
                            row.problem ? Color::ink : Color::mute);
        tree_[id].label.clear();
        id = add_words({}, row.answer, Face::text, row.quiet ? 400 : 600, 32,
                       row.problem ? Color::gold : Color::ink);
        tree_[id].label.clear();
    }
    add_words({}, icon::pencil, Face::icon, 400, 40, Color::pine);
    return activated(key);
}

}  // namespace foyer
