// A hardened process that reports what it finds about itself, one line a fact. Started
// by platform_harden_test; built without sanitizers, which have a malloc of their own.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "platform/harden.h"

namespace {

/// How often the pattern 1 2 3 ... 24 stands in this process's heap. The pattern is
/// made as it is compared, so that the search does not find itself.
int patterns_in_heap() {
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    std::FILE* maps = std::fopen("/proc/self/maps", "r");
    std::FILE* memory = std::fopen("/proc/self/mem", "r");
    if (!maps || !memory) return -1;
    char line[512];
    int found = 0;
    while (std::fgets(line, sizeof line, maps)) {
        if (!std::strstr(line, "[heap]")) continue;
        unsigned long begin = 0;
        unsigned long end = 0;
        std::sscanf(line, "%lx-%lx", &begin, &end);
        std::fseek(memory, static_cast<long>(begin), SEEK_SET);
        int run = 0;
        for (unsigned long at = begin; at < end; ++at) {
            const int byte = std::fgetc(memory);
            run = byte == run + 1 ? run + 1 : byte == 1 ? 1 : 0;
            if (run == 24) ++found;
        }
    }
    std::fclose(maps);
    std::fclose(memory);
    return found;
}

}  // namespace

int main(int argc, char** argv) {
    const char* first = std::getenv("FOYER_TEST_WITHOUT");
    const bool whole = first ? false : foyer::harden_process(argv);
    rlimit core{1, 1};
    getrlimit(RLIMIT_CORE, &core);
    const char* slice = std::getenv("G_SLICE");
    std::printf("whole %d\n", whole);
    std::printf("dumpable %d\n", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    std::printf("core %lu\n", static_cast<unsigned long>(core.rlim_cur));
    std::printf("slice %s\n", slice ? slice : "-");
    std::printf("marked %d\n", std::getenv("FOYER_HARDENED") != nullptr);
    std::printf("arguments %d %s\n", argc, argc > 1 ? argv[1] : "-");

    auto* volatile block = static_cast<unsigned char*>(std::malloc(128));
    // Behind the links that malloc itself writes at the start of a free block.
    for (int i = 0; i < 64; ++i) block[i + 32] = static_cast<unsigned char>(i + 1);
    std::free(block);
    std::printf("left %d\n", patterns_in_heap());
}
