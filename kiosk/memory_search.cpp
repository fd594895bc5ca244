#include "kiosk/memory_search.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace foyer {

namespace {

/// One chunk of the search is read here, so the search finds no copies of its own
/// making.
std::vector<char>& window() {
    static std::vector<char> bytes(1 << 20);
    return bytes;
}

/// The bytes, each inverted: what is searched for must not stand in the searcher's
/// memory.
std::string turned_round(std::string_view hex) {
    std::string turned;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned byte = 0;
        const auto [end, failed] =
            std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        if (failed != std::errc{} || end != hex.data() + i + 2) return {};
        turned.push_back(char(~byte));
    }
    return turned;
}

}  // namespace

Result<std::int64_t> times_in_memory(std::string_view hex) {
    const auto turned = turned_round(hex);
    if (turned.size() < 4)
        return fail(Error::Code::bad_input, "too short to search for");
    const auto matches = [&](const char* at) {
        for (std::size_t i = 0; i < turned.size(); ++i)
            if (char(~turned[i]) != at[i]) return false;
        return true;
    };

    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    if (memory < 0) return fail(Error::Code::refused, "/proc/self/mem cannot be read");
    auto& chunk = window();
    std::int64_t found = 0;
    std::ifstream maps("/proc/self/maps");
    std::string line;
    while (std::getline(maps, line)) {
        unsigned long long begin = 0, end = 0;
        char dash = 0;
        std::string rights;
        std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
        if (rights.size() < 2 || rights[0] != 'r' || rights[1] != 'w') continue;
        for (auto at = begin; at < end;) {
            const auto want = std::min<unsigned long long>(chunk.size(), end - at);
            const auto got = ::pread(memory, chunk.data(), want, off_t(at));
            if (got <= std::ptrdiff_t(turned.size())) break;
            const auto* here = reinterpret_cast<const char*>(at);
            const bool own = here <= chunk.data() && chunk.data() < here + got;
            for (std::ptrdiff_t i = 0; i + std::ptrdiff_t(turned.size()) <= got && !own;
                 ++i)
                if (matches(chunk.data() + i)) ++found;
            at += (unsigned long long)(got)-turned.size() + 1;
            if (got < std::ptrdiff_t(want)) break;
        }
    }
    ::close(memory);
    std::ranges::fill(chunk, '\0');
    return found;
}

}  // namespace foyer
