#pragma once

#include "kiosk/audit/audit.h"
#include "kiosk/screen.h"

namespace foyer {

/// What the audit expects of a screen.
Expected expected_of(const Screen& screen);

}  // namespace foyer
