#pragma once

#include <string>
#include <vector>

#include "kiosk/forms/checks.h"
#include "kiosk/forms/instance.h"
#include "kiosk/forms/recompute.h"
#include "kiosk/forms/view.h"

namespace foyer {

/// Of a group without maxOccurs: more cannot be meant.
inline constexpr int most_instances_of_a_group = 200;

struct StateWords {
    const std::string& language;
    const IssueWords& words;
};

/// "I'd rather not answer" is always an answer, except where the form requires one.
bool can_decline(const FormItem& item);

/// Every instance, depth-first in form order.
std::vector<ItemState> item_states(const FormTree& tree, const StateWords& words);

/// What is wrong with every enabled instance, and with the form as a whole.
std::vector<FormIssue> all_issues(const FormTree& tree, const Recompute& recompute,
                                  const StateWords& words);

}  // namespace foyer
