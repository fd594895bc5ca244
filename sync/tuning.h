#pragma once

#include <chrono>

/// Every wait and batch size of the exchange, with its reason.
namespace foyer::tuning {

using namespace std::chrono_literals;

/// What changed at the server is asked for this often: a walk-in that the desk enters
/// is at the kiosk before the patient has crossed the lobby. 1,000 kiosks: 17/s.
inline constexpr auto changes_every = 60s;
/// Every kiosk asks at another moment: up to this much is added.
inline constexpr auto changes_jitter = 10s;
/// sync.md decision 4.
inline constexpr auto held_again_every = 15min;
/// `_lastUpdated` is when the server wrote, not when it committed: a slow transaction
/// shows up behind the cursor (sync.md, android-fhir #1148).
inline constexpr auto overlap = 2min;
/// Ids in one `_id=` search: 50 ids of 36 letters are 2 kB of address, which every
/// server and proxy takes.
inline constexpr int ids_at_once = 50;
inline constexpr int page = 100;

/// Units tried between two commits. A commit is a disk sync; more than this would lose
/// little by little when a kiosk is cut off (each is then looked for once).
inline constexpr int units_at_once = 16;
/// A unit that failed: full jitter from here on, doubling ...
inline constexpr auto unit_again_after = 2s;
/// ... up to here. A patient's form is worth a request every ten minutes.
inline constexpr auto unit_again_at_most = 10min;
/// The way to the server is gone: looked for again after 5 s at first ...
inline constexpr auto server_again_after = 5s;
/// ... then at least every 2 minutes: an outage that is over is noticed before the next
/// patient asks.
inline constexpr auto server_again_at_most = 2min;
/// 401, 403: somebody has to look; asked again all the same.
inline constexpr auto let_in_again_after = 5min;
/// A safety unit is tried again after this much, whatever else waits.
inline constexpr auto safety_again_after = 5s;

/// After an outage of at least `long_outage`, lanes behind arrivals leave at this pace,
/// so that 1,000 kiosks do not ask for three times what they ask for on a usual day
/// (sync/README.md).
inline constexpr auto long_outage = 5min;
inline constexpr auto paced_every = 20s;

/// A server is replaced or set up anew more rarely than this.
inline constexpr auto probed_again_after = 24h;

/// The desk hears of a unit that waits longer (domain.md W17); IT hears after an hour.
inline constexpr auto old_for_desk = 15min;
inline constexpr auto old_for_it = 60min;
/// domain.md W17.
inline constexpr auto drift_alarm = 30s;
/// sync.md decision 11.
inline constexpr auto parked_answers_go_to_desk_after = 72h;

/// Audit entries in one AuditEvent, and how long few of them wait for company.
inline constexpr int audit_segment = 100;
inline constexpr auto audit_every = 10min;

/// Seats (sync.md decision 6).
inline constexpr int leases_per_kiosk = 2;
inline constexpr auto lease_stops_before = 10min;
inline constexpr auto lease_reclaimed_after = 10min;
inline constexpr auto orphan_seat_after = 10min;
inline constexpr auto booking_waits = 3s;

}  // namespace foyer::tuning
