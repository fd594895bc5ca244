#include <benchmark/benchmark.h>
#include <filesystem>
#include <semaphore>

#include "kiosk/commands/demo.h"
#include "kiosk/effects.h"
#include "kiosk/kiosk.h"
#include "platform/window.h"
#include "tests/bench/benches.h"
#include "tests/bench/clinics.h"
#include "tests/bench/spread.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// A whole kiosk that draws 1080 x 1920 pixels into memory.
class Tapped {
public:
    Result<void> open() {
        data_ = bench_data() / "tap";
        std::filesystem::remove_all(data_);
        site_ = TRY(read_site(demo_site_file().string()));
        Effects::Parts parts;
        parts.clock = &clock_;
        parts.site = site_;
        parts.data = data_;
        effects_ = TRY(Effects::create(std::move(parts)));
        Kiosk::Parts whole;
        whole.clock = &clock_;
        whole.canvas = window_.get();
        whole.effects = effects_.get();
        whole.site = site_;
        whole.wake = [this] { woken_.release(); };
        kiosk_ = TRY(Kiosk::create(std::move(whole)));
        for (kiosk_->settle(); kiosk_->working(); kiosk_->settle())
            if (!woken_.try_acquire_for(60s))
                return fail(Error::Code::busy, "the kiosk does not open its records");
        kiosk_->draw();
        return {};
    }
    ~Tapped() {
        kiosk_.reset();
        effects_.reset();
        std::filesystem::remove_all(data_);
    }

    std::string shown() const { return name(kiosk_->screen()); }

    /// A finger comes down on `key` and goes up again: how long until each is drawn.
    /// False if there is no such key.
    bool tap(const char* key, Spread& down, Spread& up) {
        const auto& tree = kiosk_->tree();
        const auto id = tree.find(key);
        if (id == no_node) return false;
        const auto rect = tree[id].rect;
        const auto finger = [&](Touch::What what) {
            kiosk_->input({Touch{what, rect.x + rect.w / 2, rect.y + rect.h / 2},
                           clock_.elapsed()});
            kiosk_->settle();
            kiosk_->draw();
        };
        last_ = down.time([&] { finger(Touch::What::down); });
        clock_.advance(80ms);
        last_ += up.time([&] { finger(Touch::What::up); });
        return true;
    }
    /// What the last tap() took, in seconds.
    double last() const { return last_; }

private:
    std::filesystem::path data_;
    ManualClock clock_{bench_now()};
    Site site_;
    std::counting_semaphore<> woken_{0};
    std::unique_ptr<Window> window_ = Window::in_memory(1080, 1920).value();
    std::unique_ptr<Effects> effects_;
    std::unique_ptr<Kiosk> kiosk_;
    double last_ = 0;
};

/// Every round is a session: a button that leads to another screen, a key of the
/// keyboard, and the way back, after which all is wiped and the next round begins cold.
void tap(benchmark::State& state) {
    Tapped kiosk;
    if (const auto opened = kiosk.open(); !opened)
        return state.SkipWithError(opened.error().what.c_str());
    Spread pressed, next_screen, letter, back, key_down, back_down;
    for ([[maybe_unused]] auto _ : state) {
        if (!kiosk.tap("welcome.check_in", pressed, next_screen))
            return state.SkipWithError("there is no welcome.check_in");
        double all = kiosk.last();
        if (!kiosk.tap("key.m", key_down, letter))
            return state.SkipWithError("there is no key.m");
        all += kiosk.last();
        if (!kiosk.tap("common.back", back_down, back))
            return state.SkipWithError("there is no common.back");
        state.SetIterationTime(all + kiosk.last());
        if (kiosk.shown() != "Welcome")
            return state.SkipWithError("common.back does not lead to Welcome");
    }
    pressed.report(state, "button_pressed_");
    next_screen.report(state, "next_screen_");
    key_down.report(state, "key_pressed_");
    letter.report(state, "letter_");
    back.report(state, "wiped_and_back_");
}

}  // namespace

void add_tap() {
    benchmark::RegisterBenchmark("tap", tap)
        ->UseManualTime()
        ->Iterations(is_quick() ? 2 : 300)
        ->Unit(benchmark::kMillisecond);
}

}  // namespace foyer
