#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/result.h"
#include "sync/fhir/bundle_reader.h"

namespace foyer {

/// What became of the resources of one type.
struct TypeCounts {
    std::int64_t added = 0, changed = 0, unchanged = 0, refused = 0;
};

/// Something about a file that a person should know. Never holds a patient's name,
/// birth date or number; resource ids are for the terminal of the person who imports,
/// not for a log.
struct Finding {
    enum class Kind {
        refused,     ///< the resource was not taken
        remark,      ///< it was taken, and something is not as it should be
        unreadable,  ///< the file ends here, or could not be opened
    };
    Kind kind{};
    std::string file;
    std::optional<FilePlace> place;
    std::string resource;  ///< "Appointment/a7"; empty if the file does not say
    std::string what;      ///< "start: missing"
};

/// "clinic.json: entry 12 (line 340), Appointment/a7: start: missing"
std::string describe(const Finding& finding);

/// What an import took and what it refused. Plain data.
struct ImportReport {
    std::map<std::string, TypeCounts> types;
    std::map<std::string, std::int64_t> unused;  ///< types the kiosk has no use for
    std::int64_t outside_window = 0;  ///< Appointments and Slots before yesterday or
                                      ///< later than 14 days: not an error
    std::int64_t without_time = 0;    ///< proposed, wait-listed or cancelled ones
    /// Appointments with a patient who is in no file and not in the store; that
    /// patient's part was taken back.
    std::vector<std::string> orphans;
    std::int64_t refused = 0, remarks = 0, unreadable = 0;
    /// In the order of the files; at most import_limits::findings.
    std::vector<Finding> findings;
    std::int64_t bytes = 0;
    /// The store failed: what was committed before stands, the rest was not read.
    std::optional<Error> stopped;

    std::int64_t taken() const;
    /// Everything in the files was read and nothing refused.
    bool clean() const;
};

/// Lines for a person: counts by type, then every refusal and remark with its place.
void print_report(std::ostream& out, const ImportReport& report);

/// The same as one JSON object.
std::string report_json(const ImportReport& report);

}  // namespace foyer
