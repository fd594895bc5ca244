#include "kiosk/ui/layout.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace foyer {

namespace {

constexpr float unbounded = 1e6F;

/// Whether every line after the first begins a word. The asterisks of strong words do
/// not count.
bool breaks_between_words(const TextBlock& block, const std::string& words) {
    return std::ranges::all_of(block.lines, [&](const TextLine& line) {
        auto at = line.begin;
        while (at > 0 && words[at - 1] == '*') --at;
        return at == 0 || words[at - 1] == ' ' || words[at - 1] == '\n';
    });
}

/// The width in which a text of several lines takes no more lines than in `width`, and
/// hardly less: for a heading, for what stands in the middle, and where the last line
/// would be a single short word.
float even_width(const Node& node, float width, const Setting& setting) {
    if (node.prose || width >= unbounded / 2) return width;
    const auto style = setting.style(node);
    const auto& whole = setting.text.layout(node.words, style, width);
    const auto count = whole.lines.size();
    if (count < 2 || !breaks_between_words(whole, node.words)) return width;
    const bool even = node.role == Role::heading || node.style.align == Align::center ||
                      whole.lines.back().width < width * 0.3F;
    if (!even) return width;
    float too_narrow = std::floor(width * 0.5F), enough = width;
    while (enough - too_narrow > 4) {
        const float middle = std::round((enough + too_narrow) / 2);
        const auto& block = setting.text.layout(node.words, style, middle);
        const bool fits = block.lines.size() <= count && block.width <= middle &&
                          breaks_between_words(block, node.words);
        (fits ? enough : too_narrow) = middle;
    }
    return enough;
}

Size measure_leaf(Node& node, float width, const Setting& setting) {
    switch (node.content) {
        case Content::text: {
            width = even_width(node, std::max(width, 1.0F), setting);
            const auto& block =
                setting.text.layout(node.words, setting.style(node), width);
            return {std::ceil(block.width), std::ceil(block.height)};
        }
        case Content::icon: {
            const float size = std::round(setting.style(node).size);
            return {size, size};
        }
        case Content::field: {
            // So many lines, whatever it holds: a longer text moves under the caret.
            // Where room is short, fewer.
            const int most = setting.room == Roominess::ample   ? node.lines
                             : setting.room == Roominess::tight ? 2
                                                                : 1;
            const auto& line = setting.text.layout("Hg", setting.style(node), 0);
            return {width, std::ceil(line.height) * float(std::min(node.lines, most))};
        }
        case Content::plan: {
            // As wide as there is room and never too high for the words beneath.
            const float most = setting.px(setting.room == Roominess::ample   ? 760
                                          : setting.room == Roominess::tight ? 480
                                                                             : 400);
            const auto& map = *node.plan;
            const float high = width * float(map.height) / float(map.width);
            return {width, std::ceil(std::min(high, most))};
        }
        case Content::bar:
        case Content::qr:
        case Content::strokes:
        case Content::none:
            return {};
    }
    return {};
}

/// Whether a child of a column has a place in it.
bool stands(const Tree& tree, NodeId id, const Setting& setting) {
    const auto& node = tree[id];
    return node.page != no_page && !(node.optional && setting.room == Roominess::bare);
}

float natural_width(Tree& tree, NodeId id, const Setting& setting) {
    const auto& node = tree[id];
    if (node.width > 0) return setting.px(node.width);
    if (node.grow > 0) return setting.px(node.min_w);
    return measure(tree, id, unbounded, setting).w;
}

/// A child of a row: its natural width, then the one it was given.
struct InRow {
    NodeId id;
    float width;
};

/// What stands side by side: `count` children of a row from `first`.
struct Line {
    std::size_t first = 0, count = 0;
    float width = 0, height = 0;
};

struct Lines {
    std::vector<InRow> children;
    std::vector<Line> lines;
};

/// Whether all that grow get their least width where they stand side by side.
bool shares_suffice(const Tree& tree, const Lines& all, float gap, float inner) {
    float shares = 0, left = inner + gap;
    for (const auto& child : all.children) {
        shares += tree[child.id].grow;
        left -= gap + (tree[child.id].grow > 0 ? 0 : child.width);
    }
    return std::ranges::all_of(all.children, [&](const InRow& child) {
        const float grow = tree[child.id].grow;
        return grow <= 0 || left * grow / shares >= child.width;
    });
}

/// The lines of a row `inner` pixels wide, their children at their natural widths.
Lines lines_of(Tree& tree, const Node& row, float inner, const Setting& setting) {
    const float gap = setting.px(row.gap);
    Lines all;
    all.children.reserve(row.children.size());
    float total = 0;
    const auto gather = [&](bool optional_too) {
        all.children.clear();
        total = 0;
        for (const auto child : row.children) {
            if (tree[child].page == no_page) continue;
            if (tree[child].optional && !optional_too) continue;
            const float width = natural_width(tree, child, setting);
            total += width + (all.children.empty() ? 0 : gap);
            all.children.push_back({child, width});
        }
    };
    gather(true);
    if (total > inner) gather(false);

    const bool too_wide =
        total > inner || (row.stacks && !shares_suffice(tree, all, gap, inner));
    for (std::size_t i = 0; i < all.children.size(); ++i) {
        const float width = all.children[i].width;
        const bool next_line =
            all.lines.empty() || (too_wide && row.stacks) ||
            (row.wrap && all.lines.back().width + gap + width > inner);
        if (next_line) {
            all.lines.push_back({i, 1, width, 0});
        } else {
            ++all.lines.back().count;
            all.lines.back().width += gap + width;
        }
    }
    return all;
}

/// Gives the children of a line their widths when the line is `inner` wide, and the
/// line its height.
void fill(Tree& tree, Lines& all, Line& line, float gap, float inner,
          const Setting& setting) {
    float shares = 0;
    float fixed = gap * float(line.count - 1);
    const std::span<InRow> children(all.children.data() + line.first, line.count);
    for (auto& child : children) {
        const auto& node = tree[child.id];
        if (node.grow > 0) child.width = 0;
        fixed += child.width;
        shares += node.grow;
    }
    if (fixed > inner) {
        // The longest text takes several lines.
        InRow* widest = nullptr;
        for (auto& child : children)
            if (tree[child.id].content == Content::text &&
                (widest == nullptr || child.width > widest->width))
                widest = &child;
        if (widest != nullptr)
            widest->width = std::max(1.0F, widest->width - (fixed - inner));
    }
    const float left = std::max(0.0F, inner - fixed);
    line.width = gap * float(line.count - 1);
    line.height = 0;
    for (auto& child : children) {
        const auto& node = tree[child.id];
        if (node.grow > 0) child.width = std::floor(left * node.grow / shares);
        child.width = std::min(child.width, inner);
        line.width += child.width;
        line.height =
            std::max(line.height, measure(tree, child.id, child.width, setting).h);
    }
}

Size measure_row(Tree& tree, NodeId id, float inner, const Setting& setting) {
    const float gap = setting.px(tree[id].gap);
    Size size;
    auto all = lines_of(tree, tree[id], inner, setting);
    const bool bounded = inner < unbounded / 2;
    for (auto& line : all.lines) {
        if (bounded) {
            fill(tree, all, line, gap, inner, setting);
        } else {
            line.width = gap * float(line.count - 1);
            for (std::size_t i = line.first; i < line.first + line.count; ++i) {
                const auto want = measure(tree, all.children[i].id, unbounded, setting);
                line.width += want.w;
                line.height = std::max(line.height, want.h);
            }
        }
        size.w = std::max(size.w, line.width);
        size.h += line.height;
    }
    if (!all.lines.empty())
        size.h += setting.gap(tree[id].gap) * float(all.lines.size() - 1);
    return size;
}

Size measure_column(Tree& tree, NodeId id, float inner, const Setting& setting) {
    Size size;
    bool first = true;
    for (const auto child : tree[id].children) {
        if (!stands(tree, child, setting)) continue;
        const auto want = measure(tree, child, inner, setting);
        size.w = std::max(size.w, want.w);
        size.h += want.h;
        if (!first)
            size.h += setting.gap(tree[id].gap) + setting.gap(tree[child].before);
        first = false;
    }
    return size;
}

float offset(Place where, float room) {
    switch (where) {
        case Place::center:
            return std::max(0.0F, std::round(room / 2));
        case Place::end:
            return std::max(0.0F, room);
        case Place::start:
        case Place::stretch:
            return 0;
    }
    return 0;
}

void place_row(Tree& tree, NodeId id, const Rect& inner, const Setting& setting) {
    const float gap = setting.px(tree[id].gap);
    auto all = lines_of(tree, tree[id], inner.w, setting);
    for (const auto child : tree[id].children) tree[child].rect = {};
    for (auto& line : all.lines) fill(tree, all, line, gap, inner.w, setting);
    // A single line may use all the height there is.
    if (all.lines.size() == 1)
        all.lines[0].height = std::max(all.lines[0].height, inner.h);

    const auto across = tree[id].across;
    float y = inner.y;
    for (const auto& line : all.lines) {
        float x = inner.x + offset(tree[id].along, inner.w - line.width);
        for (std::size_t i = line.first; i < line.first + line.count; ++i) {
            const auto& child = all.children[i];
            const float h = across == Place::stretch
                                ? line.height
                                : measure(tree, child.id, child.width, setting).h;
            place(tree, child.id,
                  {x, y + offset(across, line.height - h), child.width, h}, setting);
            x += child.width + gap;
        }
        y += line.height + setting.gap(tree[id].gap);
    }
}

void place_column(Tree& tree, NodeId id, const Rect& inner, const Setting& setting) {
    const float gap = setting.gap(tree[id].gap);
    float used = 0, shares = 0;
    bool first = true;
    for (const auto child : tree[id].children) {
        tree[child].rect = {};
        if (!stands(tree, child, setting)) continue;
        used += measure(tree, child, inner.w, setting).h;
        if (!first) used += gap + setting.gap(tree[child].before);
        shares += tree[child].grow;
        first = false;
    }
    const float left = std::max(0.0F, inner.h - used);
    const auto across = tree[id].across;
    float y = inner.y + (shares > 0 ? 0 : offset(tree[id].along, left));
    first = true;
    for (const auto child : tree[id].children) {
        if (!stands(tree, child, setting)) continue;
        const auto want = measure(tree, child, inner.w, setting);
        const float w = across == Place::stretch ? inner.w : std::min(want.w, inner.w);
        const float h =
            want.h + (shares > 0 ? std::floor(left * tree[child].grow / shares) : 0);
        if (!first) y += gap + setting.gap(tree[child].before);
        place(tree, child, {inner.x + offset(across, inner.w - w), y, w, h}, setting);
        y += h;
        first = false;
    }
}

}  // namespace

