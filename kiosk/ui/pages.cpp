#include "kiosk/ui/pages.h"

#include <cmath>

namespace foyer {

namespace {

/// Which parts of the body stand on which page, in one column.
using Pages = std::vector<std::vector<NodeId>>;

void put_on_page(Tree& tree, NodeId id, int page) {
    tree[id].page = page;
    for (const auto child : tree[id].children) put_on_page(tree, child, page);
}

bool has_control(const Tree& tree, NodeId id) {
    if (tree[id].is_control()) return true;
    for (const auto child : tree[id].children)
        if (has_control(tree, child)) return true;
    return false;
}

NodeId append_copy(Tree& tree, NodeId of) {
    auto copy = tree[of];
    copy.children.clear();
    tree.nodes.push_back(std::move(copy));
    return NodeId(tree.nodes.size()) - 1;
}

/// Cuts a text between two lines so that the first part is at most `height` tall; the rest
/// becomes a new node. no_node if not even one line fits, or all do.
NodeId split_text(Tree& tree, NodeId id, float width, float height,
                  const Setting& setting) {
    const auto block = setting.text.layout(tree[id].words, setting.style(tree[id]), width);
    std::size_t fit = 0;
    while (fit < block.lines.size() &&
           block.lines[fit].top + block.lines[fit].height <= height)
        ++fit;
    if (fit == 0 || fit == block.lines.size()) return no_node;
    const auto rest = append_copy(tree, id);
    const auto at = block.lines[fit].begin;
    tree[rest].words = tree[id].words.substr(at);
    tree[rest].label = tree[rest].words;
    tree[rest].before = 0;
    tree[id].words.resize(at);
    tree[id].label = tree[id].words;
    return rest;
}

/// Cuts a part that is taller than `height` in two; the second is answered. Texts are cut
/// between lines, columns between children. no_node if it cannot be cut.
NodeId split(Tree& tree, NodeId id, float width, float height, const Setting& setting) {
    if (tree[id].content == Content::text)
        return split_text(tree, id, width, height, setting);
    if (tree[id].flow != Flow::column || tree[id].is_control() ||
        tree[id].children.empty())
        return no_node;

    const auto pad = tree[id].pad;
    const float inner = width - setting.px(pad.left) - setting.px(pad.right);
    float used = setting.px(pad.top) + setting.px(pad.bottom);
    const auto children = tree[id].children;
    std::size_t fit = 0;
    for (; fit < children.size(); ++fit) {
        const float h = measure(tree, children[fit], inner, setting).h +
                        setting.px(tree[children[fit]].before) +
                        (fit > 0 ? setting.px(tree[id].gap) : 0);
        if (used + h > height) break;
        used += h;
    }
    while (fit > 0 && fit < children.size() && tree[children[fit - 1]].keeps_next) --fit;
    if (fit == children.size()) return no_node;

    std::vector<NodeId> later(children.begin() + std::ptrdiff_t(fit), children.end());
    if (fit == 0) {
        const auto rest = split(tree, children[0], inner, height - used, setting);
        if (rest == no_node) return no_node;
        tree[id].children = {children[0]};
        later.front() = rest;
    } else {
        tree[id].children.assign(children.begin(), children.begin() + std::ptrdiff_t(fit));
    }
    const auto rest = append_copy(tree, id);
    tree[rest].children = later;
    tree[rest].before = 0;
    for (const auto child : later) tree[child].parent = rest;
    tree[later.front()].before = 0;
    return rest;
}

Pages paginate(Tree& tree, std::vector<NodeId> parts, float width, float height,
               const Setting& setting) {
    Pages pages{{}};
    float used = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto part = parts[i];
        const float before = pages.back().empty() ? 0 : setting.px(tree[part].before);
        const float h = measure(tree, part, width, setting).h;
        if (used + before + h <= height) {
            pages.back().push_back(part);
            used += before + h;
            continue;
        }
        if (!pages.back().empty()) {
            // What announces this part comes along to the next page.
            std::vector<NodeId> along;
            while (pages.back().size() > 1 && tree[pages.back().back()].keeps_next) {
                along.insert(along.begin(), pages.back().back());
                pages.back().pop_back();
            }
            float moved = 0;
            for (const auto id : along) moved += measure(tree, id, width, setting).h;
            if (along.empty() || moved + h > height) {
                for (const auto id : along) pages.back().push_back(id);
                along.clear();
            }
            pages.emplace_back();
            used = 0;
            for (const auto id : along) {
                used += measure(tree, id, width, setting).h +
                        (pages.back().empty() ? 0 : setting.px(tree[id].before));
                pages.back().push_back(id);
            }
            --i;  // the same part again, on the new page
            continue;
        }
        // Alone on a page and still too tall.
        const auto rest = split(tree, part, width, height, setting);
        pages.back().push_back(part);
        if (rest == no_node) {
            tree.does_not_fit = true;
            used = height;
        } else {
            parts.insert(parts.begin() + std::ptrdiff_t(i) + 1, rest);
            used = height;
        }
    }
    return pages;
}

float tall(Tree& tree, const std::vector<NodeId>& parts, float width,
           const Setting& setting) {
    float sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
        sum += measure(tree, parts[i], width, setting).h +
               (i > 0 ? setting.px(tree[parts[i]].before) : 0);
    return sum;
}

void place_parts(Tree& tree, const std::vector<NodeId>& parts, Rect area,
                 const Setting& setting) {
    // The eye's middle lies above the middle; what is not centred still breathes.
    const float room = std::max(0.0F, area.h - tall(tree, parts, area.w, setting));
    float y = area.y + std::round(tree.centered ? room * 0.4F
                                                : std::min(room * 0.15F, setting.px(56)));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) y += setting.px(tree[parts[i]].before);
        const float h = measure(tree, parts[i], area.w, setting).h;
        place(tree, parts[i], {area.x, y, area.w, h}, setting);
        y += h;
    }
}

