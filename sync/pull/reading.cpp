#include "sync/pull/reading.h"

#include <algorithm>

namespace foyer {

namespace {

constexpr int most_restarts = 3;

/// Whether the server has set the result aside, so that its pages cannot slip: HAPI
/// does, and a new search for each page would cost it five times as much.
bool is_kept(const std::string& link) {
    return link.find("_getpages=") != link.npos;
}

}  // namespace

bool advance(Reading& reading, const PageEnd& page) {
    reading.sorted = reading.sorted && page.sorted &&
                     (!page.latest || *page.latest >= reading.latest);
    if (page.latest) reading.latest = std::max(reading.latest, *page.latest);
    if (page.next.empty()) return false;
    const bool on_by_time = !is_kept(page.next) && reading.sorted && page.latest &&
                            (!reading.from || *page.latest > *reading.from);
    if (on_by_time) {
        reading.from = page.latest;
        reading.next.clear();
    } else {
        reading.next = page.next;
    }
    return true;
}

bool restart(Reading& reading) {
    if (++reading.restarts > most_restarts) return false;
    reading.next.clear();
    // What came in order need not come again.
    reading.from =
        reading.sorted && reading.latest > Instant{} ? reading.latest : reading.start;
    reading.latest = {};
    reading.sorted = true;
    return true;
}

}  // namespace foyer
