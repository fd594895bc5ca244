#include "kiosk/commands/doctor.h"

#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "kiosk/commands/sync.h"
#include "kiosk/effects.h"
#include "kiosk/way_maps.h"
#include "platform/secrets.h"
#include "sync/pull/pull.h"
#include "sync/push/resources.h"
#include "sync/records/audit_log.h"
#include "sync/server/connection.h"
#include "sync/server/probe.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

/// One thing looked at.
struct Line {
    enum class How { good, warning, bad } how = How::good;
    std::string what;
    std::string advice = {};  ///< what to do, or what follows
};

const char* word(Line::How how) {
    switch (how) {
        case Line::How::good:
            return "ok";
        case Line::How::warning:
            return "look";
        case Line::How::bad:
            return "BAD";
    }
    return "";
}

class Doctor {
public:
    explicit Doctor(const Workplace& place) : place_(place) {}

    std::vector<Line> examine() {
        records();
        maps();
        if (place_.site.server.base.empty())
            say(Line::How::warning, "no server is configured",
                "the kiosk keeps to itself; write base under [server] in foyer.toml");
        else
            server();
        return std::move(lines_);
    }

private:
    void say(Line::How how, std::string what, std::string advice = {}) {
        lines_.push_back({how, std::move(what), std::move(advice)});
    }
    Instant now() const { return place_.clock->now(); }

    void records() {
        auto store = open_store(place_.data, place_.site, place_.time);
        if (!store)
            return say(Line::How::bad, "the records cannot be opened",
                       store.error().what);
        const auto counts = store->counts(now());
        if (!counts)
            return say(Line::How::bad, "the records cannot be read",
                       counts.error().what);
        say(Line::How::good, fmt::format("the records are open: {} visits, {:.1f} MB",
                                         counts->visits, double(counts->bytes) / 1e6));
        audit_log();
        outbox(*counts);
        schedule(*store);
    }

    /// Pictures of the way to a room.
    void maps() {
        const auto shown =
            read_way_maps(place_.site, [&](const PlaceRule& place, const Error& why) {
                say(Line::How::warning,
                    fmt::format("the map of {} cannot be shown: {}", place.location,
                                map_file(place.map).string()),
                    why.what + "; patients get the directions in words");
            });
        if (!shown.empty())
            say(Line::How::good, fmt::format("{} maps can be shown", shown.size()));
    }

    void audit_log() {
        const auto device = secret("device.key", place_.data);
        if (!device) return say(Line::How::bad, "no device key", device.error().what);
        const auto verdict =
            verify_audit_log(place_.data, DeviceKeys(secret_key(device->bytes())));
        if (!verdict)
            say(Line::How::bad, "the audit log cannot be read", verdict.error().what);
        else if (!verdict->why.empty())
            say(Line::How::bad, "the audit log is broken: " + verdict->why,
                "somebody or something changed it; keep the disk");
        else
            say(Line::How::good,
                fmt::format("the audit log is whole: {} entries", verdict->entries));
    }

    void outbox(const StoreCounts& counts) {
        if (counts.waiting_units == 0) {
            say(Line::How::good, "nothing waits to be sent");
        } else {
            const auto waits = now() - *counts.oldest_waiting;
            const auto how = waits >= tuning::old_for_it     ? Line::How::bad
                             : waits >= tuning::old_for_desk ? Line::How::warning
                                                             : Line::How::good;
            say(how,
                fmt::format("{} acts wait to be sent, the oldest from {}",
                            counts.waiting_units, age(*counts.oldest_waiting, now())),
                how == Line::How::good
                    ? ""
                    : "the clinic does not know of them: look at the network below");
        }
        if (counts.parked_units > 0)
            say(Line::How::bad,
                fmt::format("{} acts were refused by the server", counts.parked_units),
                "foyer sync parked says why; then foyer sync retry or give-up");
        if (counts.open_conflicts > 0)
            say(Line::How::warning,
                fmt::format("{} conflicts wait for staff", counts.open_conflicts),
                "foyer sync conflicts shows both sides");
    }

    /// What reading the schedule came upon.
    void schedule(Store& store) {
        const auto found = pull_findings(store);
        if (!found)
            return say(Line::How::bad, "what was read cannot be told",
                       found.error().what);
        if (place_.site.server.base.empty()) return;
        if (found->schedule_read)
            say(now() - *found->schedule_read < 36h ? Line::How::good
                                                    : Line::How::warning,
                "the schedule was last read in full " +
                    age(*found->schedule_read, now()));
        else
            say(Line::How::warning, "the schedule was never read to its end",
                "foyer sync --once reads it now");
        for (const auto& each : found->refused)
            say(Line::How::warning, "not taken from the server: " + each,
                "mend it at the server");
        for (const auto& each : found->unsupported)
            say(Line::How::warning, "the server does not offer: " + each,
                "what it would bring is missing here; docs/server.md");
        for (const auto& each : found->missing)
            say(Line::How::warning,
                "named by the schedule and not shown to us: " + each,
                "look at what this kiosk may read at the server");
    }

    void server() {
        auto connection = connect(place_.site, place_.data, *place_.clock);
        if (!connection)
            return say(Line::How::bad, "the server's settings cannot be used",
                       connection.error().what);
        auto& server = *connection->server;
        const auto answer = server.capabilities();
        if (!answer)
            return say(Line::How::bad, "the server cannot be reached",
                       answer.error().what);
        say(Line::How::good, "the server answers: " + server.base());
        certificate(server);
        clock(server);
        const auto found = probe(server, speaker_of(place_.site).device());
        if (!found)
            return say(Line::How::bad, "the server does not let this kiosk in",
                       found.error().what);
        if (!found->software.empty()) say(Line::How::good, "it is " + found->software);
        for (auto& line : lines_of(*found))
            say(line.good ? Line::How::good : Line::How::bad, line.what, line.follows);
    }

    void certificate(const FhirServer& server) {
        const auto ends = server.certificate_ends();
        if (!ends) return;
        const auto left = std::chrono::floor<std::chrono::days>(*ends - now()).count();
        const auto how = left < 3    ? Line::How::bad
                         : left < 30 ? Line::How::warning
                                     : Line::How::good;
        say(how, fmt::format("its certificate ends in {} days", left),
            how == Line::How::good ? "" : "renew it at the server");
    }

    void clock(const FhirServer& server) {
        const auto drift = server.drift();
        if (!drift)
            return say(Line::How::warning, "the server does not tell the time",
                       "the kiosk's own clock counts");
        const bool good = std::chrono::abs(*drift) < tuning::drift_alarm;
        say(good ? Line::How::good : Line::How::bad,
            fmt::format("the server's clock is {:.1f} s ahead of ours",
                        double(drift->count()) / 1000),
            good ? "" : "the kiosk follows the server; mend the clock that is wrong");
    }

    const Workplace& place_;
    std::vector<Line> lines_;
};

}  // namespace

Exit doctor_command(const Options& options) {
    const auto place = set_up(options);
    if (!place) return complain(place.error());
    const auto lines = Doctor(*place).examine();
    bool well = true;
    Json list = Json::array();
    for (const auto& line : lines) {
        well = well && line.how == Line::How::good;
        if (options.json) {
            list.push_back({{"how", word(line.how)},
                            {"what", line.what},
                            {"advice", line.advice}});
            continue;
        }
        std::cout << fmt::format("{:4}  {}\n", word(line.how), line.what);
        if (!line.advice.empty()) std::cout << "      " << line.advice << '\n';
    }
    if (options.json)
        std::cout << list.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    return well ? Exit::ok : Exit::unclean;
}

}  // namespace foyer
