#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"
#include "sync/records/site_records.h"

namespace foyer {

/// One thing that a device of the site says to another: a frame of JSON. Who says it is
/// known from its key, not from the message.
struct SiteMessage {
    enum class Kind {
        beat,     ///< I am here
        unit,     ///< something happened
        got,      ///< your unit is in my records
        shown,    ///< a person here has your unit before them
        refused,  ///< I do not take your unit
        done,     ///< the server has this unit
    } kind = Kind::beat;

    /// Of one start of the sender: random. Within it `number` only goes up, so that
    /// nothing counts that is said again.
    std::uint64_t epoch = 0, number = 0;

    // Of a beat.
    int device_index = -1;
    bool attended = false;  ///< a desk: somebody is there to see what comes
    /// A kiosk: up to when all that happened at it is at the server. Devices of an
    /// earlier version do not say.
    std::optional<Instant> synced;

    // Of all others.
    SiteUnit unit;  ///< but for `unit`, only its `ref`
    SiteRefusal why = SiteRefusal::old;
};

/// No message is longer. An arrival is 500 bytes; a safety unit with a long answer 4
/// kB.
inline constexpr std::size_t longest_message = 32'768;

std::string to_text(const SiteMessage& message);

/// Reads what came over the network. `bad_input`, without a word of what it says, for
/// anything that to_text() does not write.
Result<SiteMessage> site_message(std::string_view text);

}  // namespace foyer
