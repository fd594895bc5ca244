#include "sync/engine.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "platform/log_events.h"
#include "sync/pull/pull.h"
#include "sync/push/hand_over.h"
#include "sync/push/push.h"
#include "sync/seats/seats.h"
#include "sync/server/probe.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

/// The engine is asked again at least this often, whatever it believes to be next.
constexpr milliseconds longest_wait = 1min;
/// Pages read before the first arrival is sent after an outage: enough for a day's
/// changes, little enough that nobody waits for a schedule of thousands.
constexpr int pages_before_arrivals = 10;

constexpr auto audit_memo = "audit-sent";
constexpr auto device_memo = "device-told";
constexpr auto probe_memo = "probe";
constexpr auto health_memo = "sync-health";

enum class Fault { none, unreachable, busy, unauthorized };

/// PushOutcome and PullOutcome say it in the same words.
template <class Server>
Fault fault_of(Server server) {
    switch (server) {
        case Server::well:
            return Fault::none;
        case Server::unreachable:
            return Fault::unreachable;
        case Server::busy:
            return Fault::busy;
        case Server::unauthorized:
            return Fault::unauthorized;
    }
    return Fault::none;
}

Fault fault_of(const Error& error) {
    switch (error.code) {
        case Error::Code::offline:
        case Error::Code::no_answer:
        case Error::Code::bad_input:
            return Fault::unreachable;
        case Error::Code::refused:
            return Fault::unauthorized;
        case Error::Code::busy:  // a server that asks us to wait; or our own records
            return Fault::busy;
        default:
            return Fault::none;
    }
}

SyncHealth::State state_of(Fault fault) {
    switch (fault) {
        case Fault::none:
            return SyncHealth::State::online;
        case Fault::unreachable:
            return SyncHealth::State::offline;
        case Fault::busy:
            return SyncHealth::State::busy;
        case Fault::unauthorized:
            return SyncHealth::State::unauthorized;
    }
    return SyncHealth::State::starting;
}

}  // namespace

struct Engine::Inside {
    Parts parts;
    std::mt19937_64 dice;
    Pusher pusher;
    Puller puller;
    Seats seats;
    SyncHealth health;
    std::optional<Abilities> abilities;
    bool recalled = false;
    std::int64_t acknowledged = 0;

    // The way to the server; by Clock::elapsed(), which no clock change moves.
    int failures = 0;
    milliseconds closed_until{0}, safety_after{0}, asked_at{0};
    bool out = true;  ///< not reached since the start, or since a failure
    /// Pages that are still to be read before arrivals are sent.
    int pages_first = pages_before_arrivals;
    std::optional<milliseconds> lost_at;  ///< when it was first not reached
    /// Set after a long outage: lanes behind sign-ups leave a few units at a time, the
    /// next ones then.
    std::optional<milliseconds> paced_until;
    int paced_units = 1;
    /// When arrivals leave, and when what follows them does; no new one waits so long.
    milliseconds arrivals_at{0}, followers_at{0};

    bool pulled_last = false;
    milliseconds seats_due{0}, audit_due{0}, hand_over_due{0};
    std::string health_written;
    milliseconds health_at{0};

    explicit Inside(Parts given)
        : parts(std::move(given)),
          dice(parts.seed),
          pusher({.store = parts.store,
                  .server = parts.server,
                  .site = parts.site,
                  .time = parts.time,
                  .seed = dice(),
                  .clock = nullptr,
                  .sign_ups =
                      [this](const Unit& unit, const Abilities& known) {
                          return seats.send(unit, known);
                      }}),
          puller({parts.store, parts.server, parts.site, parts.time}),
          seats({parts.store, parts.server, parts.clock, parts.site, parts.time, dice(),
                 parts.peers_synced}) {}

    milliseconds elapsed() const { return parts.clock->elapsed(); }
    Instant now() const { return parts.server->server_time(); }
    const Abilities& known_abilities() const {
        static const Abilities unknown;
        return abilities ? *abilities : unknown;
    }
    bool elected() const {
        return parts.elected ? parts.elected() : parts.site->device_index == 0;
    }
    milliseconds jitter(milliseconds most) {
        return milliseconds(
            std::uniform_int_distribution<std::int64_t>(0, most.count())(dice));
    }

