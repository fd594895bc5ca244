#include "kiosk/commands/sync.h"

#include <signal.h>

#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kiosk/effects.h"
#include "kiosk/exchange.h"
#include "sync/engine.h"
#include "sync/server/connection.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

/// More than any kiosk ever has to do: an end all the same, should the server hand out
/// pages for ever.
constexpr int most_steps = 1'000'000;

struct Desk {
    Workplace place;
    Store store;
};

Result<Desk> open_desk(const Options& options) {
    auto place = TRY(set_up(options));
    auto store = TRY(open_store(place.data, place.site, place.time));
    return Desk{std::move(place), std::move(store)};
}

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Units as lines, never longer than a terminal takes at once.
std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return text;
}

struct Came {
    SyncHealth health;
    bool finished = false;
    std::int64_t sent = 0;
    StoreCounts counts;
};

void print(const Came& came, const std::string& base, Instant now) {
    const auto& counts = came.counts;
    std::cout << fmt::format("server          {}{}\n", base,
                             came.health.software.empty()
                                 ? ""
                                 : " (" + came.health.software + ")")
              << fmt::format("exchange        {}", name(came.health.state));
    if (came.health.last_exchange)
        std::cout << ", last answer " << age(*came.health.last_exchange, now);
    std::cout << fmt::format("\nsent            {}\n", came.sent)
              << fmt::format("waiting         {}", counts.waiting_units);
    if (counts.oldest_waiting)
        std::cout << ", the oldest from " << age(*counts.oldest_waiting, now);
    std::cout << fmt::format("\nrefused         {}\n", counts.parked_units)
              << fmt::format("conflicts       {} for staff, {} settled\n",
                             counts.open_conflicts, counts.settled_conflicts)
              << fmt::format("visits          {}, {} today\n", counts.visits,
                             counts.visits_today);
}

void print_json(const Came& came, const std::string& base) {
    const auto& counts = came.counts;
    Json out = Json::parse(to_text(came.health), nullptr, false);
    out["server"] = base;
    out["finished"] = came.finished;
    out["sent"] = came.sent;
    out["waiting_units"] = counts.waiting_units;
    out["parked_units"] = counts.parked_units;
    out["open_conflicts"] = counts.open_conflicts;
    out["settled_conflicts"] = counts.settled_conflicts;
    out["visits"] = counts.visits;
    out["visits_today"] = counts.visits_today;
    out["patients"] = counts.patients;
    std::cout << dumped(out) << '\n';
}

Exit sync_once(const Options& options) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    auto& [place, store] = *desk;
    auto connection = connect(place.site, place.data, *place.clock);
    if (!connection) return complain(connection.error());
    connection->server->believe_date(options.now.empty());
    Engine::Parts parts{.store = &store,
                        .server = connection->server.get(),
                        .clock = place.clock.get(),
                        .site = &place.site,
                        .time = place.time,
                        .seed = std::uint64_t(place.site.device_index),
                        .hurried = true,
                        .version = FOYER_VERSION,
                        .elected = {}};
    Engine engine(std::move(parts));
    const auto now = place.clock->now();
    const auto before = store.counts(now);
    if (!before) return complain(before.error());
    if (const auto hurried = store.hurry(now); !hurried)
        return complain(hurried.error());
    const auto drained = drain(engine, store, *place.clock, most_steps);
    if (!drained) return complain(drained.error());
    auto after = store.counts(place.clock->now());
    if (!after) return complain(after.error());

    const Came came{.health = drained->health,
                    .finished = drained->finished,
                    .sent = engine.acknowledged(),
                    .counts = *after};
    if (options.json)
        print_json(came, place.site.server.base);
    else
        print(came, place.site.server.base, place.clock->now());
    if (came.health.state != SyncHealth::State::online)
        return complain(
            {Error::Code::offline,
             came.health.state == SyncHealth::State::unauthorized
                 ? "the server does not let this kiosk in; see foyer doctor"
                 : "the server cannot be reached; what waits is kept and sent later"});
    const bool clean =
        came.finished && after->parked_units == 0 && after->open_conflicts == 0;
    return clean ? Exit::ok : Exit::unclean;
}

