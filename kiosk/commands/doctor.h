#pragma once

#include "kiosk/setup.h"

namespace foyer {

/// `foyer doctor`: asks everything that can be asked and says, a line each, what is
/// well, what is not and what to do about it. Names no patient. Exit::unclean when
/// something is not well.
Exit doctor_command(const Options& options);

}  // namespace foyer