    Result<Step> step();
    // Each does one thing if it is due.
    Result<std::optional<Step>> safety();
    Result<std::optional<Step>> probing();
    Result<std::optional<Step>> push(Lane up_to, int at_most);
    Result<std::optional<Step>> bulk();
    Result<std::optional<Step>> pull();
    Result<std::optional<Step>> seating();
    Result<std::optional<Step>> reporting();
    Result<milliseconds> idle();

    Result<Step> met(Fault fault, std::optional<std::chrono::seconds> retry_after = {});
    Result<void> back_again();
    Result<void> recall();
    Result<void> introduce();
    Result<void> write_health();
};

// --- what comes next
// -------------------------------------------------------------------

Result<Engine::Step> Engine::Inside::step() {
    if (!recalled) TRY(recall());
    if (auto done = TRY(safety())) return *done;
    if (const auto left = closed_until - elapsed(); left > 0ms)
        return Step{false, left};
    if (auto done = TRY(probing())) return *done;
    while (pages_first > 0) {
        --pages_first;
        if (auto done = TRY(pull())) return *done;
        pages_first = 0;
    }
    const Lane at_once = elapsed() < arrivals_at    ? Lane::safety
                         : elapsed() < followers_at ? Lane::arrivals
                                                    : Lane::sign_ups;
    if (auto done = TRY(push(at_once, tuning::units_at_once))) return *done;
    // Reading and the rest of the outbox take turns, so that neither waits for all of
    // the other.
    const bool pull_first = !pulled_last;
    for (const bool reads : {pull_first, !pull_first}) {
        auto done = reads ? TRY(pull()) : TRY(bulk());
        if (!done) continue;
        pulled_last = reads;
        return *done;
    }
    if (auto done = TRY(seating())) return *done;
    if (auto done = TRY(reporting())) return *done;
    TRY(write_health());
    return Step{false, TRY(idle())};
}

/// Somebody is in need: neither a pause nor a server that asks us to wait holds this
/// up.
Result<std::optional<Engine::Step>> Engine::Inside::safety() {
    if (elapsed() < safety_after) return std::nullopt;
    auto done = TRY(push(Lane::safety, tuning::units_at_once));
    if (done && failures > 0) safety_after = elapsed() + tuning::safety_again_after;
    return done;
}

/// What the server can do, once a day; before anything rests on it.
Result<std::optional<Engine::Step>> Engine::Inside::probing() {
    if (abilities && now() - abilities->at < tuning::probed_again_after &&
        abilities->at <= now())
        return std::nullopt;
    auto found = probe(*parts.server, speaker_of(*parts.site).device());
    if (!found) {
        const Fault fault = fault_of(found.error());
        if (fault == Fault::none) return tl::unexpected(found.error());
        return TRY(met(fault));
    }
    abilities = std::move(*found);
    health.can_confirm_seats = abilities->can_confirm_seats();
    health.software = abilities->software;
    TRY(parts.store->set_memo(probe_memo, to_text(*abilities)));
    return TRY(met(Fault::none));
}

Result<std::optional<Engine::Step>> Engine::Inside::push(Lane up_to, int at_most) {
    const auto first = TRY(parts.store->ready_units(now(), 1));
    if (first.empty() || first.front().lane > up_to) return std::nullopt;
    const auto outcome = TRY(pusher.round(at_most, up_to, known_abilities()));
    acknowledged += outcome.acknowledged;
    return TRY(met(fault_of(outcome.server), outcome.retry_after));
}

/// Lanes behind sign-ups. After a long outage at a pace, so that all kiosks of a clinic
/// together stay within what the server is used to.
Result<std::optional<Engine::Step>> Engine::Inside::bulk() {
    if (!paced_until) return push(Lane::audit, tuning::units_at_once);
    if (elapsed() < *paced_until) return std::nullopt;
    auto done = TRY(push(Lane::audit, paced_units));
    if (done)
        paced_until = elapsed() + tuning::paced_every / 2 + jitter(tuning::paced_every);
    else
        paced_until.reset();  // all of it is gone
    return done;
}

