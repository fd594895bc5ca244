#include <benchmark/benchmark.h>
#include <map>
#include <memory>
#include <random>

#include "tests/bench/benches.h"
#include "tests/bench/clinics.h"
#include "tests/bench/spread.h"

namespace foyer {
namespace {

/// What a patient's name and birth date cost, from the tap to all that the next screen
/// shows. The pages read are in the operating system's cache after the warm-up.
Result<std::size_t> find(Store& store, const Patient& typed) {
    std::size_t visits = 0;
    const auto who = store.index_of(typed.family, typed.born.value());
    const auto behind = TRY(store.patients_behind(who));
    for (const auto& alias : behind) {
        visits += TRY(store.visits_on(bench_today(), alias)).size();
        benchmark::DoNotOptimize(TRY(store.patient(alias)));
    }
    return visits;
}

void find_me(benchmark::State& state) {
    const auto patients = std::size_t(state.range(0));
    auto store = kept_clinic(patients);
    if (!store) return state.SkipWithError(store.error().what.c_str());

    std::mt19937_64 random(1);
    const auto anybody = [&] { return made_up(random() % patients); };
    for (int warm = 0; warm < 1000; ++warm) {
        const auto found = find(*store, anybody());
        if (!found) return state.SkipWithError(found.error().what.c_str());
        if (*found == 0) return state.SkipWithError("somebody is not found");
    }

    Spread spread;
    for ([[maybe_unused]] auto _ : state) {
        const auto typed = anybody();
        state.SetIterationTime(spread.time([&] {
            auto found = find(*store, typed);
            benchmark::DoNotOptimize(found);
        }));
    }
    spread.report(state);
}

}  // namespace

void add_finding() {
    auto* bench = benchmark::RegisterBenchmark("find_me", find_me);
    bench->Arg(1000);
    if (!is_quick()) bench->Arg(10'000)->Arg(100'000);
    bench->UseManualTime()->Unit(benchmark::kMicrosecond);
}

}  // namespace foyer
