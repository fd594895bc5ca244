#include "kiosk/ui/pages.h"

#include <array>
#include <cmath>
#include <utility>

#include "kiosk/ui/paginate.h"

namespace foyer {

namespace {

/// Design units.
constexpr float widest_column = 1100;  ///< long lines are hard to read
constexpr float under_body = 20;       ///< between the body and what is beneath it
constexpr float body_breath = 56;      ///< most that a body stands below the header

void put_on_page(Tree& tree, NodeId id, int page) {
    tree[id].page = page;
    for (const auto child : tree[id].children) put_on_page(tree, child, page);
}

void show_optional(Tree& tree, NodeId id, bool stand) {
    if (tree[id].optional) put_on_page(tree, id, stand ? every_page : no_page);
    for (const auto child : tree[id].children) show_optional(tree, child, stand);
}

bool has_control(const Tree& tree, NodeId id) {
    if (tree[id].is_control()) return true;
    for (const auto child : tree[id].children)
        if (has_control(tree, child)) return true;
    return false;
}

/// The children of a region of controls: those that lead back, and those that lead on.
struct Ways {
    std::vector<NodeId> back, on;
    std::vector<NodeId> all;
};

bool stands_on(OnPages on, int page, int pages) {
    switch (on) {
        case OnPages::every:
            return true;
        case OnPages::first:
            return page == 0;
        case OnPages::last:
            return page == pages - 1;
        case OnPages::later:
            return page > 0;
        case OnPages::earlier:
            return page < pages - 1;
    }
    return true;
}

/// How far below a part's top its first control begins, at least.
float lead_in(Tree& tree, NodeId id, float width, const Setting& setting) {
    const auto& node = tree[id];
    if (node.is_control() || node.children.empty()) return 0;
    const auto& pad = node.pad;
    float down = setting.gap(pad.top);
    if (node.flow == Flow::row) return down;
    const float inner = width - setting.px(pad.left) - setting.px(pad.right);
    for (const auto child : node.children) {
        if (has_control(tree, child))
            return down + lead_in(tree, child, inner, setting);
        down += measure(tree, child, inner, setting).h + setting.gap(tree[id].gap);
    }
    return down;
}

/// One attempt at a screen with a certain amount of room.
class Arrangement {
public:
    /// `key_height`, in design units, is of keys where room is short.
    Arrangement(Tree& tree, const Setting& setting, float key_height)
        : tree_(tree),
          setting_(setting),
          keys_(setting),
          width_(float(setting.display.width)),
          height_(float(setting.display.height)),
          landscape_(!setting.display.portrait()),
          line_(reach_line(setting.display, setting.comfort)),
          header_(tree.region(Region::header)),
          body_(tree.region(Region::body)),
          actions_(tree.region(Region::actions)),
          keyboard_(tree.region(Region::keyboard)),
          footer_(tree.region(Region::footer)) {
        if (keyboard_ != no_node)
            for (const auto row : tree_[keyboard_].children)
                for (const auto key : tree_[row].children)
                    tree_[key].tight_h = key_height;
        // In a column of its own the keyboard takes no room from the body.
        if (landscape_) keys_.room = Roominess::ample;
        forget(tree_);
        lay_out_edges();
        if (body_ != no_node) choose_columns();
    }

    /// Whether the body fits on one page.
    bool fits() {
        if (body_ == no_node) return true;
        measure_actions(1);
        return stack_height(tree_, reading_, read_.w, setting_) <= reading_room() &&
               stack_height(tree_, controls_, control_.w, setting_) <= control_room();
    }

    /// After fits().
    void place_only_page() { place({reading_}, {controls_}, 0); }

    /// Cuts the body, which may add nodes.
    void place_page(int page) {
        // Three pages have every combination of actions.
        measure_actions(3);
        const auto reading =
            paginate(tree_, reading_, read_.w, reading_room(), setting_);
        const auto controls =
            paginate(tree_, controls_, control_.w, control_room(), setting_);
        place(reading, controls, page);
    }

private:
    void lay_out_edges() {
        const bool bare = setting_.room == Roominess::bare;
        header_stands_ = header_ != no_node &&
                         !(bare && (landscape_ || keyboard_ != no_node || line_ > 0));
        if (header_ != no_node)
            put_on_page(tree_, header_, header_stands_ ? every_page : no_page);
        if (header_stands_) top_ = measure(tree_, header_, width_, setting_).h;

        bottom_ = height_;
        if (footer_ != no_node) bottom_ -= footer_height(bare);
        margin_ = setting_.px(margin_units(setting_.display));
        if (keyboard_ == no_node) return;
        keyboard_w_ = keyboard_width(setting_.display);
        keyboard_h_ = measure(tree_, keyboard_, keyboard_w_, keys_).h;
        if (landscape_ && keyboard_h_ > bottom_ - top_) {
            keys_.room = setting_.room;
            forget(tree_);
            keyboard_h_ = measure(tree_, keyboard_, keyboard_w_, keys_).h;
        }
        if (!landscape_) bottom_ -= keyboard_h_;
    }

