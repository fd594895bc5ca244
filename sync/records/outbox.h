#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/visit.h"
#include "sync/records/keys.h"

namespace foyer {

class Database;
class Row;

/// The order in which the clinic hears of things (domain.md W17, sync.md). Stored by
/// number: new ones are added at the end of a gap, none changes.
enum class Lane : std::int64_t {
    safety = 0,  ///< somebody needs help now
    arrivals = 10,
    attendance = 20,
    sign_ups = 30,
    consents = 40,
    forms = 50,
    contact = 60,
    desk = 70,
    audit = 80,
};
/// "safety", "sign-ups", ...
const char* name(Lane lane);

/// One act that the clinic does not know of yet.
struct Unit {
    std::string
        id;  ///< UUIDv5 of the act: two offline kiosks doing the same make the same
    Lane lane{};
    Instant at{};
    std::optional<Alias> visit;
    std::optional<Alias> patient;
    std::string body;  ///< JSON: act, FHIR ids, times, clock quality
    /// The unit that must be at the clinic before this one, or empty. A unit waits for
    /// nothing else; a safety unit waits for nothing.
    std::string after = {};
    /// Tries begun before. More than none: a try may have reached the server although
    /// nobody heard of it, so its anchor is looked for first (sync.md decision 2).
    int attempts = 0;
};

/// The id of an act, "check-in|Appointment/17". Lower-case UUID, version 5 (SHA-1, RFC
/// 4122) under a namespace of our own.
std::string unit_id(std::string_view act);

/// Queues `unit` within the caller's transaction; one that is queued already stays as
/// it is.
Result<void> queue(Database& database, const Unit& unit, const DeviceKeys& device,
                   const SiteKeys& site);

/// Reads "unit, lane, at, visit, patient, sealed, attempts".
Result<Unit> unit_from(const Row& row, const DeviceKeys& device);

/// The units nobody has acknowledged, parked ones included, most urgent lane first,
/// oldest first within it.
Result<std::vector<Unit>> waiting_units(Database& database, int at_most,
                                        const DeviceKeys& device);

}  // namespace foyer
