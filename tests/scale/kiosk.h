#pragma once

#include <filesystem>
#include <memory>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/engine.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"
#include "sync/server/tokens.h"
#include "tests/scale/traffic.h"
#include "tests/support/fake_fhir.h"

namespace foyer::scale {

/// When the backend cannot be reached, since the beginning.
struct Outage {
    std::chrono::milliseconds from, to;
};

/// The way to the backend: takes its time, is down when the outage says so, and counts.
class Way final : public Http {
public:
    Way(FakeFhir& server, ManualClock& clock, Outage outage, Traffic& traffic)
        : server_(server), clock_(clock), outage_(outage), traffic_(traffic) {}
    Result<HttpResponse> send(const HttpRequest& request) override;

private:
    FakeFhir& server_;
    ManualClock& clock_;
    Outage outage_;
    Traffic& traffic_;
};

/// A kiosk as it is in the lobby but for its screen: the real engine over real records,
/// on a clock of its own that stands still until it is its turn.
class ScaleKiosk {
public:
    struct Parts {
        FakeFhir* server;
        Traffic* traffic;
        Outage outage;
        Instant begins;                       ///< the time of day of the beginning
        std::chrono::milliseconds starts{0};  ///< switched on
        std::string site;
        int index = 0;
        std::uint64_t seed = 0;
        std::filesystem::path directory;
    };
    explicit ScaleKiosk(Parts parts);
    ~ScaleKiosk();
    ScaleKiosk(const ScaleKiosk&) = delete;
    ScaleKiosk& operator=(const ScaleKiosk&) = delete;

    /// When it wants to act next, since the beginning.
    std::chrono::milliseconds due() const { return due_; }
    /// One step of the engine, at due().
    void step();
    /// A patient is here: `act` at that moment.
    template <class Act>
    void visited(std::chrono::milliseconds at, Act act) {
        pass_until(at);
        act(*store_, clock_.now());
        engine_->wake();
        due_ = clock_.elapsed();
    }
    std::int64_t acknowledged() const { return engine_->acknowledged(); }
    std::int64_t waiting();

private:
    void pass_until(std::chrono::milliseconds at);

    Parts parts_;
    Site site_;
    ManualClock clock_;
    Way way_;
    FixedToken token_{""};
    FhirServer server_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Engine> engine_;
    std::chrono::milliseconds due_;
};

}  // namespace foyer::scale
