#include "kiosk/forms/state.h"

#include <algorithm>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

std::string list_json(const Field& list) {
    std::string out = "[";
    for (const Element* one : list.values) {
        if (out.size() > 1) out += ',';
        write_json(*one, out);
    }
    return out + ']';
}

OptionState state_of(const FormOption& option, const std::string& language) {
    OptionState state;
    state.json = value_json({option.value, option.type});
    if (option.extensions) state.extensions = list_json(*option.extensions);
    state.text = option.text.in(language);
    state.prefix = option.prefix;
    state.exclusive = option.exclusive;
    return state;
}

std::string bound_text(const FormValue& computed, const FormValue& fixed,
                       const std::string& language) {
    return answer_text(computed.value ? computed : fixed, {}, language);
}

class States {
public:
    States(const FormTree& tree, const StateWords& words)
        : tree_(tree), language_(words.language), words_(words.words) {}

    std::vector<ItemState> all() {
        states_.reserve(tree_.size());
        for (const auto& root : tree_.roots()) add(*root, -1, {});
        return std::move(states_);
    }

private:
    void add(const Instance& instance, int parent, const std::string& part) {
        const FormItem& item = *instance.item;
        ItemState state;
        state.path = tree_.path_of(instance);
        state.type = item.type;
        state.control = item.control;
        state.depth = item.depth;
        state.parent = parent;
        state.text = instance.said ? *instance.said : item.text.in(language_);
        // What xhtml or markdown says is said in the form's own language only.
        if (!item.rich.empty() && !instance.said && state.text == item.text.base)
            state.rich = item.rich;
        state.prefix = item.prefix.in(language_);
        state.short_text = item.short_text.in(language_);
        state.help = item.help.in(language_);
        state.placeholder = item.placeholder.in(language_);
        state.unit = item.unit_text.in(language_);
        state.open_label = item.open_label.in(language_);
        state.enabled = instance.enabled;
        state.hidden = item.hidden;
        state.required = item.required;
        state.read_only = item.read_only;
        state.repeats = item.repeats;
        state.user_edited = instance.user_edited;
        state.calculated = item.calculated.has_value();
        state.declined = instance.declined;
        state.can_decline = can_decline(item);
        state.across = item.across;
        state.part = item.part.empty() ? part : item.part;
        if (item.multiplies()) {
            const int count = tree_.count_of(instance);
            state.can_add = !item.read_only &&
                            count < item.max_occurs.value_or(most_instances_of_a_group);
            state.can_remove = count > std::max(item.min_occurs.value_or(0), 1);
        }
        for (const FormValue& answer : instance.answers())
            state.answers.push_back(
                {value_json(answer),
                 answer_text(answer, instance.options(), language_)});
        for (const FormOption& option : instance.options()) {
            state.options.push_back(state_of(option, language_));
            state.options.back().chosen =
                std::ranges::any_of(instance.answers(), [&](const FormValue& answer) {
                    return same_value(answer, {option.value, option.type});
                });
        }
        if (item.type == ItemType::quantity)
            for (const FormOption& unit : item.units)
                state.units.push_back(state_of(unit, language_));
        state.issues = check_instance(tree_, instance, language_, words_);
        state.min_value = bound_text(instance.min_value, item.min_value, language_);
        state.max_value = bound_text(instance.max_value, item.max_value, language_);
        state.max_length = item.max_length;
        state.min_length = item.min_length;
        state.max_decimals = item.max_decimals;
        state.min_occurs = item.min_occurs;
        state.max_occurs = item.max_occurs;
        state.slider_step = item.slider_step;
        state.mime_types = item.mime_types;
        state.max_bytes = item.max_bytes;

        const int index = static_cast<int>(states_.size());
        const std::string own_part = state.part;
        states_.push_back(std::move(state));
        for (const auto& child : instance.items) add(*child, index, own_part);
        for (const auto& slot : instance.slots)
            for (const auto& child : slot->items) add(*child, index, own_part);
    }

    const FormTree& tree_;
    const std::string& language_;
    const IssueWords& words_;
    std::vector<ItemState> states_;
};

}  // namespace

bool can_decline(const FormItem& item) {
    return item.is_question() && !item.required && !item.read_only &&
           item.min_occurs.value_or(0) < 1;
}

std::vector<ItemState> item_states(const FormTree& tree, const StateWords& words) {
    return States(tree, words).all();
}

std::vector<FormIssue> all_issues(const FormTree& tree, const Recompute& recompute,
                                  const StateWords& words) {
    std::vector<FormIssue> issues;
    tree.each([&](Instance& instance) {
        auto own = check_instance(tree, instance, words.language, words.words);
        std::ranges::move(own, std::back_inserter(issues));
    });
    const auto& constraints = tree.form().constraints;
    for (std::size_t i = 0; i < constraints.size(); ++i)
        if (tree.broken[i] && constraints[i].item < 0)
            issues.push_back(
                constraint_issue(constraints[i], {}, words.language, words.words));
    for (const std::string& place : recompute.cycles())
        issues.push_back({FormIssue::Severity::warning,
                          "cycle",
                          {},
                          place + " depends on itself and was stopped",
                          -1});
    for (const auto& [place, why] : recompute.faults())
        issues.push_back({FormIssue::Severity::information,
                          "expression",
                          {},
                          place + ": " + why,
                          -1});
    return issues;
}

}  // namespace foyer
