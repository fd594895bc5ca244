#include "tests/sim/simulation.h"

#include <stdlib.h>

#include <algorithm>
#include <memory>

#include "sync/clinic/site_time.h"
#include "tests/sim/clinic.h"
#include "tests/sim/invariants.h"
#include "tests/sim/kiosk.h"
#include "tests/sim/ledger.h"
#include "tests/sim/line_watch.h"
#include "tests/sim/plan.h"
#include "tests/sim/stays.h"

namespace foyer::sim {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// How deep others may act within a request that is made while others act.
constexpr int most_nested = 2;

Weather weather_of(World& world) {
    Weather weather;
    weather.interleave = double(world.between(30, 95)) / 100;
    // One seed in four is a good day: what goes wrong then is no fault of the network.
    if (world.chance(0.25)) return weather;
    const auto some = [&](double most) {
        return world.chance(0.6) ? most * double(world.between(1, 100)) / 100 : 0.0;
    };
    weather.rival = some(0.3);
    weather.offline = some(0.10);
    weather.lost_request = some(0.08);
    weather.lost_answer = some(0.12);
    weather.late = some(0.06);
    weather.twice = some(0.08);
    weather.busy = some(0.08);
    weather.broken = some(0.06);
    weather.gateway = some(0.04);
    weather.refused = some(0.04);
    weather.locked_out = some(0.01);
    weather.cut = some(0.01);
    weather.crash_at_commit = some(0.02);
    weather.crash_at_request = some(0.02);
    return weather;
}

/// One run.
class Simulation {
public:
    Simulation(std::uint64_t seed, const std::filesystem::path& scratch,
               bool with_history, const FakeFhir::Broken& broken)
        : world_(seed, seed % 2 ? FakeFhir::Manner::medplum : FakeFhir::Manner::hapi,
                 starting(seed)) {
        world_.tell = with_history;
        world_.server.broken = broken;
        clinic_ = furnish(world_);
        const int kiosks = world_.chance(0.3) ? 3 : 2;
        for (int i = 0; i < kiosks; ++i)
            kiosks_.push_back(std::make_unique<SimKiosk>(
                world_, i,
                scratch / ("seed-" + std::to_string(seed) + "-" + std::to_string(i)),
                [this](SimKiosk& of) { meanwhile(of); }));
        for (auto& kiosk : kiosks_) {
            kiosk->network().rival = [this](const std::string& read) { rival(read); };
            kiosk->network().watch = [this](const HttpRequest& request) {
                return std::make_unique<LineWatch>(world_, request, wrong_);
            };
            kiosk->others_synced_ago = [this, of = kiosk.get()] {
                return others_synced_ago(*of);
            };
        }
        length_ = std::chrono::minutes(world_.between(3, 12));
        const Weather weather = weather_of(world_);
        // The first minutes are calm, so that a kiosk has a schedule to work with.
        calm_until_ = world_.chance(0.8) ? 40s : 0s;
        weather_ = weather;
        events_ = plan_of(world_, clinic_, ledger_, kiosks_, length_ - calm_until_);
        for (Event& event : events_) event.at += calm_until_;
    }

    Report run(std::uint64_t seed) {
        storm(length_);
        if (world_.chance(0.5)) come_back();
        heal();
        const Sight sight{world_, clinic_, ledger_, kiosks_};
        check_parked(sight, wrong_);
        staff_tries_again();
        settle_down(3);
        end_the_day();
        check_all(sight, wrong_);
        return {seed, std::move(wrong_), std::move(world_.history), world_.fingerprint,
                world_.counts};
    }

private:
    /// A Tuesday morning; one seed in eight sees midnight pass, one in sixteen the hour
    /// that comes twice.
    static Instant starting(std::uint64_t seed) {
        return parse_instant(seed % 8 == 7    ? "2026-11-24T23:52:00-05:00"
                             : seed % 16 == 5 ? "2026-11-01T01:52:00-04:00"
                                              : "2026-11-24T09:00:00-05:00")
            .value();
    }

    bool next_event_due() const {
        return next_event_ < events_.size() &&
               events_[next_event_].at <= world_.elapsed;
    }
    void happen() {
        // Moved on first: what happens may let others act.
        const std::size_t event = next_event_++;
        events_[event].happen();
    }

    /// Somebody else acts in the middle of a request of `of`, if anybody has something
    /// to do.
    void meanwhile(SimKiosk& of) {
        if (nested_ >= most_nested) return;
        const bool soon = !calm_ && next_event_ < events_.size() &&
                          events_[next_event_].at <= world_.elapsed + 1s;
        SimKiosk* other = nullptr;
        for (auto& each : kiosks_)
            if (each.get() != &of && !each->busy() && each->running() &&
                each->due <= world_.elapsed && (!other || each->due < other->due))
                other = each.get();
        if (!soon && !other) return;
        ++nested_;
        ++world_.counts.nested;
        // Leaving by a power cut leaves here as well.
        struct Out {
            int& nested;
            ~Out() { --nested; }
        } out{nested_};
        if (soon && (!other || world_.chance(0.5))) {
            happen();
        } else {
            world_.note(other->name(), "while " + of.name() + " waits:");
            other->step();
        }
    }

    /// Staff, or the clinic's own booking page, was faster.
    void rival(const std::string& read) {
        const auto slash = read.find('/');
        const std::string type = read.substr(0, slash), id = read.substr(slash + 1);
        const auto there = world_.server.get(type, id);
        if (!there) return;
        if (type == "Slot" && there->find(R"("status":"free")") != std::string::npos) {
            world_.server.set(type, id, "/status", "\"busy\"");
            world_.server.put(booked_by_staff(clinic_, *there, taken_++));
            world_.note("staff", "books " + read);
        }
        if (type == "Appointment" &&
            there->find(R"("status":"booked")") != std::string::npos &&
            there->find(R"("slot")") == std::string::npos) {
            world_.server.set(type, id, "/status", "\"cancelled\"");
            ledger_.called_off[id] = "cancelled";
            world_.note("staff", "cancels " + id + " in between");
        }
    }

