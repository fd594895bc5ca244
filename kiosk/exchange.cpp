#include "kiosk/exchange.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "kiosk/effects.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/server/connection.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// After the records or the configuration failed us.
constexpr auto again_after = 10s;
/// Requests run to their end or their time limit; nobody waits longer than this for a
/// kiosk to stop.
constexpr auto shortest_sleep = 1ms;

/// Differs from kiosk to kiosk and from start to start, so that kiosks that start
/// together do not stay together.
std::uint64_t seed_of(const Site& site, const Clock& clock) {
    return std::hash<std::string>{}(site.id) ^
           std::uint64_t(clock.now().time_since_epoch().count()) ^
           (std::uint64_t(site.device_index) << 32);
}

}  // namespace

struct Exchange::Inside {
    Parts parts;
    mutable std::mutex mutex;
    std::condition_variable changed;
    bool ending = false, woken = false;
    SyncHealth health;
    std::thread thread;

    /// What one life of the exchange needs; made anew after a failure.
    struct Life {
        Store store;
        Connection connection;
        std::unique_ptr<Engine> engine;
    };

    Result<std::unique_ptr<Life>> begin() {
        const auto time = TRY(SiteTime::in_zone(parts.site.time_zone));
        auto life = std::make_unique<Life>(
            Life{TRY(open_store(parts.data, parts.site, time)),
                 TRY(connect(parts.site, parts.data, *parts.clock)), nullptr});
        life->connection.server->believe_date(parts.believes_date);
        Engine::Parts engine{
            .store = &life->store,
            .server = life->connection.server.get(),
            .clock = parts.clock,
            .site = &parts.site,
            .time = time,
            .seed = seed_of(parts.site, *parts.clock),
            .hurried = false,
            .version = parts.version,
            .elected = parts.elected,
            .peers_synced = parts.peers_synced,
        };
        life->engine = std::make_unique<Engine>(std::move(engine));
        return life;
    }

    void run() {
        std::unique_ptr<Life> life;
        while (!sleep(0ms)) {
            if (!life) {
                auto begun = begin();
                if (!begun) {
                    log(events::exchange_failed, begun.error().code);
                    if (sleep(again_after)) return;
                    continue;
                }
                life = std::move(*begun);
            }
            if (std::exchange(woken, false)) life->engine->wake();
            const auto step = life->engine->step();
            if (!step) {
                log(events::exchange_failed, step.error().code);
                life.reset();
                if (sleep(again_after)) return;
                continue;
            }
            follow(*life);
            if (step->worked && parts.changed) parts.changed();
            if (sleep(step->wait)) return;
        }
    }

    /// Takes over what the exchange has learnt.
    void follow(Life& life) {
        const auto drift = life.connection.server->drift();
        if (parts.corrected != nullptr && drift) {
            parts.corrected->correct(*drift);
            const auto seen = life.store.see_clock(parts.corrected->now());
            if (seen && *seen == ClockQuality::untrusted)
                if (const auto set = life.store.set_clock(parts.corrected->now()); !set)
                    log(events::exchange_failed, set.error().code);
        }
        const std::lock_guard lock(mutex);
        health = life.engine->health();
    }

    /// True when it is to end. Wakes early when something new waits.
    bool sleep(std::chrono::milliseconds wait) {
        std::unique_lock lock(mutex);
        if (wait > 0ms)
            changed.wait_for(lock, std::max(wait, shortest_sleep),
                             [&] { return ending || woken; });
        return ending;
    }
};

std::unique_ptr<Exchange> Exchange::start(Parts parts) {
    auto inside = std::make_unique<Inside>();
    inside->parts = std::move(parts);
    inside->thread = std::thread([raw = inside.get()] { raw->run(); });
    return std::unique_ptr<Exchange>(new Exchange(std::move(inside)));
}

Exchange::Exchange(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Exchange::~Exchange() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->ending = true;
    }
    inside_->changed.notify_one();
    inside_->thread.join();
}

void Exchange::wake() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->woken = true;
    }
    inside_->changed.notify_one();
}

SyncHealth Exchange::health() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->health;
}

bool Exchange::offline() const {
    const auto state = health().state;
    return state != SyncHealth::State::online && state != SyncHealth::State::starting;
}

Result<Drained> drain(Engine& engine, Store& store, const Clock& clock, int most) {
    Drained drained;
    for (int i = 0; i < most; ++i) {
        const auto step = TRY(engine.step());
        drained.health = engine.health();
        const auto state = drained.health.state;
        if (state != SyncHealth::State::online && state != SyncHealth::State::starting)
            return drained;
        if (step.wait > 0ms && !step.worked) {
            const auto ready = TRY(store.ready_units(clock.now(), 1));
            drained.finished = ready.empty();
            return drained;
        }
    }
    return drained;
}

}  // namespace foyer
