#pragma once

#include <chrono>
#include <optional>

#include "platform/clock.h"

namespace foyer {

/// What the server's clock shows, worked out from Date headers, which know no more than
/// whole seconds: each says that the server's time lay in that second at some moment
/// between our request and its answer. What all of them allow is a span that narrows.
///
/// Counted by Clock::elapsed, so that our own time of day may jump without moving it.
class ServerTime {
public:
    /// An answer with this Date, asked for and received at these times of elapsed().
    void saw(Instant date, std::chrono::milliseconds asked,
             std::chrono::milliseconds answered);

    /// The server's time when elapsed() is this; none before the first Date.
    std::optional<Instant> at(std::chrono::milliseconds elapsed) const;

private:
    /// The server's time less elapsed(): earliest and latest that is possible.
    struct Span {
        Instant earliest, latest;
    };
    std::optional<Span> span_;
    std::chrono::milliseconds last_{};
};

}  // namespace foyer
