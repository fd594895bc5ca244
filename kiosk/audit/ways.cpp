#include <algorithm>

#include "kiosk/audit/rule.h"

// Ways: through the controls one by one, and to a person.

namespace foyer {

namespace {

NodeId region_of(const Tree& tree, NodeId id) {
    while (id != no_node && tree[id].parent != 0) id = tree[id].parent;
    return id;
}

/// Whether `later` comes before `earlier` for somebody who reads: in a line above it,
/// or in the same line further to the start. Columns count from the start: what stands
/// beside what came before may begin above it.
bool out_of_order(Rect earlier, Rect later, bool right_to_left, float screen_width) {
    if (right_to_left)
        for (auto* rect : {&earlier, &later}) rect->x = screen_width - rect->right();
    const bool above = later.bottom() <= earlier.y + 0.5F;
    const bool next_column = later.x >= earlier.right() - 0.5F;
    const bool same_line = !above && later.y < earlier.bottom() - 0.5F;
    const bool further_back = later.right() <= earlier.x + 0.5F;
    return (above && !next_column) || (same_line && further_back);
}

}  // namespace

void check_focus_order(Subject& subject) {
    const auto& tree = subject.tree;
    const auto& targets = subject.targets();
    for (std::size_t i = 1; i < targets.size(); ++i) {
        if (region_of(tree, targets[i - 1]) != region_of(tree, targets[i])) continue;
        if (out_of_order(tree[targets[i - 1]].rect, tree[targets[i]].rect,
                         subject.setting.right_to_left, tree[0].rect.w))
            subject.found("focus-order", targets[i],
                          "stands before \"" + subject.name_of(targets[i - 1]) +
                              "\", which comes first");
    }
}

void check_help(Subject& subject) {
    if (!subject.expected.help) return;
    const auto& tree = subject.tree;
    const bool reachable = std::ranges::any_of(subject.targets(), [&](NodeId id) {
        return tree[id].key == "footer.help" && tree[id].actions.activate &&
               !tree[id].disabled;
    });
    if (!reachable) subject.found("no-help", 0, "has no way to ask for help");
}

}  // namespace foyer