    SimKiosk& next_kiosk() {
        return **std::ranges::min_element(kiosks_, {},
                                          [](const auto& kiosk) { return kiosk->due; });
    }

    /// What the beats of the site's own network would say: the one furthest behind.
    std::optional<milliseconds> others_synced_ago(const SimKiosk& of) {
        milliseconds most{0};
        for (auto& each : kiosks_) {
            if (each.get() == &of) continue;
            const auto ago = each->synced_ago();
            if (!ago) return std::nullopt;
            most = std::max(most, *ago);
        }
        return most;
    }

    /// A quiet while, in which seats come free and are offered; then the same weather,
    /// and patients who hear of their offers.
    void come_back() {
        world_.note("world", "is quiet for a while");
        calm_ = true;
        world_.weather = {};
        for (int i = 0; i < 3; ++i) {
            settle_down(0);
            world_.pass(6min);
            for (auto& each : kiosks_) each->due = world_.elapsed;
        }
        settle_down(0);
        calm_ = false;
        constexpr auto a_while = 90s;
        auto returns = returns_of(world_, clinic_, ledger_, kiosks_, world_.elapsed,
                                  milliseconds(a_while));
        std::ranges::move(returns, std::back_inserter(events_));
        std::ranges::stable_sort(events_.begin() + std::ptrdiff_t(next_event_),
                                 events_.end(), {}, &Event::at);
        storm(world_.elapsed + a_while);
    }

    void storm(milliseconds until) {
        while (world_.elapsed < until) {
            if (world_.elapsed >= calm_until_) world_.weather = weather_;
            SimKiosk& kiosk = next_kiosk();
            if (next_event_ < events_.size() && events_[next_event_].at <= kiosk.due) {
                world_.pass_until(events_[next_event_].at);
                happen();
                continue;
            }
            world_.pass_until(kiosk.due);
            kiosk.step();
        }
    }

    /// The network is good again, the power stays, clocks are right, whatever was on
    /// its way has arrived.
    void heal() {
        world_.note("world", "heals");
        calm_ = true;
        world_.weather = {};
        world_.weather.interleave = 0.2;
        world_.deliver_late(true);
        for (auto& kiosk : kiosks_) {
            kiosk->steady = true;
            kiosk->network().cut_until = 0ms;
            kiosk->own_clock().wrong_by = 0ms;
        }
        // What nobody did for want of power or time is done now.
        while (next_event_ < events_.size()) happen();
        settle_down(0);
    }

    /// Until nothing waits to be sent, and everything that comes round again has come
    /// round. Quiet times are passed over quickly.
    void settle_down(int rounds) {
        constexpr milliseconds quiet = 3s, at_once = 16min;
        constexpr int most_steps = 5'000, most_rounds = 12;
        int passed = 0;
        std::int64_t writes = -1;
        for (int steps = 0; steps < most_steps; ++steps) {
            SimKiosk& kiosk = next_kiosk();
            if (kiosk.due - world_.elapsed > quiet && nothing_waits()) {
                // What somebody changed in a round is read in the next one.
                const bool changed = world_.server.writes() != writes;
                writes = world_.server.writes();
                if (++passed > rounds &&
                    (!changed || rounds == 0 || passed > most_rounds))
                    return;
                world_.pass(at_once);
                for (auto& each : kiosks_) each->due = world_.elapsed;
                continue;
            }
            world_.pass_until(kiosk.due);
            kiosk.step();
        }
        wrong_.push_back("the kiosks do not come to rest");
    }

    bool nothing_waits() {
        return std::ranges::all_of(kiosks_, [](const auto& kiosk) {
            const auto ready = kiosk->records().next_ready();
            return ready && !*ready;
        });
    }

    /// What patients did not say, and then what came of it, each at a kiosk of its own.
    void end_the_day() {
        confirm_sign_outs(world_, clinic_, ledger_, *kiosks_.front());
        settle_down(1);
        close_sessions(world_, clinic_, ledger_, *kiosks_.back());
        settle_down(0);
    }

    void staff_tries_again() {
        for (auto& kiosk : kiosks_) {
            const auto parked = kiosk->records().parked_units();
            if (!parked) continue;
            for (const ParkedUnit& unit : *parked) {
                world_.note("staff", "tries again what was parked");
                (void)kiosk->records().retry_unit(unit.unit.id, world_.now());
            }
        }
    }

    World world_;
    Clinic clinic_;
    Ledger ledger_;
    std::vector<std::unique_ptr<SimKiosk>> kiosks_;
    std::vector<Event> events_;
    std::size_t next_event_ = 0;
    Weather weather_;
    milliseconds length_{0}, calm_until_{0};
    bool calm_ = false;
    int nested_ = 0, taken_ = 0;
    std::vector<std::string> wrong_;
};

}  // namespace

Report simulate(std::uint64_t seed, const std::filesystem::path& scratch,
                bool with_history, const FakeFhir::Broken& broken) {
    return Simulation(seed, scratch, with_history, broken).run(seed);
}

std::filesystem::path scratch_directory() {
    const bool memory = std::filesystem::is_directory("/dev/shm");
    std::string name = memory ? "/dev/shm/foyer-sim-XXXXXX" : "/tmp/foyer-sim-XXXXXX";
    return mkdtemp(name.data());
}

}  // namespace foyer::sim
