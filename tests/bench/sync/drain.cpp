#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/bench/sync/day.h"
#include "tests/bench/sync/modes.h"

namespace foyer::bench {

using nlohmann::json;

namespace {

/// Bundles of the kiosk as they would be another's: other Appointments, other
/// identifiers, and the versions that those Appointments have now.
class Twins {
public:
    Twins(const BenchClinic& clinic, FhirServer& server)
        : clinic_(clinic), server_(server) {}

    std::vector<std::string> of(const std::vector<std::string>& bundles) {
        const auto versions = versions_now(bundles);
        std::vector<std::string> twins;
        for (const auto& bundle : bundles) twins.push_back(twin(bundle, versions));
        return twins;
    }

private:
    using Versions = std::map<std::string, std::string>;

    /// "Appointment/<run>-a17" of a Bundle that changes one, or empty.
    static std::string changed(const json& bundle) {
        for (const auto& entry : bundle["entry"])
            if (entry["request"]["method"] == "PUT") return entry["request"]["url"];
        return {};
    }
    std::string other(std::string text) const {
        const std::string ours = clinic_.run() + "-a", theirs = clinic_.run() + "-b";
        for (auto at = text.find(ours); at != text.npos; at = text.find(ours, at + 1))
            text.replace(at, ours.size(), theirs);
        return text;
    }
    Versions versions_now(const std::vector<std::string>& bundles) {
        std::vector<std::string> ids;
        for (const auto& bundle : bundles)
            if (const auto one = changed(json::parse(bundle)); !one.empty())
                ids.push_back(other(one.substr(one.find('/') + 1)));
        Versions versions;
        constexpr std::size_t at_once = 40;
        for (std::size_t i = 0; i < ids.size(); i += at_once) {
            std::string query = "Appointment?_count=50&_id=";
            for (std::size_t k = i; k < std::min(i + at_once, ids.size()); ++k)
                query += (k > i ? "," : "") + ids[k];
            const auto page = json::parse(must(server_.search(query), "versions").body);
            for (const auto& entry : page.value("entry", json::array()))
                versions[entry["resource"]["id"]] =
                    entry["resource"]["meta"]["versionId"];
        }
        return versions;
    }

    /// The same length, as every id in it has one.
    std::string twin(const std::string& bundle, const Versions& versions) const {
        auto parsed = json::parse(bundle);
        std::string old_version, version;
        const auto target = changed(parsed);
        if (!target.empty()) {
            for (auto& entry : parsed["entry"])
                if (entry["request"]["method"] == "PUT")
                    old_version = entry["request"]["ifMatch"];
            const auto found =
                versions.find(other(target.substr(target.find('/') + 1)));
            if (found == versions.end()) give_up("a twin is not at the server");
            version = "W/\"" + found->second + "\"";
        }
        std::string text = other(with_other_uuids(bundle));
        if (!target.empty()) {
            const std::string from = json(with_other_uuids(old_version)).dump(),
                              to = json(version).dump();
            const auto at = text.find(from);
            if (at == text.npos) give_up("a Bundle without its If-Match");
            text.replace(at, from.size(), to);
        }
        return text;
    }

    /// Every UUID another, the same for the same.
    static std::string with_other_uuids(std::string text) {
        const auto is_hex = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        };
        for (std::size_t at = 0; at + 36 <= text.size(); ++at) {
            bool uuid = true;
            for (std::size_t k = 0; k < 36 && uuid; ++k)
                uuid = k == 8 || k == 13 || k == 18 || k == 23 ? text[at + k] == '-'
                                                               : is_hex(text[at + k]);
            if (!uuid) continue;
            constexpr std::string_view digits = "0123456789abcdef";
            text[at] = digits[digits.find(text[at]) ^ 8];
            at += 35;
        }
        return text;
    }

