#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "kiosk/forms/issue_words.h"
#include "platform/clock.h"

namespace foyer {

/// `foyer form check FILE...`: loads each form, lists its items and what is not
/// supported. Exit code 1 if one cannot be used, with place and reason.
int form_check_command(const std::vector<std::filesystem::path>& files, bool json,
                       std::ostream& out, std::ostream& err);

/// What a session is started with. Empty paths: none.
struct FormSessionOptions {
    std::filesystem::path form, subject, bundle, response;
    std::vector<std::string> contexts;  ///< "name=FILE"
    std::string language = "en";
    std::string time_zone;  ///< IANA; empty: UTC
    std::filesystem::path scores;
    Instant now{};
    IssueWords words;  ///< of issues; empty: plain English
};

/// `foyer form session FILE`: one JSON object a line on `in`, one reply line each on
/// `out`, flushed; see docs/form-session.md. Exit codes: 0 at the end of input, 1 if a
/// file cannot be read or used, 2 for an unknown time zone or a context without '='.
int form_session_command(const FormSessionOptions& options, std::istream& in,
                         std::ostream& out, std::ostream& err);

/// `foyer form validate Q.json QR.json`: an OperationOutcome on `out`. Exit code 1 if a
/// file cannot be read, 3 if the outcome has errors.
int form_validate_command(const std::filesystem::path& form,
                          const std::filesystem::path& response, Instant now,
                          std::ostream& out, std::ostream& err);

}  // namespace foyer
