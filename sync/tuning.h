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
/// The whole window is read at this hour of the site, when nobody checks in, and each
/// device of a site begins a minute after the one before it; so do new days at
/// midnight.
inline constexpr auto night_at = 3h;
inline constexpr auto device_apart = 1min;
/// A search that a server refuses (400) is tried again after a day: servers are
/// updated.
inline constexpr auto unsupported_for = 24h;
/// Without any search for Appointments there is no schedule: somebody mends the config.
inline constexpr auto schedule_unsupported_for = 15min;
/// A search that ends in 500 so many times in a row is the server's own fault; what
/// follows it goes on meanwhile.
inline constexpr int broken_after = 3;
inline constexpr auto broken_for = 1h;
/// What the server had that could not be taken, kept for `foyer doctor`.
inline constexpr int refusals_kept = 50;

/// Program hours are shown over so many days (clinic/ledger.h); read for the patients
/// of the window each night.
inline constexpr auto attendance_back = 90 * 24h;

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

/// After an outage of at least `long_outage`, lanes behind sign-ups leave at this pace,
/// what is held is read again at some moment of the next `held_again_every`, and seats
/// are tended at one of the next `seats_tended_every`: all of it is overdue at every
/// kiosk of the clinic at once, and would be again 15 minutes later. So 1,000 kiosks
/// never ask for more than three times what they ask for on a usual day (sync/README.md
/// has the figures with and without).
inline constexpr auto long_outage = 5min;
inline constexpr auto paced_every = 20s;
/// Arrivals of the outage leave within the first of these, or with the next patient's;
/// attendance and sign-ups within the second.
inline constexpr auto arrivals_within = 1min;
inline constexpr auto followers_within = 2min;
/// Who has much to tell tells more at each turn: all has left after about so long.
inline constexpr auto paced_within = 30min;

/// When visits began is asked for this often, where somebody has arrived: the wait of a
/// whole day changes slowly. 1,000 kiosks: 3/s at most.
inline constexpr auto waits_every = 5min;

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
/// Longer than the longest outage after which a promise made offline must still hold:
/// a seat given away from a lease is lost when the kiosk is not back by its end.
inline constexpr auto lease_lasts = 12h;
/// A lease of which less is left is renewed: at most two writes a seat and day.
inline constexpr auto lease_renewed_below = 9h;
/// Sessions further away need no seat that can be given away without a network.
inline constexpr auto leases_ahead = 24h;
/// How far the elected device looks: the window of the schedule (decision 4).
inline constexpr auto seats_seen_ahead = 15 * 24h;
/// One search a class and kiosk: 1,000 kiosks with three classes ask 10 times a second.
inline constexpr auto seats_tended_every = 5min;
/// A seat from the wait list is known at the next identification.
inline constexpr auto sign_ups_followed_every = 2min;
inline constexpr auto booking_waits = 3s;
/// An offer that nobody accepted is given up this much later: a yes in its last minute
/// is at the server by then, also after an outage (followers_within).
inline constexpr auto offer_given_up_after = 5min;
/// With less time than this left before the class a seat from the wait list is booked
/// at once: nobody could be asked (accept_by()).
inline constexpr auto offer_at_least = 15min;
/// A class that has begun is tended so long; none lasts longer.
inline constexpr auto class_lasts_at_most = 8h;
/// Names and places of classes change with the season.
inline constexpr auto schedules_read_every = 1h;

/// The site's own network (sync/site). A device says that it is there this often ...
inline constexpr auto lan_beat_every = 1s;
/// ... and is gone after this long: three lost packets of TCP's first waits (1, 2 s)
/// are no absence.
inline constexpr auto lan_gone_after = 5s;
/// Units on their way to one device at a time: one with an empty queue takes a whole
/// day of a lobby (300 arrivals) in about 20 rounds.
inline constexpr int lan_at_once = 16;
/// A unit that nobody confirmed is said again; doubling up to the second figure.
inline constexpr auto lan_again_after = 2s;
inline constexpr auto lan_again_at_most = 30s;
/// A patient waits in front of the screen for somebody to be told.
inline constexpr auto lan_answer_waits = 3s;
/// Units of other days are history (the server has the rest) ...
inline constexpr auto lan_oldest = 48h;
/// ... and a clock set to another zone is at most 14 hours ahead.
inline constexpr auto lan_newest = 24h;
/// What is carried for another device waits until that device has usually told the
/// server itself; by device, so that not all of a site ask at once.
inline constexpr auto lan_carry_after = 30s;
inline constexpr auto lan_carry_safety_after = 5s;
inline constexpr auto lan_carry_apart = 10s;
/// House-keeping of what was sent and heard.
inline constexpr auto lan_purge_every = 15min;

}  // namespace foyer::tuning
