#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer {

/// Says an issue in a language: key ("issue.required") and what is put into it. The
/// kiosk gives its translations; without one, plain English.
using IssueWords = std::function<std::string(
    std::string_view language, std::string_view key,
    const std::vector<std::pair<std::string, std::string>>& arguments)>;

}  // namespace foyer