    /// A footer of several lines takes much of a low screen: with nothing to spare, its
    /// buttons go without the words they can be known without.
    float footer_height(bool bare) {
        const auto words_stand = [&](bool stand) {
            show_optional(tree_, footer_, stand);
        };
        words_stand(true);
        const float h = measure(tree_, footer_, width_, setting_).h;
        const float single = measure(tree_, footer_, 1e6F, setting_).h;
        if (!bare || h <= single || (keyboard_ == no_node && line_ <= 0)) return h;
        words_stand(false);
        forget(tree_);
        return measure(tree_, footer_, width_, setting_).h;
    }

    /// Which parts of the body stand in which column, and how wide the columns are.
    void choose_columns() {
        const bool typing = landscape_ && keyboard_ != no_node;
        reach_ = line_ > top_;
        for (const auto part : tree_[body_].children) {
            if (setting_.room == Roominess::bare && tree_[part].optional) continue;
            const bool one_column =
                (!landscape_ && !reach_) || typing || (landscape_ && tree_.one_column);
            const auto side = tree_[part].side;
            bool control =
                one_column || has_control(tree_, part) || side == Side::choices;
            if (landscape_ && !one_column && side != Side::by_kind)
                control = side != Side::reading;
            (control ? controls_ : reading_).push_back(part);
        }
        if (reach_ && !controls_.empty()) {
            // Every page may begin with another part: what holds for all of them.
            const float width = column_width(setting_.display);
            lead_in_ = height_;
            for (const auto part : controls_)
                lead_in_ = std::min(lead_in_, lead_in(tree_, part, width, setting_));
        }
        split_ = landscape_ && !reading_.empty() && !controls_.empty();
        if (landscape_ && controls_.empty()) std::swap(controls_, reading_);

        body_top_ = top_ + setting_.gap(tree_[body_].pad.top);
        const auto& display = setting_.display;
        const float inner = column_width(display);
        read_ = control_ = {margin_, body_top_, inner, 0};
        if (typing) {
            control_.w = typing_width(display);
        } else if (split_) {
            control_.w = controls_width(display);
            read_.w = inner - gutter_width(display) - control_.w;
            control_.x = read_.right() + gutter_width(display);
        } else if (landscape_) {
            control_.w = std::min(inner, setting_.px(widest_column));
            control_.x = std::round((width_ - control_.w) / 2);
        }
    }

    /// The ways back and on that a page has.
    Ways choose_actions(int page, int pages) {
        Ways ways;
        if (actions_ == no_node) return ways;
        for (const auto child : tree_[actions_].children) {
            const bool stands = stands_on(tree_[child].on_pages, page, pages);
            put_on_page(tree_, child, stands ? every_page : no_page);
            if (!stands) continue;
            ways.all.push_back(child);
            (tree_[child].grow > 0 ? ways.on : ways.back).push_back(child);
        }
        return ways;
    }

    /// Height of some of the actions in a column; 0 for none. The region's pads stand
    /// beside the column.
    float actions_height(const std::vector<NodeId>& some, float column) {
        if (some.empty()) return 0;
        auto children = std::exchange(tree_[actions_].children, some);
        tree_[actions_].measured = {};
        const float h = measure(tree_, actions_, column + 2 * margin_, setting_).h;
        tree_[actions_].children = std::move(children);
        tree_[actions_].measured = {};
        return h;
    }

    void place_actions(const std::vector<NodeId>& some, const Rect& column) {
        if (some.empty()) return;
        const float h = actions_height(some, column.w);
        auto children = std::exchange(tree_[actions_].children, some);
        foyer::place(tree_, actions_,
                     {column.x - margin_, bottom_ - h, column.w + 2 * margin_, h},
                     setting_);
        tree_[actions_].children = std::move(children);
    }

    /// The most that the actions take beneath each column, on any page of so many.
    void measure_actions(int pages) {
        back_h_ = on_h_ = 0;
        for (int page = 0; page < pages; ++page) {
            const auto ways = choose_actions(page, pages);
            if (split_) {
                back_h_ = std::max(back_h_, actions_height(ways.back, read_.w));
                on_h_ = std::max(on_h_, actions_height(ways.on, control_.w));
            } else {
                on_h_ = std::max(on_h_, actions_height(ways.all, control_.w));
                back_h_ = on_h_;
            }
        }
    }

