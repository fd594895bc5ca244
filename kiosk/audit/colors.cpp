#include <cmath>

#include "kiosk/audit/rule.h"

// Colours: read from a distance, in sunlight, by eyes of any age.

namespace foyer {

namespace {

/// What is behind a node: the nearest fill, its own first.
Color behind(const Tree& tree, NodeId id) {
    for (; id != no_node; id = tree[id].parent)
        if (tree[id].fill != Color::none) return tree[id].fill;
    return Color::paper;
}

std::string as_ratio(double ratio) {
    const auto tenths = std::lround(ratio * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + ":1";
}

}  // namespace

void check_text_contrast(Subject& subject) {
    const bool stark = subject.setting.comfort.high_contrast;
    for (const auto id : subject.shown()) {
        const auto& node = subject.tree[id];
        const bool icon = node.content == Content::icon;
        const bool text =
            node.content == Content::text || node.content == Content::field;
        if ((!icon && !text) || node.words.empty()) continue;
        const double ratio =
            contrast(rgba(node.ink, stark), rgba(behind(subject.tree, id), stark));
        if (ratio < (icon ? 3.0 : 7.0))
            subject.found("text-contrast", id, "has " + as_ratio(ratio));
    }
}

void check_border_contrast(Subject& subject) {
    const bool stark = subject.setting.comfort.high_contrast;
    for (const auto id : subject.shown()) {
        const auto& node = subject.tree[id];
        if (!node.border_means) continue;
        // A border is seen against what is around it and what it encloses.
        const auto border = rgba(node.border, stark);
        const auto around = rgba(behind(subject.tree, node.parent), stark);
        const auto within = rgba(behind(subject.tree, id), stark);
        const double ratio =
            std::min(contrast(border, around), contrast(border, within));
        if (node.border == Color::none || node.border_w <= 0 || ratio < 3.0)
            subject.found("border-contrast", id, "has " + as_ratio(ratio));
    }
}

}  // namespace foyer
