#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/http.h"
#include "sync/server/fhir_server.h"
#include "sync/server/tokens.h"

namespace foyer::bench {

/// A way to a server that remembers what went over it.
class WatchedHttp final : public Http {
public:
    explicit WatchedHttp(Http& inner) : inner_(inner) {}

    /// What one kind of request came to.
    struct Count {
        int requests = 0;
        double seconds = 0;
    };
    Count bundles, reads;
    std::vector<std::string> sent;   ///< Bundles that the server took (2xx), in order
    std::vector<std::string> asked;  ///< addresses of GETs, in order
    bool keeps = false;              ///< whether `sent` and `asked` grow

    Result<HttpResponse> send(const HttpRequest& request) override;

private:
    Http& inner_;
};

/// One client with one connection of its own to a real server.
class Wire {
public:
    /// Ends the program if there is no transport at all.
    Wire(const std::string& base, const Clock& clock);

    WatchedHttp& http() { return watched_; }
    FhirServer& server() { return server_; }

private:
    std::unique_ptr<Http> curl_;
    WatchedHttp watched_;
    FixedToken token_{""};
    FhirServer server_;
};

/// The machine's clock, which can be told that more time has passed.
class LeapClock final : public Clock {
public:
    Instant now() const override { return machine_.now() + leapt; }
    std::chrono::milliseconds elapsed() const override {
        return machine_.elapsed() + leapt;
    }
    std::chrono::milliseconds leapt{0};

private:
    SystemClock machine_;
};

/// Seconds that `work` takes.
template <class Work>
double seconds_of(Work&& work) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun)
        .count();
}

/// Says why on standard error and ends the program: a benchmark has nobody to tell.
[[noreturn]] void give_up(const std::string& why);
template <class T>
T must(Result<T> result, const char* what) {
    if (!result) give_up(std::string(what) + ": " + result.error().what);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace foyer::bench
