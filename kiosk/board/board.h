#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"
#include "sync/records/site_records.h"

namespace foyer {

/// Somebody is asked to come in.
struct BoardCall {
    CallName name;
    std::string place;  ///< where to go, as the clinic writes it; may be empty
    Instant at{};
    bool operator==(const BoardCall&) const = default;
};

/// What the lobby's board shows: call names and where to go, newest first, and nothing
/// else of anybody (domain.md W16, sync/site/README.md). Pure: time is passed in.
class Board {
public:
    /// Long enough to come back from the restroom.
    static constexpr std::chrono::minutes shown_for{10};
    /// The newest call stands out for so long.
    static constexpr std::chrono::seconds new_for{30};
    /// What can be read from the end of a lobby on one screen.
    static constexpr std::size_t rows = 4;

    /// Takes what came over the site's network. True when somebody is called who was
    /// not before, or once more, or elsewhere: time for the chime. Whatever is no call,
    /// names nobody, is older than `shown_for` or from a clock far ahead: false.
    bool hear(const HeardUnit& heard, Instant now);
    /// What is to be shown now.
    std::vector<BoardCall> calls(Instant now) const;
    /// When that changes by itself next; none if it does not.
    std::optional<Instant> changes_at(Instant now) const;

private:
    std::vector<BoardCall> calls_;  ///< newest first, one a name
};

}  // namespace foyer
