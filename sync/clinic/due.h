#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/clinic/visit.h"

namespace foyer {

/// When the clinic asks for a form ([[forms.due]] of foyer.toml).
struct FormRule {
    enum class When {
        every_visit,
        every_days,  ///< `days` after it was last filled in
        once,
        expires,  ///< filled in holds for `days`, then again: a consent, a waiver
    };
    std::string form;                    ///< canonical, or its last part: "phq-9"
    std::vector<Service> services = {};  ///< empty: whatever the visit is for
    When when = When::every_visit;
    std::chrono::days days{0};
    /// Not again so soon after it ended, however it ended; 1: not twice a day.
    std::chrono::days not_again{1};
    bool operator==(const FormRule&) const = default;
};

/// How a form ended the last time.
struct LastAnswer {
    std::string form;  ///< canonical
    Date day{};        ///< on the site's calendar
    bool completed = false;
};

/// Whether `name` means the form: its canonical, or what follows the last '/' of it.
bool names_form(std::string_view name, std::string_view canonical);

/// Which of `forms` are due at a visit today, in the order of the rules; each once.
/// One that was refused or given up is not done: it is due again when `not_again` has
/// passed. A date in the future (a clock was wrong) counts as today.
std::vector<std::string> due_forms(const std::vector<FormRule>& rules,
                                   const std::vector<std::string>& forms,
                                   const std::vector<Service>& visits,
                                   const std::vector<LastAnswer>& last, Date today);

}  // namespace foyer