    const BenchClinic& clinic_;
    FhirServer& server_;
};

/// One turn of each.
struct Pair {
    std::string kind;
    std::size_t bundles = 0;
    double engine = 0, bare = 0;
};

double share(double engine, double bare) {
    return engine > 0 ? bare / engine : 0;
}

json summary(const std::vector<Pair>& pairs) {
    double engine = 0, bare = 0;
    std::size_t bundles = 0;
    std::vector<double> shares;
    for (const auto& pair : pairs) {
        engine += pair.engine;
        bare += pair.bare;
        bundles += pair.bundles;
        shares.push_back(share(pair.engine, pair.bare));
    }
    std::ranges::sort(shares);
    return {{"bundles", bundles},
            {"engine_s", engine},
            {"bare_s", bare},
            {"share", share(engine, bare)},
            {"share_median", shares.empty() ? 0 : shares[shares.size() / 2]},
            {"turns", pairs.size()}};
}

json drained(const std::string& base, const std::string& run, int units) {
    const BenchClinic clinic(run, {.visits = visits_for(units)}, SystemClock().now());
    const SystemClock clock;
    Wire bare(base, clock);
    const double loaded = seconds_of([&] {
        clinic.put_people(bare.server());
        clinic.put_visits(bare.server());
    });
    BenchKiosk kiosk(clinic.site(base), fresh_directory(run));
    const double read = seconds_of([&] { kiosk.settle(); });
    int waiting = 0;
    const double acted =
        seconds_of([&] { waiting = a_days_work(kiosk, clinic, units); });

    // A turn is a round of the engine: never does one change an Appointment twice, so
    // the twins' versions are known before it.
    Twins twins(clinic, bare.server());
    std::vector<Pair> pairs;
    kiosk.http().keeps = true;
    kiosk.http().bundles = kiosk.http().reads = {};
    const auto begun = kiosk.engine().acknowledged();
    bool more = true;
    while (more) {
        kiosk.http().sent.clear();
        Pair pair;
        pair.engine = seconds_of([&] {
            while (more && kiosk.http().sent.empty()) more = kiosk.step();
        });
        const auto replay = twins.of(kiosk.http().sent);
        pair.bundles = replay.size();
        std::map<std::string, int> kinds;
        for (const auto& bundle : replay) ++kinds[kind_of(bundle)];
        for (const auto& [kind, count] : kinds)
            if (pair.kind.empty() || count > kinds[pair.kind]) pair.kind = kind;
        std::string refused;
        pair.bare = seconds_of([&] {
            for (const auto& bundle : replay) {
                const auto answer = bare.server().transact(bundle);
                if (!answer || !answer->good())
                    refused =
                        answer ? answer->body.substr(0, 500) : answer.error().what;
            }
        });
        if (!refused.empty())
            give_up("the bare client's Bundles are refused, turn " +
                    std::to_string(pairs.size()) + " of " + pair.kind + ": " + refused);
        if (!replay.empty()) pairs.push_back(pair);
    }
    const auto counts = must(kiosk.store().counts(clock.now()), "counts");
    json kinds;
    for (const auto& pair : pairs)
        if (!kinds.contains(pair.kind)) {
            std::vector<Pair> of;
            for (const auto& one : pairs)
                if (one.kind == pair.kind) of.push_back(one);
            kinds[pair.kind] = summary(of);
        }
    json result = summary(pairs);
    const auto& http = kiosk.http();
    result["waiting"] = waiting;
    result["acknowledged"] = kiosk.engine().acknowledged() - begun;
    result["left"] = counts.waiting_units;
    result["parked"] = counts.parked_units;
    result["conflicts"] = counts.open_conflicts + counts.settled_conflicts;
    result["kinds"] = kinds;
    result["engine_requests"] = {{"writes", http.bundles.requests},
                                 {"writes_s", http.bundles.seconds},
                                 {"reads", http.reads.requests},
                                 {"reads_s", http.reads.seconds}};
    result["prepared_s"] = {{"server", loaded}, {"read", read}, {"acts", acted}};
    return result;
}

}  // namespace

json drain(const std::string& base, const std::string& run, int units) {
    // A server that has just been started is slow to whoever asks first: not counted.
    constexpr int least = 60;
    drained(base, run + "-warm", std::max(least, units / 10));
    return drained(base, run, units);
}

}  // namespace foyer::bench
