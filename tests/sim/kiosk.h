#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/engine.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"
#include "sync/server/tokens.h"
#include "tests/sim/network.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// A kiosk's own clock: runs with the world's, set right or wrong.
class KioskClock final : public Clock {
public:
    explicit KioskClock(const World& world) : world_(world) {}
    Instant now() const override { return world_.now() + wrong_by; }
    std::chrono::milliseconds elapsed() const override { return world_.elapsed; }
    std::chrono::milliseconds wrong_by{0};

private:
    const World& world_;
};

/// Real records, a real engine, in a directory that goes with the object. Dies at any
/// commit and any request, if the weather wants it, and starts again.
class SimKiosk {
public:
    SimKiosk(World& world, int index, std::filesystem::path directory,
             std::function<void(SimKiosk&)> meanwhile);
    ~SimKiosk();
    SimKiosk(const SimKiosk&) = delete;
    SimKiosk& operator=(const SimKiosk&) = delete;

    const std::string& name() const { return name_; }
    int index() const { return index_; }
    World& world() { return world_; }
    /// In the middle of a step: it may not begin another, but patients may act.
    bool busy() const { return busy_; }
    bool running() const { return life_ != nullptr; }
    /// When it wants to act again, in World::elapsed.
    std::chrono::milliseconds due{0};
    KioskClock& own_clock() { return clock_; }
    Network& network() { return network_; }

    /// One engine step; or, without power, a start.
    void step();
    /// A patient or a member of staff does something with the records, also while a
    /// request is under way: the screen has records of its own open, as in the kiosk.
    /// False if there was no power, or it went meanwhile.
    bool act(const std::string& what,
             const std::function<void(Store&, const Clock&)>& does);
    /// The power goes, comes back after a while.
    void power_cut();
    /// How long ago nothing of it waited for the server, as it says on the site's own
    /// network; none while it has no power.
    std::optional<std::chrono::milliseconds> synced_ago();
    /// Of the site's other kiosks; set by the simulation. See Engine::Parts.
    std::function<std::optional<std::chrono::milliseconds>()> others_synced_ago;
    /// No crash from here on.
    bool steady = false;

    /// For looking at what it holds, when all is over. Starts it if need be.
    Store& records();
    std::filesystem::path directory() const { return directory_; }
    static DeviceKeys device_keys(int index);
    static SiteKeys site_keys();
    static const SiteTime& site_time();
    const Site& site() const { return site_; }
    /// What the simulation itself got wrong, or the records refused; empty if nothing.
    std::string trouble;

private:
    /// All that is in memory, and is gone without power.
    struct Life {
        CorrectedClock clock;
        Store screen, store;
        FhirServer server;
        std::unique_ptr<Engine> engine;
    };
    void start();
    void follow();

    World& world_;
    int index_;
    std::string name_;
    std::filesystem::path directory_;
    Site site_;
    KioskClock clock_;
    Network network_;
    FixedToken token_{""};
    bool busy_ = false, woken_ = false;
    std::optional<std::chrono::milliseconds> synced_;
    std::unique_ptr<Life> life_;
};

}  // namespace foyer::sim
