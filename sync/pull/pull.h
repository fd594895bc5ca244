#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"

namespace foyer {

/// What one step came to.
struct PullOutcome {
    int taken = 0, unchanged = 0, refused = 0, gone = 0;  ///< resources
    bool more = false;  ///< call again at once: there are pages left
    enum class Server { well, unreachable, busy, unauthorized } server = Server::well;
    std::optional<std::chrono::seconds> retry_after = {};
};

/// Reads the clinic's schedule from the server into the records. One thread; used by
/// the engine. A step is one request and one transaction: what a page brought and how
/// far reading has come. Whatever is cut off goes on from there.
///
/// Four rounds (sync.md decision 4), each due at its own time:
/// - a new day of the window (yesterday to +14 site days) is read in full, once;
/// - what changed: `_lastUpdated=ge<cursor - overlap>&_sort=_lastUpdated`, by the
///   server's own times; versions known already are passed over;
/// - what is held is read again by `_id` in chunks every 15 minutes, because an
///   Appointment that slid out of the window and a Patient edited alone change no
///   cursor;
/// - each night all of the window in full; what did not show up is gone.
///
/// Which Appointments are this site's is a search template of the config
/// (`[server] appointments`), with their Patients by `_include` or by `_id`; then the
/// Practitioners, Locations and HealthcareServices they name, Slots of the window,
/// Questionnaires, active Consents and when forms ended (dates and status only,
/// decision 11), Tasks for this kiosk.
class Puller {
public:
    struct Parts {
        Store* store = nullptr;
        FhirServer* server = nullptr;
        const Site* site = nullptr;
        SiteTime time;
    };
    explicit Puller(Parts parts);
    ~Puller();
    Puller(const Puller&) = delete;
    Puller& operator=(const Puller&) = delete;

    /// When step() has something to do: `now` or before if at once.
    Result<Instant> next_due(Instant now);
    /// The most urgent request that is due, if any. Fails only when the records do.
    Result<PullOutcome> step(Instant now);
    /// What is held is not read again before `until`, at most a round later
    /// (tuning::held_again_every) than it would be: after an outage it is overdue at
    /// every kiosk at once. Of this object only; the records do not know.
    void hold_off(Instant until);
    /// Everything again from the beginning, as each night; what has come so far stays.
    Result<void> read_all_again();
    /// When the window was last read in full; none before that has ever ended.
    Result<std::optional<Instant>> schedule_read();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// What a pull has to say to `foyer doctor`. Ids of resources stand in it: for the
/// terminal, never for a log.
struct PullFindings {
    std::vector<std::string> refused;      ///< "Appointment/a7: start: missing"
    std::vector<std::string> unsupported;  ///< searches: "Slot search"
    std::vector<std::string> missing;      ///< named by something, not shown to us
    std::optional<Instant> schedule_read;
};
Result<PullFindings> pull_findings(Store& store);

}  // namespace foyer