float Setting::px(float design_units) const {
    return std::round(design_units * display.scale());
}

float Setting::gap(float design_units) const {
    // 14 units are 3.5 mm: what rounding to whole pixels takes leaves 3 mm.
    constexpr float least = 14, shrink = 0.55F;
    if (room == Roominess::ample) return px(design_units);
    return px(std::min(design_units, std::max(least, design_units * shrink)));
}

float Setting::least_height(const Node& node) const {
    return px(room != Roominess::ample && node.tight_h > 0 ? node.tight_h : node.min_h);
}

TextStyle Setting::style(const Node& node) const {
    auto real = node.style;
    real.size *= display.scale() * (node.fixed_size ? 1.0F : text_scale(comfort.text));
    return real;
}

Size measure(Tree& tree, NodeId id, float width, const Setting& setting) {
    for (const auto& known : tree[id].measured)
        if (known.width == width) {
            tree[id].want = known.size;
            return known.size;
        }
    auto& node = tree[id];
    const float exact = node.width > 0 ? setting.px(node.width) : 0;
    float outer = exact > 0 ? std::min(exact, width) : width;
    if (node.max_w > 0) outer = std::min(outer, setting.px(node.max_w));
    const float sides = setting.px(node.pad.left) + setting.px(node.pad.right);
    const float ends = setting.gap(node.pad.top) + setting.gap(node.pad.bottom);
    const float inner = std::max(1.0F, outer - sides);

    const Size size = node.content != Content::none ? measure_leaf(node, inner, setting)
                      : node.flow == Flow::row
                          ? measure_row(tree, id, inner, setting)
                          : measure_column(tree, id, inner, setting);
    node.want = {std::max({size.w + sides, setting.px(node.min_w), exact}),
                 std::max(size.h + ends, setting.least_height(node))};
    node.measured[1] = node.measured[0];
    node.measured[0] = {width, node.want};
    return node.want;
}

void place(Tree& tree, NodeId id, Rect rect, const Setting& setting) {
    auto& node = tree[id];
    node.rect = rect;
    if (node.content == Content::text) {
        const float even = even_width(node, rect.w, setting);
        if (node.style.align == Align::center)
            node.rect.x += std::floor((rect.w - even) / 2);
        node.rect.w = even;
    }
    if (node.children.empty()) return;
    const auto& pad = node.pad;
    const Rect inner{rect.x + setting.px(pad.left), rect.y + setting.gap(pad.top),
                     rect.w - setting.px(pad.left) - setting.px(pad.right),
                     rect.h - setting.gap(pad.top) - setting.gap(pad.bottom)};
    if (node.flow == Flow::row)
        place_row(tree, id, inner, setting);
    else
        place_column(tree, id, inner, setting);
}

void forget(Tree& tree) {
    for (auto& node : tree.nodes) node.measured = {};
}

void forget(Tree& tree, NodeId id) {
    for (; id != no_node; id = tree[id].parent) tree[id].measured = {};
}

void mirror(Tree& tree, float screen_width) {
    for (auto& node : tree.nodes) node.rect.x = screen_width - node.rect.right();
}

}  // namespace foyer
