#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "kiosk/effects.h"
#include "kiosk/exchange.h"
#include "sync/site/channel.h"
#include "sync/site/lan_key.h"
#include "tests/bench/sync/clinic.h"
#include "tests/bench/sync/modes.h"

namespace foyer::bench {

namespace fs = std::filesystem;
using nlohmann::json;
using namespace std::chrono_literals;
using Moment = std::chrono::steady_clock::time_point;

namespace {

/// Between two taps, at random, so that they meet the other kiosk at any moment of its
/// minute.
constexpr auto least_apart = 200ms, most_apart = 2'000ms;
/// How often the server is asked, and how often the other kiosk's records are looked
/// at.
constexpr auto asked_every = 3ms, looked_every = 25ms;
/// A server that has nothing after so long will not have it.
constexpr auto long_enough = 20s, very_long = 100s;

std::array<std::uint8_t, 32> lan_secret(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return bytes;
}

/// What a kiosk has running, but for the screen.
struct Whole {
    Site site;
    fs::path data;
    SystemClock clock;
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<SiteChannel> channel;
    std::optional<Store> records;  ///< the worker's

    Store open() const {
        const auto time = must(SiteTime::in_zone(site.time_zone), "time zone");
        return must(open_store(data, site, time), "records");
    }
    void start_channel(std::uint8_t index,
                       std::function<void(const HeardUnit&)> heard) {
        const auto address = [&](int device) {
            return "ipc://" +
                   (data.parent_path() / ("lan-" + std::to_string(device))).string();
        };
        const int other = 1 - index;
        LanSettings lan;
        lan.listen = address(index);
        lan.peers = {{"other", LanSettings::Peer::Role::kiosk, address(other),
                      lan_public_key(lan_secret(std::uint8_t(other + 1)))}};
        const auto secret = lan_secret(std::uint8_t(index + 1));
        channel = must(SiteChannel::start({.store = open(),
                                           .clock = &clock,
                                           .lan = lan,
                                           .role = SiteRole::kiosk,
                                           .device_index = index,
                                           .carries = true,
                                           .secret = secret,
                                           .heard = std::move(heard)}),
                       "the site's channel");
    }
    void start() {
        Exchange::Parts parts;
        parts.site = site;
        parts.data = data;
        parts.clock = &clock;
        parts.version = "bench";
        exchange = Exchange::start(std::move(parts));
        records.emplace(open());
        records->on_commit([this] {
            exchange->wake();
            if (channel) channel->wake();
        });
    }
};

json spread(std::vector<double> seconds) {
    std::ranges::sort(seconds);
    const auto at = [&](double part) {
        return seconds.empty()
                   ? 0
                   : seconds[std::size_t(part * double(seconds.size() - 1))];
    };
    return {{"times", seconds.size()},
            {"p50_ms", at(0.5) * 1e3},
            {"p99_ms", at(0.99) * 1e3},
            {"most_ms", at(1) * 1e3}};
}

}  // namespace

json arrivals(const std::string& base, const std::string& run, int taps) {
    const BenchClinic clinic(run, {.visits = taps, .twins = false},
                             SystemClock().now());
    const SystemClock clock;
    Wire watcher(base, clock);
    clinic.put_people(watcher.server());
    clinic.put_visits(watcher.server());

    const auto place = fresh_directory(run);
    Whole first, second;
    for (auto* kiosk : {&first, &second}) {
        const int index = kiosk == &first ? 0 : 1;
        kiosk->site = clinic.site(base);
        kiosk->site.device_index = index;
        kiosk->data = place / std::to_string(index);
        fs::create_directories(kiosk->data);
        // Devices of a site have the site's key in common.
        if (index == 1) {
            fs::create_directories(kiosk->data / "keys");
            fs::copy_file(first.data / "keys/site.key", kiosk->data / "keys/site.key");
        }
        // The schedule is read before anybody comes.
        BenchKiosk reader(kiosk->site, kiosk->data);
        reader.settle();
        reader.leaves_records();
    }
    std::mutex mutex;
    std::map<std::string, Moment> heard;  // by body of the unit
    first.start_channel(0, {});
    second.start_channel(1, [&](const HeardUnit& unit) {
        const std::lock_guard lock(mutex);
        heard.emplace(unit.unit.unit.body, std::chrono::steady_clock::now());
    });
    first.start();
    second.start();
    for (auto waited = 0ms; !first.channel->alive().at(0); waited += 10ms) {
        if (waited > long_enough) give_up("the kiosks do not hear each other");
        std::this_thread::sleep_for(10ms);
    }

    std::mt19937_64 dice(1);
    std::vector<Moment> tapped;
    std::vector<double> at_server, at_other;
    std::vector<bool> seen;
    const auto look = [&](Moment until) {
        do {
            for (std::size_t i = 0; i < tapped.size(); ++i) {
                if (seen[i]) continue;
                const auto visit = second.records->visit_of(
                    clinic.appointment('a', int(i)), clinic.patient(int(i)));
                // By the server: the status is the Appointment's, which the site's own
                // network does not change.
                if (!visit || visit->status != AppointmentStatus::arrived) continue;
                seen[i] = true;
                at_other.push_back(std::chrono::duration<double>(
                                       std::chrono::steady_clock::now() - tapped[i])
                                       .count());
            }
            std::this_thread::sleep_for(looked_every);
        } while (std::chrono::steady_clock::now() < until &&
                 !(int(tapped.size()) == taps && int(at_other.size()) == taps));
    };
    for (int i = 0; i < taps; ++i) {
        const auto visit =
            must(first.records->visit_of(clinic.appointment('a', i), clinic.patient(i)),
                 "a visit");
        tapped.push_back(std::chrono::steady_clock::now());
        seen.push_back(false);
        must(first.records->check_in(
                 {{visit.id}, {}, clock.now(), ClockQuality::trusted}),
             "a check-in");
        for (;;) {
            const auto answer =
                must(watcher.server().read("Appointment", clinic.appointment('a', i)),
                     "the Appointment");
            const auto took = std::chrono::steady_clock::now() - tapped.back();
            if (answer.body.find(R"("arrived")") != std::string::npos) {
                at_server.push_back(std::chrono::duration<double>(took).count());
                break;
            }
            if (took > long_enough) give_up("an arrival never comes to the server");
            std::this_thread::sleep_for(asked_every);
        }
        look(std::chrono::steady_clock::now() + least_apart +
             std::chrono::milliseconds(
                 dice() % std::uint64_t((most_apart - least_apart).count())));
    }
    look(std::chrono::steady_clock::now() + very_long);

    std::vector<double> by_lan;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [body, when] : heard)
            for (int i = 0; i < taps; ++i)
                if (body.find('"' + clinic.appointment('a', i) + '"') != body.npos)
                    by_lan.push_back(
                        std::chrono::duration<double>(when - tapped[std::size_t(i)])
                            .count());
    }
    for (auto* kiosk : {&first, &second}) {
        kiosk->channel.reset();
        kiosk->exchange.reset();
        kiosk->records.reset();
    }
    std::error_code ignored;
    fs::remove_all(place, ignored);
    return {{"taps", taps},
            {"server", spread(at_server)},
            {"second_kiosk", spread(at_other)},
            {"second_kiosk_lan", spread(by_lan)}};
}

}  // namespace foyer::bench
