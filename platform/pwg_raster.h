#pragma once

#include <string>

#include "platform/canvas.h"

namespace foyer {

/// The dots per inch a slip is rendered at: that of thermal printers (8 dots a mm).
constexpr int kSlipDpi = 203;

/// `slip` as one page of PWG raster (PWG 5102.4, sgray_8), the format that every
/// driverless printer takes. Fails with `bad_input` for an empty picture.
Result<std::string> pwg_raster(const Picture& slip);

}  // namespace foyer
