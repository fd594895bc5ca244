#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kiosk/forms/instance.h"
#include "kiosk/forms/issue_words.h"

namespace foyer {

/// English for every key, for tools.
std::string english_issue(
    std::string_view key,
    const std::vector<std::pair<std::string, std::string>>& arguments);

/// What is wrong with one instance, given its answers; nothing if it is disabled. An
/// unanswered required item is an error from the start, but not inside an empty
/// instance of a repeating group that the form does not ask for.
std::vector<FormIssue> check_instance(const FormTree& tree, const Instance& instance,
                                      const std::string& language,
                                      const IssueWords& words);

/// What a broken constraint says at `path`; empty: the form as a whole.
FormIssue constraint_issue(const FormConstraint& constraint, ItemPath path,
                           const std::string& language, const IssueWords& words);

/// How many bytes base64 text stands for.
std::int64_t base64_bytes(std::string_view text);

}  // namespace foyer
