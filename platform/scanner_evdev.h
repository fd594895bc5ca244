#pragma once

#include <filesystem>
#include <memory>

#include "platform/result.h"
#include "platform/scanner.h"

namespace foyer {

/// Whether the scanner's keys are kept from everybody else.
enum class Grab {
    exclusive,  ///< nobody else sees them: no code ever lands in a text field
    shared,     ///< for devices that cannot be grabbed
};

/// A USB scanner that acts as a keyboard, at a path that names this very device
/// (/dev/input/by-id/usb-...-event-kbd; see the configuration). Keys are read as on a
/// US keyboard, shift included; scans end as ScanAssembler says, on the kernel's own
/// time stamps. The device may be missing, come and go: it is opened whenever it
/// appears. Codes typed by holding Alt and digits are not read.
///
/// Fails with `busy` when the system has no descriptors left. A device that somebody
/// else has grabbed counts as not there.
Result<std::unique_ptr<Scanner>> evdev_scanner(std::filesystem::path device,
                                               Grab grab = Grab::exclusive);

}  // namespace foyer
