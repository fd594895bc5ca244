#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kiosk/assets.h"
#include "kiosk/ui/words.h"
#include "platform/harden.h"
#include "platform/log.h"
#include "tests/bench/clinics.h"
#include "tests/bench/sync/modes.h"

/// sync_bench MODE BASE COUNT: one benchmark of modes.h against a real server; what it
/// comes to is printed as JSON. sync.py starts the servers and runs all.
int main(int argc, char** argv) {
    using namespace foyer;
    // As the program does: its allocator keeps nothing and is slower for it.
    if (!harden_process(argv))
        std::fputs("sync_bench: could not be hardened; its times are too good\n",
                   stderr);
    start_log(LogLevel::error);
    setenv("FOYER_ASSETS", FOYER_BINARY_DIR "/share/foyer", 0);
    if (const auto words = open_translations(asset("locale").string()); !words) {
        std::fprintf(stderr, "sync_bench: %s\n", words.error().what.c_str());
        return 1;
    }
    const std::string mode = argc == 4 ? argv[1] : "";
    const auto measure = mode == "drain"       ? bench::drain
                         : mode == "pull"      ? bench::pull
                         : mode == "meanwhile" ? bench::meanwhile
                         : mode == "arrivals"  ? bench::arrivals
                                               : nullptr;
    if (measure == nullptr || std::atoi(argv[3]) <= 0) {
        std::fputs("usage: sync_bench drain|pull|meanwhile|arrivals BASE COUNT\n",
                   stderr);
        return 2;
    }
    std::filesystem::create_directories(bench_data());
    std::cout << measure(argv[2], "bench" + mode, std::atoi(argv[3])).dump(2) << '\n';
}
