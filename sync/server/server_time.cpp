#include "sync/server/server_time.h"

#include <algorithm>

namespace foyer {

using std::chrono::milliseconds;

namespace {

/// Quartz of both sides together: what one clock gains on the other in a day is under
/// 10 s.
constexpr int parts_per_million = 100;

}  // namespace

void ServerTime::saw(Instant date, milliseconds asked, milliseconds answered) {
    if (answered < asked) return;
    const Span seen{date - answered, date + milliseconds(999) - asked};
    if (span_) {
        const auto widened = milliseconds(
            (answered - last_).count() * parts_per_million / 1'000'000 + 1);
        span_->earliest = std::max(span_->earliest - widened, seen.earliest);
        span_->latest = std::min(span_->latest + widened, seen.latest);
    }
    last_ = answered;
    // No common moment: one of the clocks has been set.
    if (!span_ || span_->earliest > span_->latest) span_ = seen;
}

std::optional<Instant> ServerTime::at(milliseconds elapsed) const {
    if (!span_) return std::nullopt;
    return span_->earliest + (span_->latest - span_->earliest) / 2 + elapsed;
}

}  // namespace foyer