    float end_above(float actions_h) const {
        return bottom_ - (actions_h > 0 ? actions_h : setting_.gap(under_body));
    }
    /// Between the reach line and what stands beside it.
    float line_space() const { return setting_.gap(under_body); }
    /// Where the first part with a control may begin. Its label may stand above the
    /// reach line; the control itself may not.
    float control_top() const {
        return reach_ ? std::max(line_ + line_space() - lead_in_, body_top_)
                      : body_top_;
    }
    float control_room() const { return end_above(on_h_) - control_top(); }
    float reading_room() {
        if (!reach_) return end_above(back_h_) - body_top_;
        // What is read may come down to the controls.
        const float tall = stack_height(tree_, controls_, control_.w, setting_);
        return std::max(control_top(), end_above(on_h_) - tall) - 2 * line_space() -
               body_top_;
    }

    void place(const Pages& reading, const Pages& controls, int page) {
        tree_.pages = int(std::max(reading.size(), controls.size()));
        tree_.page = std::clamp(page, 0, tree_.pages - 1);
        place_edges();
        if (body_ == no_node) return;

        const auto ways = choose_actions(tree_.page, tree_.pages);
        if (split_) {
            place_actions(ways.back, read_);
            place_actions(ways.on, control_);
        } else {
            place_actions(ways.all, control_);
        }
        if (actions_ != no_node) {
            tree_[actions_].rect = {0, bottom_ - std::max(back_h_, on_h_), width_,
                                    std::max(back_h_, on_h_)};
            if (ways.all.empty()) put_on_page(tree_, actions_, no_page);
        }

        tree_[body_].rect = {0, top_, width_, bottom_ - top_};
        share_out(reading, controls);
        place_columns(of_page(reading), of_page(controls));
    }

    const std::vector<NodeId>& of_page(const Pages& pages) const {
        return pages[std::min(std::size_t(tree_.page), pages.size() - 1)];
    }

    /// Tells every part of the body its page. A column with fewer pages than the other
    /// stays as it is on the others' last ones.
    void share_out(const Pages& reading, const Pages& controls) {
        for (const auto part : tree_[body_].children) put_on_page(tree_, part, no_page);
        std::vector<NodeId> all;
        const auto shown = [&](NodeId part) {
            return std::ranges::find(of_page(reading), part) !=
                       of_page(reading).end() ||
                   std::ranges::find(of_page(controls), part) !=
                       of_page(controls).end();
        };
        for (std::size_t p = 0; p < std::size_t(tree_.pages); ++p)
            for (const auto* pages : {&reading, &controls})
                for (const auto part : (*pages)[std::min(p, pages->size() - 1)]) {
                    tree_[part].parent = body_;
                    // What stays on this page is passed after what is read on it first.
                    if (shown(part) != (int(p) == tree_.page)) continue;
                    if (std::ranges::find(all, part) != all.end()) continue;
                    all.push_back(part);
                    put_on_page(tree_, part, int(p));
                }
        // What is left out stays in the tree, on no page.
        for (const auto part : tree_[body_].children)
            if (std::ranges::find(all, part) == all.end()) all.push_back(part);
        tree_[body_].children = std::move(all);
    }

    void place_edges() {
        if (header_stands_)
            foyer::place(tree_, header_, {0, 0, width_, top_}, setting_);
        if (keyboard_ != no_node) {
            Rect rect{0, bottom_, width_, keyboard_h_};
            if (landscape_) {
                rect = {width_ - margin_ - keyboard_w_, 0, keyboard_w_, keyboard_h_};
                rect.y = top_ + std::round(std::max(0.0F, bottom_ - top_ - rect.h) / 2);
                tree_[keyboard_].radius = 28;
            }
            foyer::place(tree_, keyboard_, rect, keys_);
        }
        if (footer_ == no_node) return;
        const float h = measure(tree_, footer_, width_, setting_).h;
        foyer::place(tree_, footer_, {0, height_ - h, width_, h}, setting_);
        draw_line(height_ - h);
    }

    /// How far down a body stands in the room it leaves.
    float down(float room) const {
        room = std::max(0.0F, room);
        // The eye's middle lies above the middle; what is not centred still breathes.
        if (tree_.centered) return std::round(room * 0.4F);
        return std::round(
            std::min(room * (split_ ? 0.3F : 0.15F),
                     setting_.px(split_ ? 2.5F * body_breath : body_breath)));
    }

