#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/log.h"
#include "tests/sim/simulation.h"

namespace {

constexpr const char* usage =
    "foyer_sim [--from SEED] [--seeds N] [--history] [--verbose] [--break WHAT]\n"
    "  Runs N seeds (1) from SEED (1) on. What fails is run again and its history is\n"
    "  printed. --history: of every seed. --verbose: a line a seed. --break: the "
    "server\n"
    "  lies about \"stale\", \"conditional\" or \"atomic\".\n";

/// Histories are long; the first ones are what is read.
constexpr std::uint64_t most_told = 2;

}  // namespace

int main(int count, char** arguments) {
    std::uint64_t from = 1, seeds = 1;
    bool history = false, verbose = false;
    foyer::FakeFhir::Broken broken;
    for (int i = 1; i < count; ++i) {
        const std::string_view option = arguments[i];
        const auto number = [&] {
            return i + 1 < count ? std::strtoull(arguments[++i], nullptr, 10) : 0;
        };
        if (option == "--from")
            from = number();
        else if (option == "--seeds")
            seeds = number();
        else if (option == "--history")
            history = true;
        else if (option == "--verbose")
            verbose = true;
        else if (option == "--break" && i + 1 < count) {
            const std::string_view what = arguments[++i];
            broken.lies = true;
            broken.refuses_stale = what != "stale";
            broken.conditional_create = what != "conditional";
            broken.atomic = what != "atomic";
        } else {
            std::fputs(usage, stderr);
            return 2;
        }
    }
    // The history says more.
    foyer::start_log(foyer::LogLevel::error, [](std::string_view) {});
    const auto scratch = foyer::sim::scratch_directory();
    const auto begun = std::chrono::steady_clock::now();
    foyer::sim::World::Counts all;
    std::uint64_t failed = 0;
    for (std::uint64_t seed = from; seed < from + seeds; ++seed) {
        auto report = foyer::sim::simulate(seed, scratch, history, broken);
        all.requests += report.counts.requests;
        all.lost += report.counts.lost;
        all.crashes += report.counts.crashes;
        all.acts += report.counts.acts;
        all.refused += report.counts.refused;
        all.conflicts += report.counts.conflicts;
        all.nested += report.counts.nested;
        if (verbose)
            std::printf("seed %llu: %lld requests, %lld acts, %lld crashes, %016llx\n",
                        static_cast<unsigned long long>(seed),
                        static_cast<long long>(report.counts.requests),
                        static_cast<long long>(report.counts.acts),
                        static_cast<long long>(report.counts.crashes),
                        static_cast<unsigned long long>(report.fingerprint));
        if (!report.wrong.empty()) {
            ++failed;
            if (!history && failed <= most_told)
                report.history =
                    foyer::sim::simulate(seed, scratch, true, broken).history;
            if (failed <= most_told) std::fputs(report.history.c_str(), stdout);
            std::printf("seed %llu does not hold:\n",
                        static_cast<unsigned long long>(seed));
            for (const std::string& line : report.wrong)
                std::printf("  %s\n", line.c_str());
            std::fflush(stdout);
        } else if (history) {
            std::fputs(report.history.c_str(), stdout);
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(scratch, ignored);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    std::printf(
        "%llu seeds in %.1f s, %llu failed: %lld acts, %lld requests (%lld unanswered, "
        "%lld conflicts, %lld Bundles refused by chance, %lld interleaved), %lld power "
        "cuts\n",
        static_cast<unsigned long long>(seeds), seconds,
        static_cast<unsigned long long>(failed), static_cast<long long>(all.acts),
        static_cast<long long>(all.requests), static_cast<long long>(all.lost),
        static_cast<long long>(all.conflicts), static_cast<long long>(all.refused),
        static_cast<long long>(all.nested), static_cast<long long>(all.crashes));
    return failed == 0 ? 0 : 1;
}