/// Until SIGTERM or SIGINT: a kiosk without a screen.
Exit sync_on(const Options& options) {
    auto place = set_up(options);
    if (!place) return complain(place.error());
    if (place->site.server.base.empty())
        return complain({Error::Code::not_found,
                         "no server is configured: write base under [server] in "
                         "foyer.toml"});
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    auto exchange = Exchange::start({.site = place->site,
                                     .data = place->data,
                                     .clock = place->clock.get(),
                                     .corrected = nullptr,
                                     .version = FOYER_VERSION,
                                     .elected = {},
                                     .changed = {},
                                     .believes_date = options.now.empty()});
    int signal = 0;
    sigwait(&ends, &signal);
    return Exit::ok;
}

}  // namespace

std::string age(Instant from, Instant now) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(now - from).count();
    if (minutes < 1) return "just now";
    if (minutes < 120) return fmt::format("{} min ago", minutes);
    if (minutes < 48 * 60) return fmt::format("{} h ago", minutes / 60);
    return fmt::format("{} days ago", minutes / (24 * 60));
}

Exit sync_command(const Options& options, const SyncOptions& sync) {
    return sync.once ? sync_once(options) : sync_on(options);
}

Exit parked_command(const Options& options) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    const auto all = desk->store.waiting(most_steps);
    if (!all) return complain(all.error());
    const auto now = desk->place.clock->now();
    Json list = Json::array();
    for (const auto& unit : *all) {
        if (!unit.parked) continue;
        if (options.json)
            list.push_back({{"unit", unit.id},
                            {"act", unit.act},
                            {"lane", name(unit.lane)},
                            {"at", format_instant(unit.at)},
                            {"attempts", unit.attempts},
                            {"why", unit.why}});
        else
            std::cout << fmt::format("{}  {:10} {:>12}  {}\n", unit.id, unit.act,
                                     age(unit.at, now), one_line(unit.why));
    }
    if (options.json) std::cout << dumped(list) << '\n';
    return Exit::ok;
}

Exit retry_command(const Options& options, const std::string& unit) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    const auto now = desk->place.clock->now();
    if (unit != "all") {
        const auto done = desk->store.retry_unit(unit, now);
        return done ? Exit::ok : complain(done.error());
    }
    const auto parked = desk->store.parked_units();
    if (!parked) return complain(parked.error());
    for (const auto& each : *parked)
        if (const auto done = desk->store.retry_unit(each.unit.id, now); !done)
            return complain(done.error());
    return Exit::ok;
}

Exit give_up_command(const Options& options, const std::string& unit) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    const auto done = desk->store.give_up_unit(unit, desk->place.clock->now());
    return done ? Exit::ok : complain(done.error());
}

Exit conflicts_command(const Options& options, bool all) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    const auto conflicts = desk->store.conflicts(!all);
    if (!conflicts) return complain(conflicts.error());
    const auto now = desk->place.clock->now();
    Json list = Json::array();
    for (const auto& conflict : *conflicts) {
        if (options.json)
            list.push_back({{"id", conflict.id},
                            {"kind", conflict.kind},
                            {"at", format_instant(conflict.at)},
                            {"ours", conflict.ours},
                            {"theirs", conflict.theirs},
                            {"settled", conflict.settled}});
        else
            std::cout << fmt::format(
                "{}  {}\n  here    {}\n  server  {}\n{}", age(conflict.at, now),
                conflict.kind + "  " + conflict.id, one_line(conflict.ours),
                one_line(conflict.theirs),
                conflict.settled.empty()
                    ? std::string()
                    : "  settled " + one_line(conflict.settled) + "\n");
    }
    if (options.json) std::cout << dumped(list) << '\n';
    return Exit::ok;
}

Exit decide_command(const Options& options, const std::string& conflict,
                    const std::string& decision) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    const auto done =
        desk->store.settle_conflict(conflict, decision, desk->place.clock->now());
    return done ? Exit::ok : complain(done.error());
}

}  // namespace foyer
