#include <benchmark/benchmark.h>

#include "kiosk/samples.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/paint.h"
#include "platform/window.h"
#include "tests/bench/benches.h"
#include "tests/bench/spread.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// A screen as it stands before a patient: what it is drawn with, warm.
class Standing {
public:
    Standing(const Sample& sample, const Comfort& comfort) : sample_(sample) {
        scene_.screen = int(sample.screen.index());
        scene_.comfort = comfort;
        scene_.clinic = "Sycamore Outpatient";
        scene_.now = {
            Date{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}},
            9h + 41min};
        scene_.languages = {"en", "es"};
        scene_.seconds_left = sample.seconds_left;
        for (int frame = 0; frame < 4; ++frame) {
            build();
            draw();
        }
    }

    /// The screen's function, measuring and placing: what any change costs.
    void build() {
        ui_.begin(scene_);
        benchmark::DoNotOptimize(show(sample_.screen, ui_));
        ui_.end();
    }
    /// The whole picture painted into memory; not read, turned or sent to a panel.
    void draw() {
        painter_.paint(ui_.shown_for_painting(), ui_.setting());
        text_.next_frame();
    }

private:
    const Sample& sample_;
    Scene scene_;
    std::unique_ptr<Window> canvas_ =
        Window::in_memory(scene_.display.width, scene_.display.height).value();
    TextEngine text_{*canvas_};
    Painter painter_{*canvas_};
    Ui ui_{text_};
};

void build(benchmark::State& state, const Sample& sample, const Comfort& comfort) {
    Standing standing(sample, comfort);
    Spread spread;
    for ([[maybe_unused]] auto _ : state)
        state.SetIterationTime(spread.time([&] { standing.build(); }));
    spread.report(state);
}

void draw(benchmark::State& state, const Sample& sample, const Comfort& comfort) {
    Standing standing(sample, comfort);
    Spread spread;
    for ([[maybe_unused]] auto _ : state)
        state.SetIterationTime(spread.time([&] { standing.draw(); }));
    spread.report(state);
}

}  // namespace

void add_frames() {
    static const auto all = samples();
    static const Comfort usual;
    static const Comfort longest = [] {
        Comfort comfort;
        comfort.language = "es";
        comfort.text = TextSize::largest;
        return comfort;
    }();
    const auto add = [](const char* what, const Sample& sample, const Comfort& comfort,
                        auto&& measure) {
        benchmark::RegisterBenchmark(
            (std::string(what) + "/" + sample.name).c_str(),
            [&, measure](benchmark::State& state) { measure(state, sample, comfort); })
            ->UseManualTime()
            ->Unit(benchmark::kMicrosecond);
    };
    for (const auto& sample : all) {
        add("build", sample, usual, build);
        add("build_es_largest", sample, longest, build);
        add("draw", sample, usual, draw);
    }
}

}  // namespace foyer
