#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "kiosk/assets.h"
#include "kiosk/ui/words.h"
#include "platform/harden.h"
#include "tests/bench/benches.h"
#include "tests/bench/clinics.h"

int main(int argc, char** argv) {
    // As the program does: its allocator keeps nothing and is slower for it.
    if (!foyer::harden_process(argv))
        std::fputs("foyer_bench: could not be hardened; its times are too good\n",
                   stderr);
    setenv("FOYER_ASSETS", FOYER_BINARY_DIR "/share/foyer", 0);
    if (const auto words = foyer::open_translations(foyer::asset("locale").string());
        !words) {
        std::fprintf(stderr, "foyer_bench: %s\n", words.error().what.c_str());
        return 1;
    }
    std::filesystem::create_directories(foyer::bench_data());
    foyer::add_frames();
    foyer::add_tap();
    foyer::add_finding();
    foyer::add_check_in();
    foyer::add_fhirpath();
    foyer::add_forms();
    foyer::add_ledger();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