Result<std::optional<Engine::Step>> Engine::Inside::pull() {
    if (TRY(puller.next_due(now())) > now()) return std::nullopt;
    const auto outcome = TRY(puller.step(now()));
    return TRY(met(fault_of(outcome.server), outcome.retry_after));
}

Result<std::optional<Engine::Step>> Engine::Inside::seating() {
    if (elapsed() < seats_due) return std::nullopt;
    const auto requests = parts.server->traffic().requests;
    const auto next = seats.tend(now(), known_abilities(), elected());
    if (!next) {
        if (next.error().code == Error::Code::busy)
            return TRY(met(Fault::busy, seats.retry_after()));
        const Fault fault = fault_of(next.error());
        if (fault == Fault::none) return tl::unexpected(next.error());
        return TRY(met(fault));
    }
    seats_due = elapsed() + std::clamp<milliseconds>(*next - now(), 0ms, 5min);
    if (parts.server->traffic().requests == requests) return std::nullopt;
    return TRY(met(Fault::none));
}

/// The audit log goes to the server in segments: a full one at once, a smaller one
/// after a while, all of it when somebody is waiting for the end.
Result<std::optional<Engine::Step>> Engine::Inside::reporting() {
    if (elapsed() >= hand_over_due) {
        hand_over_due = elapsed() + 1h;
        if (TRY(hand_over_parked(*parts.store, now())) > 0) return Step{true, 0ms};
    }
    if (elapsed() < audit_due) return std::nullopt;
    const auto sent = TRY(parts.store->memo(audit_memo));
    const auto lines = TRY(parts.store->audit_after(
        sent ? std::strtoll(sent->c_str(), nullptr, 10) : 0, tuning::audit_segment));
    const bool full = int(lines.size()) == tuning::audit_segment;
    const bool old =
        !lines.empty() && (parts.hurried || lines.front().at > now() ||
                           now() - lines.front().at >= tuning::audit_every);
    if (!full && !old) {
        audit_due = elapsed() + 1min;
        return std::nullopt;
    }
    Json entries = Json::array();
    for (const auto& line : lines)
        entries.push_back({{"seq", line.seq},
                           {"at", format_instant(line.at)},
                           {"action", line.action},
                           {"subject", line.subject},
                           {"device", line.device},
                           {"mac", line.mac}});
    const auto last = std::to_string(lines.back().seq);
    const auto device = speaker_of(*parts.site).device();
    TRY(parts.store->queue_unit(
        {.id = unit_id("audit|" + device + "|" + lines.front().mac + "|" +
                       lines.back().mac),
         .lane = Lane::audit,
         .at = now(),
         .visit = std::nullopt,
         .patient = std::nullopt,
         .body = Json{{"act", "audit"},
                      {"from", lines.front().seq},
                      {"to", lines.back().seq},
                      {"at", format_instant(now())},
                      {"entries", std::move(entries)},
                      {"head", lines.back().mac}}
                     .dump()},
        audit_memo, last));
    return Step{true, 0ms};
}

Result<milliseconds> Engine::Inside::idle() {
    milliseconds wait = longest_wait;
    const auto until = [&](milliseconds left) {
        wait = std::min(wait, std::max(left, 1ms));
    };
    if (const auto ready = TRY(parts.store->next_ready())) {
        if (*ready > now())
            until(*ready - now());
        else if (paced_until)
            until(*paced_until - elapsed());
    }
    until(TRY(puller.next_due(now())) - now());
    for (const auto at : {arrivals_at, followers_at})
        if (at > elapsed()) until(at - elapsed());
    until(seats_due - elapsed());
    until(audit_due - elapsed());
    return wait;
}

// --- how it stands
// ---------------------------------------------------------------------

/// One exchange is over.
Result<Engine::Step> Engine::Inside::met(
    Fault fault, std::optional<std::chrono::seconds> retry_after) {
    const auto before = health.state;
    health.state = state_of(fault);
    // What was known before this start stays until something newer is.
    if (const auto at = parts.server->last_answer()) health.last_exchange = at;
    if (const auto drift = parts.server->drift()) health.drift = drift;
    if (const auto ends = parts.server->certificate_ends())
        health.certificate_ends = ends;
    if (health.state != before) log(events::server_state, health.state);

    milliseconds wait = 0ms;
    if (fault == Fault::none) {
        failures = 0;
        closed_until = 0ms;
        if (std::exchange(out, false)) TRY(back_again());
    } else {
        out = true;
        if (!lost_at) lost_at = elapsed();
        wait = back_off(failures++, tuning::server_again_after,
                        tuning::server_again_at_most, dice);
        if (fault == Fault::unauthorized) wait = tuning::let_in_again_after;
        if (retry_after) wait = std::max<milliseconds>(wait, *retry_after);
        asked_at = elapsed();
        closed_until = asked_at + wait;
    }
    if (health.state != before || elapsed() - health_at >= 1min) TRY(write_health());
    return Step{true, wait};
}

