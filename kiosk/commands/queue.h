#pragma once

#include <string>
#include <vector>

#include "kiosk/setup.h"

namespace foyer {

/// `foyer queue [--json]`: who waits in the lobby today without a visit of their own,
/// earliest first: call name, since when, what for, whether they were called. What
/// other devices of the site told is among it.
Exit queue_command(const Options& options);

/// `foyer queue done CALLNAME`: staff are done with somebody ("Fern 27"), or they left.
/// The site's other devices are told. `failed` if nobody of that name waits.
Exit queue_done_command(const Options& options, const std::string& call_name);

}  // namespace foyer
