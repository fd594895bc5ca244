#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site_time.h"
#include "sync/fhir/intake.h"
#include "sync/fhir/report.h"
#include "sync/fhir/service_codes.h"
#include "sync/records/store.h"

namespace foyer {

/// Told while files are read: bytes done and in all (0: unknown, as of a pipe).
using ImportProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// What an import runs with.
struct ImportSettings {
    SiteTime time;
    Instant now{};
    std::vector<ServiceCode> service_codes;  ///< the clinic's own, asked first
    ImportProgress progress;                 ///< may be empty
};

/// Takes FHIR R4 files into the store: Patient, Appointment, Practitioner,
/// PractitionerRole, Location, HealthcareService, Slot, Schedule, Questionnaire.
///
/// A bad resource never stops the others; only a failure of the store does, and what
/// was committed before (in batches of import_limits::batch) stands. Doing it again is
/// safe: what is there already counts as unchanged. Memory is bounded however large the
/// files are, but for about 60 bytes a resource taken, by which ids that come twice are
/// noticed.
///
/// Files belong together: an Appointment may refer to a Patient of another file, in any
/// order. A visit whose patient never came is taken back after the last file.
ImportReport import_files(const std::vector<std::filesystem::path>& files, Store& store,
                          const ImportSettings& settings);

/// The same for one open stream; `name` stands for the file in the report.
ImportReport import_stream(std::istream& in, const std::string& name, Layout layout,
                           Store& store, const ImportSettings& settings);

}  // namespace foyer
