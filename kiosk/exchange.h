#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/engine.h"

namespace foyer {

/// The thread that talks to the clinic's server while the kiosk is used: the engine,
/// with records of its own. Neither the screen nor the worker ever waits for it.
class Exchange {
public:
    struct Parts {
        Site site;
        std::filesystem::path data;
        const Clock* clock = nullptr;  ///< the machine's; outlives the exchange
        CorrectedClock* corrected =
            nullptr;  ///< put right by the server's; null: no clock follows it
        std::string version;
        std::function<bool()> elected;  ///< see Engine::Parts; any thread
        std::function<std::optional<Instant>()> peers_synced = {};  ///< the same
        /// Called on the exchange's thread when units were taken by the server or the
        /// way to it opened or closed.
        std::function<void()> changed;
        /// Whether the server's Date is the time: not in stories, whose day is chosen.
        bool believes_date = true;
    };
    /// Never fails: a server that cannot be used (a bad CA file, no key) is a state, in
    /// health() and in the log, and is tried again.
    static std::unique_ptr<Exchange> start(Parts parts);
    /// Ends the request at hand at its time limit at the latest.
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// Something new waits to be sent. Any thread.
    void wake();
    /// Any thread.
    SyncHealth health() const;
    /// No network is there, as far as anybody knows. Any thread.
    bool offline() const;

private:
    struct Inside;
    explicit Exchange(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// Calls step() until nothing is due, the server cannot be reached, or `most` steps are
/// over: `foyer sync --once` and stories.
struct Drained {
    SyncHealth health;
    bool finished = false;  ///< nothing was left to do
};
Result<Drained> drain(Engine& engine, Store& store, const Clock& clock, int most);

}  // namespace foyer
