#include "kiosk/ui/layout.h"

#include <cmath>
#include <limits>

namespace foyer {

namespace {

constexpr float unbounded = 1e6F;

Size measure_leaf(Node& node, float width, const Setting& setting) {
    switch (node.content) {
        case Content::text: {
            const auto& block =
                setting.text.layout(node.words, setting.style(node), std::max(width, 1.0F));
            return {std::ceil(block.width), std::ceil(block.height)};
        }
        case Content::icon: {
            const float size = std::round(setting.style(node).size);
            return {size, size};
        }
        case Content::field: {
            // One line, whatever it holds: a longer text moves along under the caret.
            const auto& line = setting.text.layout("Hg", setting.style(node), 0);
            return {width, std::ceil(line.height)};
        }
        case Content::bar:
        case Content::qr:
        case Content::none: return {};
    }
    return {};
}

/// The lines of a row: which children stand side by side.
struct Line {
    std::vector<NodeId> children;
    float width = 0, height = 0;
};

float natural_width(Tree& tree, NodeId id, const Setting& setting) {
    const auto& node = tree[id];
    if (node.width > 0) return setting.px(node.width);
    if (node.grow > 0) return setting.px(node.min_w);
    return measure(tree, id, unbounded, setting).w;
}

std::vector<Line> lines_of(Tree& tree, const Node& row, float inner,
                           const Setting& setting) {
    const float gap = setting.px(row.gap);
    const auto total = [&](const std::vector<NodeId>& children) {
        float sum = children.empty() ? 0 : gap * float(children.size() - 1);
        for (const auto child : children) sum += natural_width(tree, child, setting);
        return sum;
    };
    auto children = row.children;
    std::erase_if(children, [&](NodeId child) { return tree[child].page == no_page; });
    if (total(children) > inner)
        std::erase_if(children, [&](NodeId child) { return tree[child].optional; });

    const bool too_wide = total(children) > inner;
    std::vector<Line> lines;
    for (const auto child : children) {
        const float width = natural_width(tree, child, setting);
        const bool next_line =
            lines.empty() || (too_wide && row.stacks) ||
            (row.wrap && lines.back().width + gap + width > inner);
        if (next_line)
            lines.push_back({{child}, width, 0});
        else {
            lines.back().children.push_back(child);
            lines.back().width += gap + width;
        }
    }
    return lines;
}

/// Width of each child of a line when the line is `inner` wide.
std::vector<float> widths_in(Tree& tree, const Line& line, float gap, float inner,
                             const Setting& setting) {
    std::vector<float> widths;
    float shares = 0;
    float fixed = gap * float(line.children.size() - 1);
    for (const auto child : line.children) {
        const auto& node = tree[child];
        const float natural = node.grow > 0 ? 0 : natural_width(tree, child, setting);
        widths.push_back(natural);
        fixed += natural;
        shares += node.grow;
    }
    const float left = std::max(0.0F, inner - fixed);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const auto& node = tree[line.children[i]];
        if (node.grow > 0) widths[i] = std::floor(left * node.grow / shares);
        widths[i] = std::min(widths[i], inner);
    }
    return widths;
}

Size measure_row(Tree& tree, NodeId id, float inner, const Setting& setting) {
    const float gap = setting.px(tree[id].gap);
    Size size;
    auto lines = lines_of(tree, tree[id], inner, setting);
    for (auto& line : lines) {
        const bool bounded = inner < unbounded / 2;
        const auto widths =
            bounded ? widths_in(tree, line, gap, inner, setting) : std::vector<float>{};
        float width = gap * float(line.children.size() - 1);
        for (std::size_t i = 0; i < line.children.size(); ++i) {
            const auto want =
                measure(tree, line.children[i], bounded ? widths[i] : unbounded, setting);
            width += bounded ? widths[i] : want.w;
            line.height = std::max(line.height, want.h);
        }
        size.w = std::max(size.w, width);
        size.h += line.height;
    }
    if (!lines.empty()) size.h += gap * float(lines.size() - 1);
    return size;
}

Size measure_column(Tree& tree, NodeId id, float inner, const Setting& setting) {
    Size size;
    bool first = true;
    for (const auto child : tree[id].children) {
        if (tree[child].page == no_page) continue;
        const auto want = measure(tree, child, inner, setting);
        size.w = std::max(size.w, want.w);
        size.h += want.h;
        if (!first) size.h += setting.px(tree[id].gap);
        size.h += setting.px(tree[child].before);
        first = false;
    }
    return size;
}

float offset(Place where, float room) {
    switch (where) {
        case Place::center: return std::max(0.0F, std::round(room / 2));
        case Place::end: return std::max(0.0F, room);
        case Place::start:
        case Place::stretch: return 0;
    }
    return 0;
}

void place_row(Tree& tree, NodeId id, const Rect& inner, const Setting& setting) {
    const float gap = setting.px(tree[id].gap);
    const auto lines = lines_of(tree, tree[id], inner.w, setting);
    for (const auto child : tree[id].children) tree[child].rect = {};

    float tall = lines.empty() ? 0 : gap * float(lines.size() - 1);
    std::vector<float> heights;
    for (const auto& line : lines) {
        const auto widths = widths_in(tree, line, gap, inner.w, setting);
        float height = 0;
        for (std::size_t i = 0; i < line.children.size(); ++i)
            height = std::max(height,
                              measure(tree, line.children[i], widths[i], setting).h);
        heights.push_back(height);
        tall += height;
    }
    // A single line may use all the height there is.
    if (lines.size() == 1) heights[0] = std::max(heights[0], inner.h);

    float y = inner.y;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        const auto& line = lines[l];
        const auto widths = widths_in(tree, line, gap, inner.w, setting);
        float used = gap * float(widths.size() - 1);
        for (const float width : widths) used += width;
        float x = inner.x + offset(tree[id].along, inner.w - used);
        for (std::size_t i = 0; i < line.children.size(); ++i) {
            const auto child = line.children[i];
            const auto want = measure(tree, child, widths[i], setting);
            const auto across = tree[id].across;
            const float h = across == Place::stretch ? heights[l] : want.h;
            place(tree, child, {x, y + offset(across, heights[l] - h), widths[i], h},
                  setting);
            x += widths[i] + gap;
        }
        y += heights[l] + gap;
    }
}

