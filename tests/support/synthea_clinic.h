#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/clinic/site_time.h"

namespace foyer {

/// A clinic made of Synthea's synthetic patients and a calendar of our own (Synthea has
/// no appointments). The same shape gives the same bytes.
struct SyntheaClinic {
    std::size_t patients = 240;  ///< beyond those of the sample, varied copies
    double visits_each = 2.0;    ///< individual visits a patient has in the window
    std::uint64_t seed = 1;
    Date today;
    bool lines = false;  ///< NDJSON instead of a Bundle
    /// Lines of synthea-Patient.ndjson and synthea-Practitioner.ndjson; may be empty:
    /// then everybody is made up.
    std::vector<std::string> patient_lines, practitioner_lines;
};

/// Reads the sample's lines from a folder with `synthea-Patient.ndjson` and
/// `synthea-Practitioner.ndjson`.
Result<void> read_synthea(const std::filesystem::path& folder, SyntheaClinic& clinic);

/// Writes the clinic: locations, practitioners, patients, and visits from yesterday to
/// 14 days after `today`: individual visits on weekdays 08:00 to 17:00 and a program
/// day (11:00 to 14:00) of up to 12 patients each day. The first patient always has the
/// visit "first-today" today at 10:00.
void write_clinic(std::ostream& out, const SyntheaClinic& clinic, const SiteTime& time);

}  // namespace foyer
