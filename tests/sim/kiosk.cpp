#include "tests/sim/kiosk.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/sim/clinic.h"

namespace foyer::sim {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

SecretKey key_of(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return secret_key(bytes);
}

}  // namespace

DeviceKeys SimKiosk::device_keys(int index) {
    return DeviceKeys(key_of(std::uint8_t(10 + index)));
}
SiteKeys SimKiosk::site_keys() {
    return SiteKeys(key_of(2));
}
const SiteTime& SimKiosk::site_time() {
    static const SiteTime time = SiteTime::in_zone("America/New_York").value();
    return time;
}

SimKiosk::SimKiosk(World& world, int index, std::filesystem::path directory,
                   std::function<void(SimKiosk&)> meanwhile)
    : world_(world),
      index_(index),
      name_("kiosk " + std::to_string(index)),
      directory_(std::move(directory)),
      clock_(world),
      network_(world, name_) {
    site_.device_index = index;
    site_.device_name = "kiosk-" + std::to_string(index);
    site_.server.base = FakeFhir::base;
    site_.server.schedules = {"Schedule/yoga"};
    ClassRule rule;
    rule.schedule = "yoga";
    rule.release_after = Clinic::release_after;
    rule.offer_lasts = Clinic::offer_lasts;
    site_.classes = {rule};
    site_.lan.peers = {{.name = "other", .address = "", .public_key = "other"}};
    std::filesystem::create_directory(directory_);
    network_.meanwhile = [this, meanwhile = std::move(meanwhile)] { meanwhile(*this); };
}

SimKiosk::~SimKiosk() {
    life_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void SimKiosk::start() {
    const auto open = [&] {
        return Store::open(directory_, device_keys(index_), site_keys(), site_time(),
                           index_, 0ms);
    };
    auto screen = open();
    auto store = open();
    if (!screen || !store) {
        trouble = "the records do not open: " +
                  (screen ? store.error().what : screen.error().what);
        return;
    }
    life_.reset(
        new Life{CorrectedClock(clock_), std::move(*screen), std::move(*store),
                 FhirServer({&network_, &token_, &clock_, std::string(FakeFhir::base)}),
                 nullptr});
    for (Store* one : {&life_->screen, &life_->store})
        one->on_commit([this] {
            if (!steady && world_.chance(world_.weather.crash_at_commit))
                throw PowerCut{};
        });
    life_->engine = std::make_unique<Engine>(Engine::Parts{
        .store = &life_->store,
        .server = &life_->server,
        .clock = &clock_,
        .site = &site_,
        .time = site_time(),
        .seed = world_.dice(),
        .hurried = false,
        .version = "1",
        .elected = {},
        .peers_synced = [this]() -> std::optional<Instant> {
            const auto ago = others_synced_ago ? others_synced_ago() : std::nullopt;
            if (!ago) return std::nullopt;
            return life_->clock.now() - *ago;
        },
    });
    world_.note(name_, "starts");
}

/// What the kiosk's exchange does after each step (kiosk/exchange.cpp).
void SimKiosk::follow() {
    const auto drift = life_->server.drift();
    if (!drift) return;
    life_->clock.correct(*drift);
    const auto seen = life_->store.see_clock(life_->clock.now());
    if (seen && *seen == ClockQuality::untrusted)
        if (const auto set = life_->store.set_clock(life_->clock.now()); !set)
            trouble = "the clock is not taken: " + set.error().what;
}

std::optional<milliseconds> SimKiosk::synced_ago() {
    if (!life_) return std::nullopt;
    const auto none = life_->screen.nothing_waits(Lane::sign_ups);
    if (none && *none) synced_ = world_.elapsed;
    if (!synced_) return std::nullopt;
    return world_.elapsed - *synced_;
}

void SimKiosk::power_cut() {
    ++world_.counts.crashes;
    life_.reset();
    synced_.reset();
    const milliseconds away(world_.between(2'000, 60'000));
    due = world_.elapsed + away;
    world_.note(name_, "loses power for " + std::to_string(away.count() / 1000) + " s");
}

void SimKiosk::step() {
    if (busy_) return;
    busy_ = true;
    try {
        if (!life_) {
            start();
            due = world_.elapsed;
        } else {
            if (std::exchange(woken_, false)) life_->engine->wake();
            const auto done = life_->engine->step();
            if (!done) {
                trouble = "a step failed: " + done.error().what;
                world_.note(name_, trouble);
                due = world_.elapsed + 10s;
            } else {
                due = world_.elapsed + (woken_ ? 0ms : std::max(done->wait, 0ms));
                follow();
            }
        }
    } catch (const PowerCut&) {
        power_cut();
    }
    busy_ = false;
}

bool SimKiosk::act(const std::string& what,
                   const std::function<void(Store&, const Clock&)>& does) {
    if (!life_) return false;
    ++world_.counts.acts;
    world_.note(name_, what);
    try {
        does(life_->screen, life_->clock);
        woken_ = true;
        due = world_.elapsed;
    } catch (const PowerCut&) {
        if (busy_) throw;  // the step that this happened in dies as well
        power_cut();
        return false;
    }
    return true;
}

Store& SimKiosk::records() {
    if (!life_) start();
    return life_->screen;
}

}  // namespace foyer::sim
