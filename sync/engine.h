#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/health.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"

namespace foyer {

/// Decides what of the exchange is next, one step at a time: no loop, no sleep, no
/// thread of its own. The caller (a thread in the kiosk, a command, a simulation) calls
/// step() again when it says, or at once when something new waits.
///
/// Order: safety units; then, at the first contact and after every outage, what changed
/// at the server (so that conflicts are seen here first); arrivals; everything else by
/// lane, between which due reading takes its turn. After an outage the kiosks of a
/// clinic do not all come at once: see tuning.h.
class Engine {
public:
    struct Parts {
        Store* store = nullptr;
        FhirServer* server = nullptr;
        const Clock* clock = nullptr;
        const Site* site = nullptr;
        SiteTime time;
        std::uint64_t seed = 0;
        /// Without the pauses that spread many kiosks: `foyer sync --once`.
        bool hurried = false;
        std::string version;  ///< of the program; told to the server when it changes
        /// Whether this device does what one device of the site does (promoting from
        /// wait lists). Empty: the one with index 0.
        std::function<bool()> elected;
        /// See Seats::Parts.
        std::function<std::optional<Instant>()> peers_synced = {};
    };
    explicit Engine(Parts parts);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    struct Step {
        bool worked = false;               ///< there was something to do
        std::chrono::milliseconds wait{};  ///< until the next step; zero: at once
    };
    /// At most one round of requests. Fails only when the records do.
    Result<Step> step();
    /// Something new waits, or the network is said to be back: the next step tries at
    /// once what may be tried. Same thread.
    void wake();

    const SyncHealth& health() const;
    /// Units the server took since this engine began.
    std::int64_t acknowledged() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
