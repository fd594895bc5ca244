#pragma once

#include <optional>
#include <string>

#include "platform/clock.h"

namespace foyer {

/// One search that is read page by page, oldest change first.
///
/// A link into a result that the server keeps (HAPI's `_getpages`) is followed. One
/// that counts off a live result (Medplum's `_offset`) slips when somebody changes a
/// resource between two pages: there the next page is the same search from the last
/// time seen on
/// (`_lastUpdated=ge...`), and its link is followed only where a whole page has one and
/// the same time, or the server does not sort.
struct Reading {
    std::string type;   ///< "Appointment"
    std::string query;  ///< "Appointment?location=...": without time, order, page size
    std::optional<Instant> start = {};  ///< where it began; none: from the beginning
    std::optional<Instant> from = {};   ///< where the next page begins
    std::string next = {};              ///< the link to follow instead, or empty
    Instant latest{};                   ///< greatest lastUpdated seen
    bool sorted = true;                 ///< so far
    int restarts = 0;                   ///< because a link was forgotten

    bool operator==(const Reading&) const = default;
};

/// What a page says of how to go on.
struct PageEnd {
    std::string next = {};  ///< its link; empty: nothing follows
    std::optional<Instant> latest = {};
    bool sorted = true;
};

/// Moves on by one page; false when that was the last.
bool advance(Reading& reading, const PageEnd& page);

/// The link leads nowhere any more: again from the last time seen, or if pages were not
/// in order from where it began. False after some times: the server forgets faster than
/// we read.
bool restart(Reading& reading);

}  // namespace foyer
