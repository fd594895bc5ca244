#pragma once

#include <filesystem>
#include <string_view>

namespace foyer {

/// Where a file or folder of `assets/` lies at run time ("locale", "demo/clinic.json").
/// The first place that has it: `$FOYER_ASSETS`, `share/foyer` beside the program,
/// `../share/foyer`, `/usr/share/foyer`. If none has it, the last one, so that the
/// error of whoever opens it names the installed path.
std::filesystem::path asset(std::string_view name);

}  // namespace foyer
