#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sync/clinic/site.h"
#include "sync/engine.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"
#include "tests/bench/sync/wire.h"

namespace foyer::bench {

/// What a benchmark puts on a server, under names that begin with `run`: patients, and
/// their Appointments twice, at Location "<run>-a" for the kiosk and at "<run>-b" for
/// the bare client. The two are equal but for that one letter, so what was sent for one
/// is, with the letter changed, what can be sent for the other.
class BenchClinic {
public:
    struct Size {
        int visits = 0;
        int days = 1;       ///< visits are spread over so many, from today on
        bool twins = true;  ///< false: no "-b"
    };
    BenchClinic(std::string run, Size size, Instant now)
        : run_(std::move(run)), size_(size), now_(now) {}

    std::string patient(int number) const;
    std::string appointment(char side, int number) const;
    std::string location(char side) const { return run_ + "-" + side; }
    /// An Appointment as JSON, `later` than it was first meant to be.
    std::string visit_json(char side, int number,
                           std::chrono::minutes later = {}) const;
    Instant starts(int number) const;

    /// Everything but the Appointments. Ends the program when the server refuses.
    void put_people(FhirServer& server) const;
    void put_visits(FhirServer& server, std::chrono::minutes later = {}) const;

    /// The site whose Appointments are those of "-a".
    Site site(const std::string& base) const;
    int visits() const { return size_.visits; }
    const std::string& run() const { return run_; }

private:
    std::string run_;
    Size size_;
    Instant now_;
};

/// A kiosk without a screen: records in a directory that goes with it, and an engine
/// over one connection.
class BenchKiosk {
public:
    BenchKiosk(Site site, std::filesystem::path directory);
    ~BenchKiosk();
    BenchKiosk(const BenchKiosk&) = delete;
    BenchKiosk& operator=(const BenchKiosk&) = delete;

    Store& store() { return store_; }
    Engine& engine() { return *engine_; }
    WatchedHttp& http() { return wire_.http(); }
    LeapClock& clock() { return clock_; }
    const SiteTime& time() const { return time_; }

    /// The directory stays, for others.
    void leaves_records() { leaves_records_ = true; }

    /// One step of the engine. True while there is more to do at once; gives up the
    /// program when the server is not well.
    bool step();
    /// Steps until there is nothing to do.
    void settle();

private:
    Site site_;
    std::filesystem::path directory_;
    bool leaves_records_ = false;
    LeapClock clock_;
    SiteTime time_;
    Store store_;
    Wire wire_;
    std::unique_ptr<Engine> engine_;
};

/// A directory of the measured disk ($FOYER_BENCH_DATA), emptied.
std::filesystem::path fresh_directory(const std::string& name);

}  // namespace foyer::bench
