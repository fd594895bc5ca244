#include "kiosk/audit/rule.h"
#include "kiosk/ui/pages.h"

// Places: everything on the screen, within what it belongs to, and within reach.

namespace foyer {

void check_inside_parent(Subject& subject) {
    const auto& tree = subject.tree;
    for (const auto id : subject.shown()) {
        const auto parent = tree[id].parent;
        if (parent == no_node) continue;
        if (!tree[parent].rect.holds(tree[id].rect))
            subject.found("outside", id,
                          parent == 0
                              ? std::string("reaches off the screen")
                              : "reaches out of \"" + subject.name_of(parent) + "\"");
    }
}

void check_fits(Subject& subject) {
    if (subject.tree.does_not_fit)
        subject.found("does-not-fit", 0, "has a part taller than any page");
}

void check_reach(Subject& subject) {
    const auto& setting = subject.setting;
    const float line = reach_line(setting.display, setting.comfort);
    for (const auto id : subject.targets()) {
        const auto& node = subject.tree[id];
        // What is only held is the staff's (Ui::header).
        if (!node.is_control() || node.rect.y + 0.5F >= line) continue;
        subject.found(
            "reach", id,
            "begins " + as_mm(line - node.rect.y, setting.display) + " above the line");
    }
}

}  // namespace foyer
