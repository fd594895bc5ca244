#include <algorithm>
#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "kiosk/effects.h"
#include "kiosk/exchange.h"
#include "kiosk/samples.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/ui.h"
#include "platform/window.h"
#include "sync/records/outbox.h"
#include "tests/bench/sync/day.h"
#include "tests/bench/sync/modes.h"

namespace foyer::bench {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

/// A kiosk's screen builds at most this often.
constexpr auto frame = 16ms;
/// How long a screen stands; the first frames lay out its texts and are not counted.
constexpr int frames_a_screen = 40, frames_not_counted = 4;
/// Each state of affairs lasts so long, then the next one has its turn.
constexpr auto turn = 6s;
constexpr int rounds = 5;

/// Resident memory of this process, in bytes.
std::int64_t resident() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::strtoll(line.c_str() + 6, nullptr, 10) * 1024;
    return 0;
}

/// The screens of a kiosk, one after the other.
class Screens {
public:
    /// Builds for `turn`; adds what each frame took, in seconds, and the most memory.
    void build(std::vector<double>& took, std::int64_t& most_memory) {
        const auto end = std::chrono::steady_clock::now() + turn;
        auto next = std::chrono::steady_clock::now();
        while (next < end) {
            const int of_screen = frames_ % frames_a_screen;
            const Sample& sample =
                samples_[std::size_t(frames_ / frames_a_screen) % samples_.size()];
            if (of_screen == 0) most_memory = std::max(most_memory, resident());
            scene_.screen = int(sample.screen.index());
            scene_.seconds_left = sample.seconds_left;
            const double seconds = seconds_of([&] {
                ui_.begin(scene_);
                (void)show(sample.screen, ui_);
                ui_.end();
            });
            if (of_screen >= frames_not_counted) took.push_back(seconds);
            ++frames_;
            next += frame;
            std::this_thread::sleep_until(next);
        }
    }

private:
    std::vector<Sample> samples_ = samples();
    Scene scene_ = [] {
        Scene scene;
        scene.clinic = "Sycamore Outpatient";
        scene.languages = {"en", "es"};
        return scene;
    }();
    std::unique_ptr<Window> canvas_ =
        Window::in_memory(scene_.display.width, scene_.display.height).value();
    TextEngine text_{*canvas_};
    Ui ui_{text_};
    int frames_ = 0;
};

/// A client that only sends, on a thread of its own: the server is as busy with it.
class Sending {
public:
    Sending(const std::string& base, const BenchClinic& clinic, int from)
        : thread_([this, base, &clinic, from] {
              const SystemClock clock;
              Wire wire(base, clock);
              for (int i = from; !ends_; ++i) {
                  const std::string id =
                      unit_id("meanwhile|" + clinic.run() + "|" + std::to_string(i)) +
                      "/provenance";
                  const auto answer = wire.server().transact(
                      R"({"resourceType":"Bundle","type":"transaction","entry":[)"
                      R"({"resource":{"resourceType":"Observation","identifier":[)"
                      R"({"system":"urn:foyer:op","value":")" +
                      id +
                      R"("}],"status":"final","code":{"text":"bench"},"subject":)"
                      R"({"reference":"Patient/)" +
                      clinic.patient(i % clinic.visits()) +
                      R"("}},"request":{"method":"POST","url":"Observation",)"
                      R"("ifNoneExist":"identifier=urn:foyer:op|)" +
                      id + R"("}}]})");
                  if (!answer || !answer->good())
                      give_up("the other client is refused");
                  ++sent;
              }
          }) {}
    ~Sending() {
        ends_ = true;
        thread_.join();
    }
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;
    std::atomic<int> sent = 0;

private:
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

json spread(std::vector<double> seconds) {
    std::ranges::sort(seconds);
    const auto at = [&](double part) {
        return seconds.empty()
                   ? 0
                   : seconds[std::size_t(part * double(seconds.size() - 1))];
    };
    return {{"p50_us", at(0.5) * 1e6},
            {"p99_us", at(0.99) * 1e6},
            {"frames", seconds.size()}};
}

}  // namespace

json meanwhile(const std::string& base, const std::string& run, int units) {
    const BenchClinic clinic(run, {.visits = visits_for(units), .twins = false},
                             SystemClock().now());
    const SystemClock clock;
    {
        Wire bare(base, clock);
        clinic.put_people(bare.server());
        clinic.put_visits(bare.server());
    }
    const auto data = fresh_directory(run);
    {
        BenchKiosk kiosk(clinic.site(base), data);
        kiosk.settle();
        a_days_work(kiosk, clinic, units);
        kiosk.leaves_records();
    }
    const auto waiting = [&] {
        const auto time = must(SiteTime::in_zone("America/New_York"), "time zone");
        auto store = must(open_store(data, clinic.site(base), time), "records");
        return must(store.counts(clock.now()), "counts").waiting_units;
    };
    const auto before = waiting();

    Screens screens;
    std::vector<double> still, with_client, with_exchange;
    std::int64_t memory_still = 0, memory_client = 0, memory_exchange = 0;
    screens.build(still, memory_still);  // warm
    still.clear();
    memory_still = 0;
    int other = 0;
    for (int round = 0; round < rounds; ++round) {
        screens.build(still, memory_still);
        {
            Sending sending(base, clinic, other);
            screens.build(with_client, memory_client);
            other += sending.sent;
        }
        Exchange::Parts parts;
        parts.site = clinic.site(base);
        parts.data = data;
        parts.clock = &clock;
        parts.version = "bench";
        const auto exchange = Exchange::start(std::move(parts));
        screens.build(with_exchange, memory_exchange);
    }
    const auto left = waiting();
    std::error_code ignored;
    std::filesystem::remove_all(data, ignored);
    return {{"still", spread(still)},
            {"other_client", spread(with_client)},
            {"exchange", spread(with_exchange)},
            {"memory_still", memory_still},
            {"memory_exchange", memory_exchange},
            {"waiting", before},
            {"sent", before - left},
            {"left", left},
            {"other_sent", other},
            {"seconds_each", rounds * double(turn.count())}};
}

}  // namespace foyer::bench
