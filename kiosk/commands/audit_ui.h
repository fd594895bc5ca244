#pragma once

#include <iosfwd>

namespace foyer {

/// `foyer audit-ui [--json] [--all-displays]`.
struct AuditOptions {
    bool json = false;
    /// Also 15.6" to 32", 4K, and controls within reach; some 6 times the work.
    bool all_displays = false;
};

/// Audits every sample screen, on every page, in every variant of kiosk/stage.h. Prints
/// a line a finding, the same finding in many variants once, and a line of totals.
/// Answers the exit code: 0 nothing found, 3 something found. Draws nothing. Needs
/// open_translations().
int audit_ui(const AuditOptions& options);
int audit_ui(const AuditOptions& options, std::ostream& out);

}  // namespace foyer