/// Which of the actions stand on page `page` of `pages`.
void choose_actions(Tree& tree, int page, int pages) {
    const auto actions = tree.region(Region::actions);
    if (actions == no_node) return;
    for (const auto child : tree[actions].children) {
        bool stands = true;
        switch (tree[child].on_pages) {
            case OnPages::every: break;
            case OnPages::first: stands = page == 0; break;
            case OnPages::last: stands = page == pages - 1; break;
            case OnPages::later: stands = page > 0; break;
            case OnPages::earlier: stands = page < pages - 1; break;
        }
        put_on_page(tree, child, stands ? every_page : no_page);
    }
}

bool any_shown(const Tree& tree, NodeId region) {
    for (const auto child : tree[region].children)
        if (tree[child].page != no_page) return true;
    return false;
}

float actions_height(Tree& tree, float width, bool paged, const Setting& setting) {
    const auto actions = tree.region(Region::actions);
    if (actions == no_node) return 0;
    float height = 0;
    for (int page = 0; page < (paged ? 3 : 1); ++page) {
        choose_actions(tree, page, paged ? 3 : 1);
        if (any_shown(tree, actions))
            height = std::max(height, measure(tree, actions, width, setting).h);
    }
    return height;
}

/// Where everything goes, before the body is cut into pages.
struct Areas {
    float body_top = 0, body_bottom = 0;
    float margin = 0;
    bool split = false;       ///< landscape: two columns
    bool reach = false;       ///< controls below the reach line
    bool actions_left = false;  ///< under what is read, because a keyboard fills the bottom
    Rect reading, controls;   ///< equal unless split or reach
};

}  // namespace

float reach_line(const Display& display, const Comfort& comfort) {
    if (!comfort.reach || !display.portrait()) return 0;
    const float line = display.reach_line_mm > 0
                           ? float(display.height) - display.mm(display.reach_line_mm)
                           : float(display.height) * 0.45F;
    return std::max(0.0F, line);
}

int page_of(const Tree& tree, NodeId id) { return tree[id].page; }

