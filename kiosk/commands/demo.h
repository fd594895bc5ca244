#pragma once

#include <filesystem>
#include <string>

#include "sync/fhir/import.h"

namespace foyer {

/// The demo clinic's site file, as installed (assets/demo/README.md).
std::filesystem::path demo_site_file();

/// The demo clinic's schedule as a FHIR Bundle whose day is the site's today. Fails
/// with `not_found` if it is not installed.
Result<std::string> demo_bundle(const SiteTime& time, Instant now);

/// Takes that schedule into the store, as `foyer import` would a file.
Result<ImportReport> import_demo(Store& store, const ImportSettings& settings);

}  // namespace foyer
