#pragma once

#include <filesystem>
#include <vector>

#include "kiosk/setup.h"

namespace foyer {

/// `foyer import FILE...`: takes FHIR files into the records and prints what became of
/// every resource. `unclean` when something was refused or unreadable, `failed` when
/// the records could not be written.
Exit import_command(const Options& options,
                    const std::vector<std::filesystem::path>& files);

/// `foyer demo`: the same for the demo clinic, whose day is always today.
Exit demo_command(const Options& options);

}  // namespace foyer
