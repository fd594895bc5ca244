#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/push/resources.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"
#include "sync/server/probe.h"

namespace foyer {

/// What one round with the server came to; for the engine, which decides when the next
/// one is.
struct PushOutcome {
    int acknowledged = 0, later = 0, parked = 0;
    /// The server or the way to it is at fault, not a unit: nothing more was tried.
    enum class Server { well, unreachable, busy, unauthorized } server = Server::well;
    std::optional<std::chrono::seconds> retry_after;
};

/// Tells the server of what waits. One thread; used by the engine.
///
/// A round takes the most urgent ready units, counts a try of each (one commit), sends
/// each as one transaction Bundle, and settles them all (one commit). Safe to repeat
/// after any failure and after a crash at any point: a unit tried before is first
/// looked for by its anchor (sync.md decision 2), the identifier or tag of the first
/// thing its Bundle creates.
///
/// One bad unit stops no other: 4xx parks it with the server's words and queues a Task
/// for the desk. 401 and 403, no network, 429 and 502 to 504 end the round; the units
/// not tried keep their time.
class Pusher {
public:
    struct Parts {
        Store* store = nullptr;
        FhirServer* server = nullptr;
        const Site* site = nullptr;
        SiteTime time;
        std::uint64_t seed = 0;  ///< of the jitter
        /// By which units become ready; without one, the server's time.
        const Clock* clock = nullptr;
        /// Who tells the server of "sign-up" and "leave-class": Seats::send. Empty:
        /// such units wait.
        std::function<Result<Settled>(const Unit&, const Abilities&)> sign_ups = {};
    };
    explicit Pusher(Parts parts);

    /// `lanes_up_to`: only units at least that urgent. `abilities` decides what a
    /// server that refuses a type gets instead (sync.md decision 12), and whether an
    /// anchor proves that the whole unit is there. Fails only when the records do.
    Result<PushOutcome> round(int at_most, Lane lanes_up_to,
                              const Abilities& abilities);

private:
    Parts parts_;
    std::mt19937_64 dice_;
};

/// Full jitter: anywhere between nothing and `least * 2^attempts`, at most `most`
/// (Marc Brooker, "Exponential Backoff And Jitter", AWS 2015).
std::chrono::milliseconds back_off(int attempts, std::chrono::milliseconds least,
                                   std::chrono::milliseconds most,
                                   std::mt19937_64& dice);

}  // namespace foyer
