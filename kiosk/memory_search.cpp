#include "kiosk/memory_search.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
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

/// A sanitizer's own map of memory: terabytes of flags, never anybody's bytes.
constexpr unsigned long long too_large_for_a_heap = 1ULL << 40;

/// Copies this process's own memory, which even an undumpable process may do; answers
/// how many bytes there were.
std::size_t peek(unsigned long long at, std::vector<char>& into, std::size_t want) {
    iovec here{into.data(), want};
    iovec there{reinterpret_cast<void*>(at), want};
    const auto got = ::process_vm_readv(::getpid(), &here, 1, &there, 1, 0);
    return got < 0 ? 0 : std::size_t(got);
}

}  // namespace

Result<std::int64_t> times_in_memory(std::string_view hex) {
    const auto turned = turned_round(hex);
    if (turned.size() < 4)
        return fail(Error::Code::bad_input, "too short to search for");
    const auto length = turned.size();
    const auto matches = [&](const char* at) {
        for (std::size_t i = 1; i < length; ++i)
            if (char(~turned[i]) != at[i]) return false;
        return true;
    };

    auto& chunk = window();
    std::int64_t found = 0;
    bool looked = false;
    std::ifstream maps("/proc/self/maps");
    std::string line;
    while (std::getline(maps, line)) {
        unsigned long long begin = 0, end = 0;
        char dash = 0;
        std::string rights;
        std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
        if (rights.size() < 2 || rights[0] != 'r' || rights[1] != 'w') continue;
        if (end - begin >= too_large_for_a_heap) continue;
        const auto own = reinterpret_cast<unsigned long long>(chunk.data());
        for (auto at = begin; at < end;) {
            // Chunks overlap so that nothing is missed between two.
            auto want = std::min<unsigned long long>(chunk.size(), end - at);
            // What was read last lies in our window.
            if (at < own && own < at + want) want = own - at;
            if (own <= at && at < own + chunk.size()) {
                at = own + chunk.size();
                continue;
            }
            const auto got = peek(at, chunk, want);
            looked = looked || got > 0;
            const char* const last =
                chunk.data() + (got < length ? 0 : got - length + 1);
            for (const char* here = chunk.data(); here < last; ++here) {
                here = static_cast<const char*>(
                    std::memchr(here, char(~turned[0]), std::size_t(last - here)));
                if (here == nullptr) break;
                if (matches(here)) ++found;
            }
            const bool more =
                at + want < end && got == want && want >= length && at + want != own;
            at += more ? want - length + 1 : want;
        }
    }
    std::ranges::fill(chunk, '\0');
    if (!looked) return fail(Error::Code::refused, "our own memory cannot be read");
    return found;
}

}  // namespace foyer
