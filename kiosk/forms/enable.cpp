#include "kiosk/forms/enable.h"

#include <algorithm>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

bool lies_in(const Instance& instance, const Instance& ancestor, const Slot* slot) {
    const Instance* at = &instance;
    while (at->parent) {
        if (at->parent == &ancestor) return !slot || at->slot == slot;
        at = at->parent;
    }
    return false;
}

bool holds(const EnableWhen& condition, const Instance* question, bool ne_of_nothing) {
    static const std::vector<FormValue> none;
    const auto answers = question && question->enabled ? question->answers() : none;
    const FormValue wanted{condition.answer, condition.type};
    const auto any = [&](auto test) { return std::ranges::any_of(answers, test); };
    const auto ordered = [&](auto test) {
        return any([&](const FormValue& answer) {
            const auto order = compare_values(answer, wanted);
            return order && test(*order);
        });
    };
    switch (condition.op) {
        case EnableOperator::exists:
            return answers.empty() != condition.answer->is_true();
        case EnableOperator::eq:
            return any([&](const auto& answer) { return same_value(answer, wanted); });
        case EnableOperator::ne:
            if (answers.empty()) return ne_of_nothing;
            return !any([&](const auto& answer) { return same_value(answer, wanted); });
        case EnableOperator::gt:
            return ordered([](int order) { return order > 0; });
        case EnableOperator::lt:
            return ordered([](int order) { return order < 0; });
        case EnableOperator::ge:
            return ordered([](int order) { return order >= 0; });
        case EnableOperator::le:
            return ordered([](int order) { return order <= 0; });
    }
    return true;
}

}  // namespace

const Instance* nearest_instance(const FormTree& tree, const Instance& from,
                                 int question) {
    const auto& all = tree.of(question);
    if (all.size() <= 1) return all.empty() ? nullptr : all.front();
    // Ancestors first, and for each what lies in it.
    const Slot* slot = from.slot;
    for (const Instance* at = from.parent; at; slot = at->slot, at = at->parent) {
        if (at->item->index == question) return at;
        const Instance* before = nullptr;
        const Instance* after = nullptr;
        for (const Instance* candidate : all) {
            if (!lies_in(*candidate, *at, slot)) continue;
            // Instances of one item are in document order, `from` is of another one.
            if (candidate->item->index < from.item->index) {
                if (!before) before = candidate;
            } else if (!after) {
                after = candidate;
            }
        }
        if (before || after) return before ? before : after;
    }
    return all.front();
}

bool enable_when_holds(const FormTree& tree, const Instance& instance,
                       bool ne_of_nothing) {
    const FormItem& item = *instance.item;
    bool any = false, all = true, asked = false;
    for (const EnableWhen& condition : item.enable_when) {
        if (condition.item < 0) continue;
        asked = true;
        const bool holds_now = holds(
            condition, nearest_instance(tree, instance, condition.item), ne_of_nothing);
        any |= holds_now;
        all &= holds_now;
    }
    return !asked || (item.enable_any ? any : all);
}

}  // namespace foyer
