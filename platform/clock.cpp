#include "platform/clock.h"

namespace foyer {

namespace {

std::chrono::milliseconds since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begun);
}

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::elapsed() const {
    return since(std::chrono::steady_clock::time_point{});
}

void CorrectedClock::correct(std::chrono::milliseconds ahead) {
    if (std::chrono::abs(ahead - ahead_.load()) >= std::chrono::seconds(2))
        ahead_ = ahead;
}

OffsetClock::OffsetClock(Instant start)
    : start_(start), begun_(std::chrono::steady_clock::now()) {}

Instant OffsetClock::now() const {
    return start_ + since(begun_);
}

std::chrono::milliseconds OffsetClock::elapsed() const {
    return since(begun_);
}

Instant ManualClock::now() const {
    const std::lock_guard lock(mutex_);
    return now_;
}

std::chrono::milliseconds ManualClock::elapsed() const {
    const std::lock_guard lock(mutex_);
    return elapsed_;
}

void ManualClock::advance(std::chrono::milliseconds by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
    elapsed_ += by;
}

void ManualClock::set(Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
}

}  // namespace foyer
