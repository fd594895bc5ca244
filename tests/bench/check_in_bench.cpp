#include <benchmark/benchmark.h>
#include <filesystem>
#include <optional>

#include "tests/bench/benches.h"
#include "tests/bench/clinics.h"
#include "tests/bench/mirror.h"
#include "tests/bench/spread.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

/// A clinic in a directory that goes with the benchmark.
struct Throwaway {
    fs::path directory = bench_data() / "check-in";
    Throwaway() { fs::remove_all(directory); }
    ~Throwaway() { fs::remove_all(directory); }
    Throwaway(const Throwaway&) = delete;
    Throwaway& operator=(const Throwaway&) = delete;
};

Result<std::vector<Alias>> todays_visits(Store& store, std::size_t patients) {
    std::vector<Alias> visits;
    for (std::size_t number = 0; number < patients; ++number)
        visits.push_back(TRY(store.visit_of(made_up_visit(number), "")).id);
    return visits;
}

/// Check-ins by Foyer and, turn and turn about, the rows of each written once more by
/// SQLite alone into another file on the same disk. Foyer's time is all of
/// Store::check_in(): what it reads, seals, chains and writes.
void check_in(benchmark::State& state) {
    // One more each way: the first is not counted.
    const auto patients = std::size_t(state.max_iterations) + 1;
    const Throwaway place;
    auto store = open_bench_store(place.directory);
    std::optional<Error> failed;
    if (store) {
        if (const auto filled = fill(*store, patients); !filled)
            failed = filled.error();
    } else {
        failed = store.error();
    }
    if (failed) return state.SkipWithError(failed->what.c_str());
    {
        // Closed, so that the copy is whole.
        const Store closed = *std::move(store);
    }
    Mirror mirror(place.directory / "foyer.db", place.directory / "bare.db");
    store = open_bench_store(place.directory);
    if (!store) return state.SkipWithError(store.error().what.c_str());
    const auto visits = todays_visits(*store, patients);
    if (!visits) return state.SkipWithError(visits.error().what.c_str());

    const auto by_foyer = [&](std::size_t number) {
        const auto done = store->check_in(
            {{(*visits)[number]}, {}, bench_now(), ClockQuality::trusted});
        if (!done) failed = done.error();
    };
    by_foyer(0);
    mirror.remember();

    // Foyer is one check-in ahead, so that either may come first; they take turns.
    Spread ours, bare;
    std::size_t number = 1;
    for ([[maybe_unused]] auto _ : state) {
        double took = 0;
        const auto foyer = [&] { took = ours.time([&] { by_foyer(number); }); };
        const auto sqlite = [&] { bare.time([&] { mirror.write(); }); };
        if (number % 2 == 0) {
            foyer();
            sqlite();
        } else {
            sqlite();
            foyer();
        }
        mirror.remember();
        ++number;
        state.SetIterationTime(took);
    }
    mirror.write();

    if (failed) return state.SkipWithError(failed->what.c_str());
    if (!mirror.trouble().empty()) return state.SkipWithError(mirror.trouble().c_str());
    if (!mirror.is_equal()) return state.SkipWithError("the rows are not the same");
    ours.report(state);
    bare.report(state, "bare_");
    state.counters["ratio_p50"] = ours.at(0.5) / bare.at(0.5);
}

}  // namespace

void add_check_in() {
    benchmark::RegisterBenchmark("check_in", check_in)
        ->UseManualTime()
        ->Iterations(is_quick() ? 40 : 2000)
        ->Unit(benchmark::kMicrosecond);
}

}  // namespace foyer
