#pragma once

#include <functional>
#include <memory>
#include <string>

#include "platform/http.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// Sees the server before a request (when it is made) and after it (when it goes).
class Watch {
public:
    virtual ~Watch() = default;
};

/// One kiosk's way to the server, in the world's weather.
class Network final : public Http {
public:
    Network(World& world, std::string who) : world_(world), who_(std::move(who)) {}

    /// True time, in `World::elapsed`, until which nothing gets through.
    std::chrono::milliseconds cut_until{0};
    /// Lets somebody else act in the middle of a request; set by the simulation.
    std::function<void()> meanwhile;
    /// Lets somebody else write what was just read ("Slot/seat-1").
    std::function<void(const std::string& read)> rival;

    /// Looks on while a request is carried out, until the object goes; set by the
    /// simulation.
    std::function<std::unique_ptr<Watch>(const HttpRequest& request)> watch;

    Result<HttpResponse> send(const HttpRequest& request) override;

private:
    Result<HttpResponse> lost(const std::string& what);
    HttpResponse deliver(const HttpRequest& request);
    HttpResponse turned_away(int status, const std::string& what, bool retry_after);

    World& world_;
    std::string who_;
};

}  // namespace foyer::sim