    void place_columns(const std::vector<NodeId>& reading,
                       const std::vector<NodeId>& controls) {
        const float read_h = stack_height(tree_, reading, read_.w, setting_);
        const float control_h = stack_height(tree_, controls, control_.w, setting_);
        if (reach_) {
            const float space = 2 * line_space();
            const float end = end_above(on_h_);
            const float latest = std::max(control_top(), end - control_h);
            const float natural = body_top_ + read_h + space;
            const float y = std::clamp(natural, control_top(), latest);
            const float room = (controls.empty() ? end : y - space) - body_top_;
            place_parts(reading, read_, body_top_ + down(room - read_h));
            place_parts(controls, control_, y);
            if (!controls.empty()) draw_line(y - line_space());
            return;
        }
        float read_room = end_above(back_h_) - body_top_ - read_h;
        float control_room = end_above(on_h_) - body_top_ - control_h;
        // Two columns begin at the same height, unless each is centred.
        if (split_ && !tree_.centered)
            read_room = control_room = std::min(read_room, control_room);
        place_parts(reading, read_, body_top_ + down(read_room));
        place_parts(controls, control_, body_top_ + down(control_room));
    }

    /// Between what is read and what is tapped; the cover has none.
    void draw_line(float y) {
        if (tree_[0].fill != Color::paper) return;
        Node line;
        line.content = Content::bar;
        line.role = Role::image;
        line.fill = Color::card_border;
        line.rect = {0, y, width_, setting_.px(2)};
        line.parent = 0;
        tree_[0].children.push_back(NodeId(tree_.nodes.size()));
        tree_.nodes.push_back(std::move(line));
    }

    void place_parts(const std::vector<NodeId>& parts, const Rect& column, float y) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i > 0) y += setting_.gap(tree_[parts[i]].before);
            const float h = measure(tree_, parts[i], column.w, setting_).h;
            foyer::place(tree_, parts[i], {column.x, y, column.w, h}, setting_);
            y += h;
        }
    }

    Tree& tree_;
    const Setting& setting_;
    Setting keys_;  ///< of the keyboard
    const float width_, height_;
    const bool landscape_;
    const float line_;
    const NodeId header_, body_, actions_, keyboard_, footer_;

    float margin_ = 0, top_ = 0, bottom_ = 0, body_top_ = 0;
    float lead_in_ = 0, keyboard_w_ = 0, keyboard_h_ = 0, back_h_ = 0, on_h_ = 0;
    bool header_stands_ = false, reach_ = false, split_ = false;
    std::vector<NodeId> reading_, controls_;
    Rect read_, control_;  ///< the columns: x, top and width
};

/// 15 mm and what rounding to whole pixels takes, in design units.
constexpr float least_key_height = 62;

/// What is tried in turn to get a screen on one page.
struct Attempt {
    Roominess room;
    float key_height;
};
constexpr std::array attempts{
    Attempt{Roominess::ample, 104}, Attempt{Roominess::tight, 88},
    Attempt{Roominess::tight, 74}, Attempt{Roominess::tight, least_key_height},
    Attempt{Roominess::bare, least_key_height}};

}  // namespace

int page_of(const Tree& tree, NodeId id) {
    return tree[id].page;
}

void arrange(Tree& tree, int page, const Setting& given) {
    auto setting = given;
    tree[0].rect = {0, 0, float(setting.display.width), float(setting.display.height)};
    tree.does_not_fit = false;
    const bool typing = tree.region(Region::keyboard) != no_node;
    for (const auto [room, key_height] : attempts) {
        if (!typing && room == Roominess::tight && key_height != least_key_height)
            continue;
        setting.room = room;
        Arrangement attempt(tree, setting, key_height);
        if (!attempt.fits()) continue;
        attempt.place_only_page();
        return;
    }
    // What is typed stays together as far as it can.
    const auto nodes = tree.nodes;
    const auto attempt = [&](Roominess room) {
        tree.nodes = nodes;
        tree.does_not_fit = false;
        setting.room = room;
        Arrangement(tree, setting, least_key_height).place_page(page);
        return !tree.does_not_fit;
    };
    if (!typing) {
        const bool ample = attempt(Roominess::ample);
        const int pages = tree.pages;
        const bool tight = attempt(Roominess::tight);
        if (tight && (!ample || tree.pages < pages)) return;
        if (ample && attempt(Roominess::ample)) return;
    }
    attempt(Roominess::bare);
}

}  // namespace foyer
