#include "sync/clinic/due.h"

#include <algorithm>

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool concerns(const FormRule& rule, const std::vector<Service>& visits) {
    return rule.services.empty() || std::ranges::any_of(visits, [&](Service visit) {
               return std::ranges::count(rule.services, visit) > 0;
           });
}

/// Whether what was filled in so many days ago still holds.
bool holds(const FormRule& rule, days ago) {
    switch (rule.when) {
        case FormRule::When::every_visit:
            return false;
        case FormRule::When::every_days:
        case FormRule::When::expires:
            return ago < rule.days;
        case FormRule::When::once:
            return true;
    }
    return false;
}

bool is_due(const FormRule& rule, const std::string& form,
            const std::vector<LastAnswer>& last, Date today) {
    for (const auto& answer : last) {
        if (answer.form != form) continue;
        const days ago = std::max(sys_days(today) - sys_days(answer.day), days(0));
        if (ago < rule.not_again || (answer.completed && holds(rule, ago)))
            return false;
    }
    return true;
}

}  // namespace

bool names_form(std::string_view name, std::string_view canonical) {
    return !name.empty() &&
           (name == canonical || name == canonical.substr(canonical.rfind('/') + 1));
}

std::vector<std::string> due_forms(const std::vector<FormRule>& rules,
                                   const std::vector<std::string>& forms,
                                   const std::vector<Service>& visits,
                                   const std::vector<LastAnswer>& last, Date today) {
    std::vector<std::string> due;
    for (const auto& rule : rules) {
        if (!concerns(rule, visits)) continue;
        for (const auto& form : forms)
            if (names_form(rule.form, form) && is_due(rule, form, last, today) &&
                std::ranges::count(due, form) == 0)
                due.push_back(form);
    }
    return due;
}

}  // namespace foyer