void arrange(Tree& tree, int page, const Setting& setting) {
    const float width = float(setting.display.width);
    const float height = float(setting.display.height);
    tree[0].rect = {0, 0, width, height};
    tree.does_not_fit = false;

    const auto header = tree.region(Region::header);
    const auto footer = tree.region(Region::footer);
    const auto keyboard = tree.region(Region::keyboard);
    const auto actions = tree.region(Region::actions);
    const auto body = tree.region(Region::body);

    float top = 0;
    if (header != no_node && tree[header].page != no_page) {
        const float h = measure(tree, header, width, setting).h;
        place(tree, header, {0, 0, width, h}, setting);
        top = h;
    }
    float bottom = height;
    if (footer != no_node) {
        const float h = measure(tree, footer, width, setting).h;
        bottom -= h;
        place(tree, footer, {0, bottom, width, h}, setting);
    }
    if (keyboard != no_node) {
        const float h = measure(tree, keyboard, width, setting).h;
        bottom -= h;
        place(tree, keyboard, {0, bottom, width, h}, setting);
    }
    if (body == no_node) return;

    std::vector<NodeId> reading, controls;
    const float line = reach_line(setting.display, setting.comfort);
    const bool reach = line > top;
    const bool landscape = !setting.display.portrait();
    const auto& pad = tree[body].pad;
    const float left = setting.px(pad.left);
    const float inner = width - left - setting.px(pad.right);
    for (const auto part : tree[body].children) {
        const bool control =
            has_control(tree, part) || (landscape && tree[part].beside);
        (control ? controls : reading).push_back(part);
    }
    const bool split = landscape && !reading.empty() && !controls.empty();

    // The actions stand under everything, or, when a keyboard takes the bottom of a low
    // screen, under what is read.
    const bool actions_left = split && keyboard != no_node;
    const float gutter = setting.px(64);
    const float read_w = split ? std::floor((inner - gutter) * 0.42F) : inner;
    const float control_w = split ? inner - gutter - read_w : inner;
    const float actions_w = actions_left ? read_w + 2 * left : width;

    const auto read_x = left;
    const auto control_x = split ? left + read_w + gutter : left;
    float column_w = split ? control_w : inner;
    float column_x = control_x;
    if (landscape && !split) {
        // Long lines are hard to read: one column in the middle.
        column_w = std::min(inner, setting.px(1100));
        column_x = std::round((width - column_w) / 2);
    }

    const float body_top = top + setting.px(pad.top);
    const float space = setting.px(20);  // between the body and what is beneath it
    Pages read_pages, control_pages;
    float actions_h = 0;
    const auto children = tree[body].children;
    const auto nodes = tree.nodes;
    for (const bool paged : {false, true}) {
        // Cutting parts in two changes the tree: a second try starts from the first's.
        tree.nodes = nodes;
        tree.does_not_fit = false;
        actions_h = actions_height(tree, actions_w, paged, setting);
        const float end =
            bottom - (actions_left ? 0 : actions_h) - (actions_h > 0 ? 0 : space);
        const float read_end = bottom - actions_h - (actions_h > 0 ? 0 : space);
        if (split) {
            read_pages = paginate(tree, reading, read_w, read_end - body_top, setting);
            control_pages =
                paginate(tree, controls, control_w, end - body_top, setting);
        } else if (reach) {
            read_pages = paginate(tree, reading, inner, line - space - body_top, setting);
            control_pages = paginate(tree, controls, inner, end - line, setting);
        } else {
            read_pages = {{}};
            control_pages =
                paginate(tree, tree[body].children, column_w, end - body_top, setting);
        }
        tree.pages = int(std::max(read_pages.size(), control_pages.size()));
        if (tree.pages == 1) break;
    }
    tree.page = std::clamp(page, 0, tree.pages - 1);

    choose_actions(tree, tree.page, tree.pages);
    float end = bottom;
    if (actions != no_node) {
        if (any_shown(tree, actions)) {
            const float h = measure(tree, actions, actions_w, setting).h;
            place(tree, actions, {0, bottom - h, actions_w, h}, setting);
        } else {
            put_on_page(tree, actions, no_page);
        }
        end -= actions_h;
    }

    // Every part of the body is on its page; only the page shown is placed.
    std::vector<NodeId> all;
    for (std::size_t p = 0; p < std::size_t(tree.pages); ++p) {
        const auto& read = read_pages[std::min(p, read_pages.size() - 1)];
        const auto& control = control_pages[std::min(p, control_pages.size() - 1)];
        for (const auto* parts : {&read, &control}) {
            for (const auto part : *parts) {
                tree[part].parent = body;
                if (std::ranges::find(all, part) == all.end()) {
                    all.push_back(part);
                    put_on_page(tree, part, int(p));
                } else if (int(p) == tree.page) {
                    put_on_page(tree, part, int(p));
                }
            }
        }
    }
    tree[body].children = all;

    const auto shown = std::size_t(tree.page);
    const auto& read = read_pages[std::min(shown, read_pages.size() - 1)];
    const auto& control = control_pages[std::min(shown, control_pages.size() - 1)];
    tree[body].rect = {0, top, width, bottom - top};
    if (split) {
        place_parts(tree, read,
                    {read_x, body_top, read_w,
                     (actions_left ? end : bottom - actions_h) - body_top},
                    setting);
        place_parts(tree, control,
                    {control_x, body_top, control_w,
                     (actions_left ? bottom : end) - body_top},
                    setting);
    } else if (reach) {
        place_parts(tree, read, {left, body_top, inner, line - body_top}, setting);
        place_parts(tree, control, {left, line, inner, end - line}, setting);
    } else {
        place_parts(tree, control, {column_x, body_top, column_w, end - body_top}, setting);
    }
}

}  // namespace foyer
