#include "kiosk/audit/rule.h"

#include <cmath>

namespace foyer {

Subject::Subject(const Tree& checked, const Setting& how, const Expected& what)
    : tree(checked), setting(how), expected(what) {
    visit(0);
}

void Subject::visit(NodeId id) {
    const auto& node = tree[id];
    if (!tree.shown(id)) return;
    shown_.push_back(id);
    if (!node.inert && (node.is_control() || node.actions.hold)) targets_.push_back(id);
    if (id != 0) {
        for (const auto child : node.children) visit(child);
        return;
    }
    // The regions in reading order, whatever the order they were begun in.
    for (const auto region : tree.regions)
        if (region != no_node) visit(region);
    for (const auto child : node.children)
        if (std::ranges::find(tree.regions, child) == tree.regions.end()) visit(child);
}

const TextBlock& Subject::block(NodeId id) const {
    const auto& node = tree[id];
    const bool one_line =
        node.content == Content::field || node.content == Content::icon;
    return setting.text.layout(node.words, setting.style(node),
                               one_line ? 0 : node.rect.w);
}

std::string Subject::name_of(NodeId id) const {
    for (; id != no_node; id = tree[id].parent) {
        const auto& node = tree[id];
        if (!node.key.empty()) return node.key;
        if (!node.label.empty() && !node.is_private) return node.label;
    }
    return "the screen";
}

void Subject::found(const char* rule, NodeId id, std::string what) {
    findings_.push_back({rule, name_of(id), std::move(what), tree[id].rect});
}

std::string as_mm(float pixels, const Display& display) {
    const auto tenths = std::lround(double(pixels) / display.mm(1) * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10)) +
           " mm";
}

}  // namespace foyer
