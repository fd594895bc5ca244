#include <algorithm>

#include "kiosk/audit/rule.h"

// Targets: big enough and far enough apart for a finger that trembles.

namespace foyer {

namespace {

/// Places are whole pixels; that much may be missing.
constexpr float rounding = 0.5F;

void check_size(Subject& subject, const char* rule, NodeId id, double wide,
                double high) {
    const auto& display = subject.setting.display;
    const auto& rect = subject.tree[id].rect;
    if (rect.w + rounding >= display.mm(wide) && rect.h + rounding >= display.mm(high))
        return;
    subject.found(rule, id,
                  "is " + as_mm(rect.w, display) + " wide and " +
                      as_mm(rect.h, display) + " high");
}

/// Whether one stands inside the other: a pair that is one thing.
bool nested(const Tree& tree, NodeId outer, NodeId inner) {
    for (; inner != no_node; inner = tree[inner].parent)
        if (inner == outer) return true;
    return false;
}

template <class Check>
void each_pair(const Subject& subject, Check check) {
    const auto& targets = subject.targets();
    for (std::size_t i = 0; i < targets.size(); ++i)
        for (std::size_t j = i + 1; j < targets.size(); ++j)
            if (!nested(subject.tree, targets[i], targets[j]))
                check(targets[i], targets[j]);
}

}  // namespace

void check_target_size(Subject& subject) {
    for (const auto id : subject.targets())
        if (subject.tree[id].role != Role::key)
            check_size(subject, "target-size", id, 20, 20);
}

void check_key_size(Subject& subject) {
    for (const auto id : subject.targets())
        if (subject.tree[id].role == Role::key)
            check_size(subject, "key-size", id, 12, 15);
}

void check_target_gap(Subject& subject) {
    const auto& display = subject.setting.display;
    each_pair(subject, [&](NodeId a, NodeId b) {
        const auto& tree = subject.tree;
        if (tree[a].rect.overlaps(tree[b].rect)) return;
        const bool keys = tree[a].role == Role::key && tree[b].role == Role::key;
        const float gap = gap_between(tree[a].rect, tree[b].rect);
        if (gap + rounding < display.mm(keys ? 2 : 3))
            subject.found(
                "target-gap", b,
                "is " + as_mm(gap, display) + " from \"" + subject.name_of(a) + "\"");
    });
}

void check_target_overlap(Subject& subject) {
    each_pair(subject, [&](NodeId a, NodeId b) {
        if (subject.tree[a].rect.overlaps(subject.tree[b].rect))
            subject.found("target-overlap", b,
                          "lies over \"" + subject.name_of(a) + "\"");
    });
}

}  // namespace foyer