/// What an outage made overdue is overdue at all kiosks of the clinic: each takes its
/// own time with what can wait (tuning.h).
Result<void> Engine::Inside::back_again() {
    pages_first = pages_before_arrivals;
    const auto lost = std::exchange(lost_at, std::nullopt);
    if (parts.hurried) return {};
    const auto counts = TRY(parts.store->counts(now()));
    const bool old =
        counts.oldest_waiting && now() - *counts.oldest_waiting >= tuning::long_outage;
    const bool was_long = lost && elapsed() - *lost >= tuning::long_outage;
    if (old || was_long) {
        paced_until = elapsed() + jitter(tuning::long_outage);
        constexpr auto turns = tuning::paced_within / tuning::paced_every;
        paced_units = int(std::clamp<std::int64_t>(counts.waiting_units / turns, 1,
                                                   tuning::units_at_once));
    }
    if (was_long) {
        arrivals_at = elapsed() + jitter(tuning::arrivals_within);
        followers_at = elapsed() + jitter(tuning::followers_within);
        puller.hold_off(now() + jitter(tuning::held_again_every));
        seats_due = std::max(seats_due, elapsed() + jitter(tuning::seats_tended_every));
    }
    return {};
}

Result<void> Engine::Inside::recall() {
    if (const auto text = TRY(parts.store->memo(probe_memo)))
        if (auto known = abilities_from(*text)) abilities = std::move(*known);
    if (const auto text = TRY(parts.store->memo(health_memo)))
        if (auto known = health_from(*text)) health = std::move(*known);
    health.state = SyncHealth::State::starting;
    if (abilities) health.can_confirm_seats = abilities->can_confirm_seats();
    TRY(introduce());
    recalled = true;
    return {};
}

/// This kiosk as the server should know it: once, and whenever the program changes.
Result<void> Engine::Inside::introduce() {
    const auto device = speaker_of(*parts.site).device();
    const auto told = TRY(parts.store->memo(device_memo));
    const std::string now_told = device + "|" + parts.version;
    if (told == now_told) return {};
    return parts.store->queue_unit({.id = unit_id("device|" + now_told),
                                    .lane = Lane::audit,
                                    .at = now(),
                                    .visit = std::nullopt,
                                    .patient = std::nullopt,
                                    .body = Json{{"act", "device"},
                                                 {"version", parts.version},
                                                 {"state", "active"},
                                                 {"at", format_instant(now())}}
                                                .dump()},
                                   device_memo, now_told);
}

Result<void> Engine::Inside::write_health() {
    health.schedule_read = TRY(puller.schedule_read());
    auto text = to_text(health);
    if (text == health_written) return {};
    TRY(parts.store->set_memo(health_memo, text));
    health_written = std::move(text);
    health_at = elapsed();
    return {};
}

// --- the door
// --------------------------------------------------------------------------

Engine::Engine(Parts parts) : inside_(std::make_unique<Inside>(std::move(parts))) {}
Engine::~Engine() = default;

Result<Engine::Step> Engine::step() {
    return inside_->step();
}

void Engine::wake() {
    // A server that asked us to wait, or lets nobody in, is left alone, and one that is
    // not there is not asked at every tap.
    if (inside_->health.state == SyncHealth::State::offline)
        inside_->closed_until = std::min<milliseconds>(
            inside_->closed_until, inside_->asked_at + tuning::server_again_after);
    inside_->arrivals_at = inside_->audit_due = 0ms;
}

const SyncHealth& Engine::health() const {
    return inside_->health;
}

std::int64_t Engine::acknowledged() const {
    return inside_->acknowledged;
}

}  // namespace foyer
