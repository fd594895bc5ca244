#include "kiosk/ui/paginate.h"

namespace foyer {

namespace {

NodeId append_copy(Tree& tree, NodeId of) {
    auto copy = tree[of];
    copy.children.clear();
    copy.measured = {};
    copy.before = 0;
    tree.nodes.push_back(std::move(copy));
    return NodeId(tree.nodes.size()) - 1;
}

/// Cuts a text between two lines so that the first part is at most `height` tall; the
/// rest becomes a new node. no_node if not even one line fits, or all do.
NodeId split_text(Tree& tree, NodeId id, float width, float height,
                  const Setting& setting) {
    const auto block =
        setting.text.layout(tree[id].words, setting.style(tree[id]), width);
    std::size_t fit = 0;
    while (fit < block.lines.size() &&
           block.lines[fit].top + block.lines[fit].height <= height)
        ++fit;
    if (fit == 0 || fit == block.lines.size()) return no_node;
    const auto rest = append_copy(tree, id);
    const auto at = block.lines[fit].begin;
    tree[rest].words = tree[id].words.substr(at);
    tree[rest].label = tree[rest].words;
    tree[id].words.resize(at);
    // A space at the end would count as part of the last line.
    while (tree[id].words.ends_with(' ')) tree[id].words.pop_back();
    tree[id].label = tree[id].words;
    forget(tree, id);
    return rest;
}

/// Cuts a part that is taller than `height` in two; the second is answered. no_node if
/// it cannot be cut.
NodeId split(Tree& tree, NodeId id, float width, float height, const Setting& setting) {
    if (tree[id].content == Content::text)
        return split_text(tree, id, width, height, setting);
    if (tree[id].flow != Flow::column || tree[id].is_control() ||
        tree[id].children.empty())
        return no_node;

    const auto pad = tree[id].pad;
    const float inner = width - setting.px(pad.left) - setting.px(pad.right);
    float used = setting.gap(pad.top) + setting.gap(pad.bottom);
    const auto children = tree[id].children;
    std::size_t fit = 0;
    for (; fit < children.size(); ++fit) {
        float h = measure(tree, children[fit], inner, setting).h;
        if (fit > 0)
            h += setting.gap(tree[children[fit]].before) + setting.gap(tree[id].gap);
        if (used + h > height) break;
        used += h;
    }
    if (fit == children.size()) return no_node;
    // What announces the next goes with it; if that is all there is, the next is cut.
    std::size_t keep = fit;
    while (keep > 0 && tree[children[keep - 1]].keeps_next) --keep;
    auto cut = no_node;
    if (keep == 0) {
        keep = fit;
        const float between = fit == 0 ? 0
                                       : setting.gap(tree[children[fit]].before) +
                                             setting.gap(tree[id].gap);
        cut = split(tree, children[fit], inner, height - used - between, setting);
        if (cut == no_node && fit == 0) return no_node;
    }

    const auto at = children.begin() + std::ptrdiff_t(keep);
    std::vector<NodeId> later(at, children.end());
    tree[id].children.assign(children.begin(), at);
    if (cut != no_node) {
        tree[id].children.push_back(later.front());
        later.front() = cut;
    }
    forget(tree, id);
    const auto rest = append_copy(tree, id);
    for (const auto child : later) tree[child].parent = rest;
    tree[later.front()].before = 0;
    tree[rest].children = std::move(later);
    return rest;
}

/// Takes from the end of a page what announces the part that did not fit any more, as
/// far as that leaves something there and has room with the part on the next page.
std::vector<NodeId> take_along(Tree& tree, std::vector<NodeId>& page, float part_height,
                               float width, float height, const Setting& setting) {
    std::vector<NodeId> along;
    while (page.size() > 1 && tree[page.back()].keeps_next) {
        along.insert(along.begin(), page.back());
        page.pop_back();
    }
    if (stack_height(tree, along, width, setting) + part_height <= height) return along;
    page.insert(page.end(), along.begin(), along.end());
    return {};
}

}  // namespace

float stack_height(Tree& tree, const std::vector<NodeId>& parts, float width,
                   const Setting& setting) {
    float sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
        sum += measure(tree, parts[i], width, setting).h +
               (i > 0 ? setting.gap(tree[parts[i]].before) : 0);
    return sum;
}

Pages paginate(Tree& tree, std::vector<NodeId> parts, float width, float height,
               const Setting& setting) {
    Pages pages{{}};
    float used = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto part = parts[i];
        const float h = measure(tree, part, width, setting).h;
        const float before = pages.back().empty() ? 0 : setting.gap(tree[part].before);
        if (used + before + h <= height) {
            pages.back().push_back(part);
            used += before + h;
            continue;
        }
        if (!pages.back().empty()) {
            auto along =
                take_along(tree, pages.back(), h + before, width, height, setting);
            used = stack_height(tree, along, width, setting);
            pages.push_back(std::move(along));
            if (h <= height) {
                --i;  // the same part again, on the new page
                continue;
            }
        }
        // Alone on a page and still too tall.
        const auto rest = split(tree, part, width, height, setting);
        pages.back().push_back(part);
        used = height;
        if (rest == no_node)
            tree.does_not_fit = true;
        else
            parts.insert(parts.begin() + std::ptrdiff_t(i) + 1, rest);
    }
    return pages;
}

}  // namespace foyer