void place_column(Tree& tree, NodeId id, const Rect& inner, const Setting& setting) {
    auto children = tree[id].children;
    std::erase_if(children, [&](NodeId child) { return tree[child].page == no_page; });
    float used = 0, shares = 0;
    bool first = true;
    for (const auto child : children) {
        used += measure(tree, child, inner.w, setting).h + setting.px(tree[child].before);
        if (!first) used += setting.px(tree[id].gap);
        shares += tree[child].grow;
        first = false;
    }
    const float left = std::max(0.0F, inner.h - used);
    float y = inner.y + (shares > 0 ? 0 : offset(tree[id].along, left));
    for (const auto child : children) {
        const auto want = tree[child].want;
        const auto across = tree[id].across;
        const float w = across == Place::stretch ? inner.w : std::min(want.w, inner.w);
        const float h =
            want.h + (shares > 0 ? std::floor(left * tree[child].grow / shares) : 0);
        y += setting.px(tree[child].before);
        place(tree, child, {inner.x + offset(across, inner.w - w), y, w, h}, setting);
        y += h + setting.px(tree[id].gap);
    }
}

}  // namespace

float Setting::px(float design_units) const {
    return std::round(design_units * display.scale());
}

TextStyle Setting::style(const Node& node) const {
    auto real = node.style;
    real.size *= display.scale() * (node.fixed_size ? 1.0F : text_scale(comfort.text));
    return real;
}

Size measure(Tree& tree, NodeId id, float width, const Setting& setting) {
    auto& node = tree[id];
    const float exact = node.width > 0 ? setting.px(node.width) : 0;
    float outer = exact > 0 ? std::min(exact, width) : width;
    if (node.max_w > 0) outer = std::min(outer, setting.px(node.max_w));
    const float sides = setting.px(node.pad.left) + setting.px(node.pad.right);
    const float ends = setting.px(node.pad.top) + setting.px(node.pad.bottom);
    const float inner = std::max(1.0F, outer - sides);

    Size size = node.content != Content::none ? measure_leaf(node, inner, setting)
                : node.flow == Flow::row      ? measure_row(tree, id, inner, setting)
                                              : measure_column(tree, id, inner, setting);
    auto& self = tree[id];
    self.want = {std::max({size.w + sides, setting.px(self.min_w), exact}),
                 std::max(size.h + ends, setting.px(self.min_h))};
    return self.want;
}

void place(Tree& tree, NodeId id, Rect rect, const Setting& setting) {
    auto& node = tree[id];
    node.rect = rect;
    const auto& pad = node.pad;
    const Rect inner{rect.x + setting.px(pad.left), rect.y + setting.px(pad.top),
                     rect.w - setting.px(pad.left) - setting.px(pad.right),
                     rect.h - setting.px(pad.top) - setting.px(pad.bottom)};
    if (node.children.empty()) return;
    if (node.flow == Flow::row)
        place_row(tree, id, inner, setting);
    else
        place_column(tree, id, inner, setting);
}

void mirror(Tree& tree, float screen_width) {
    for (auto& node : tree.nodes) node.rect.x = screen_width - node.rect.right();
}

}  // namespace foyer
