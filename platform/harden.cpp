#include "platform/harden.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

namespace foyer {

namespace {

constexpr const char* kMark = "FOYER_HARDENED";
/// Freed bytes become the complement of this; any value but 0 will do.
constexpr int kPerturb = 0xA5;
constexpr const char* kTunables =
    "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165";

std::string with_ours(const char* present) {
    return present && *present ? std::string(present) + ":" + kTunables : kTunables;
}

}  // namespace

void harden_this_life() {
    mallopt(M_PERTURB, kPerturb);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool harden_process(char** argv) {
    if (const char* mark = std::getenv(kMark)) {
        // Children start their own life: they are not marked.
        const bool whole = std::strcmp(mark, "1") == 0;
        unsetenv(kMark);
        harden_this_life();
        return whole;
    }
    setenv("GLIBC_TUNABLES", with_ours(std::getenv("GLIBC_TUNABLES")).c_str(), 1);
    setenv("G_SLICE", "always-malloc", 1);
    setenv(kMark, "1", 1);
    // By its real path, so that the process keeps its name.
    std::array<char, 4096> path{};
    if (readlink("/proc/self/exe", path.data(), path.size() - 1) > 0)
        execv(path.data(), argv);
    unsetenv(kMark);
    harden_this_life();
    return false;
}

}  // namespace foyer
