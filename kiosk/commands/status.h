#pragma once

#include "kiosk/setup.h"

namespace foyer {

/// `foyer status`: what the records hold and whether they are well. Names nobody.
Exit status_command(const Options& options);

/// `foyer audit-log verify`: recomputes the chain and names the first bad entry.
Exit verify_audit_log_command(const Options& options);
/// `foyer audit-log export`: every entry as a line of JSON.
Exit export_audit_log_command(const Options& options);

}  // namespace foyer
