#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/http.h"
#include "tests/support/fake_fhir.h"

namespace foyer::sim {

/// The power went. Thrown by the simulation alone, through our code, up to the kiosk's
/// step: everything that was not committed is gone, as after a real one.
struct PowerCut {};

/// How bad a run is; drawn from its seed. Probabilities are per request or per commit.
struct Weather {
    double offline = 0;       ///< refused before anything was carried out
    double lost_request = 0;  ///< nobody knows; it was not carried out
    double lost_answer = 0;   ///< nobody knows; it was carried out
    double late = 0;          ///< nobody knows; it is carried out minutes later
    double twice = 0;         ///< carried out twice, the second answer is shown
    double busy = 0;          ///< 429 or 503, with or without Retry-After
    double broken = 0;        ///< 500 or 502; nothing carried out
    double gateway = 0;       ///< 504 after it was carried out
    double refused = 0;       ///< 400 or 422 for a Bundle that is in order
    double locked_out = 0;    ///< 401 or 403
    double cut = 0;           ///< the kiosk's network goes for minutes
    double crash_at_commit = 0, crash_at_request = 0;
    double rival = 0;       ///< staff changes what a kiosk has just read
    double interleave = 0;  ///< another kiosk acts after the read of one resource
};

/// All that there is but the kiosks: true time, chance, the server, and what happened.
struct World {
    World(std::uint64_t seed, FakeFhir::Manner manner, Instant starts);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    std::mt19937_64 dice;
    Instant started;
    std::chrono::milliseconds elapsed{0};
    FakeFhir server;
    Weather weather;

    Instant now() const { return started + elapsed; }
    /// Time goes on; the server's clock with it.
    void pass(std::chrono::milliseconds by);
    void pass_until(std::chrono::milliseconds then);

    bool chance(double probability);
    std::int64_t between(std::int64_t least, std::int64_t most);
    template <class Things>
    auto& one_of(Things& things) {
        return things[std::size_t(between(0, std::int64_t(things.size()) - 1))];
    }

    // --- what is still under way --------------------------------------------------

    /// Requests that a client has given up and the server has not seen yet.
    struct Late {
        std::chrono::milliseconds at;
        HttpRequest request;
        std::string who;
    };
    std::vector<Late> late;
    void deliver_late(bool all = false);

    // --- what happened ------------------------------------------------------------

    bool tell = false;  ///< keep the history; costs time
    std::string history;
    /// Of everything noted, told or not: two runs of one seed agree in it.
    std::uint64_t fingerprint = 1469598103934665603ULL;
    struct Counts {
        std::int64_t requests = 0, lost = 0, crashes = 0, acts = 0, refused = 0,
                     conflicts = 0, nested = 0;
    } counts;
    void note(std::string_view who, std::string_view what);
};

/// "POST Bundle: PUT Appointment/a1, POST Provenance"
std::string summary_of(const HttpRequest& request);

}  // namespace foyer::sim
