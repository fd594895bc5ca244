#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

namespace foyer {

/// A point in time, in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// A day on the site's calendar. Which day it is depends on the site's time zone:
/// `sync/clinic/site_time.h`.
using Date = std::chrono::year_month_day;

/// Where time comes from. Passed in everywhere, so that a story can wait ten minutes at
/// once. All functions may be called from any thread.
class Clock {
public:
    virtual ~Clock() = default;

    /// The time of day, as the machine believes it. Can jump, also backwards.
    virtual Instant now() const = 0;

    /// Time that only goes forward, from an arbitrary start. For timers.
    virtual std::chrono::milliseconds elapsed() const = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
public:
    Instant now() const override;
    std::chrono::milliseconds elapsed() const override;
};

/// Another clock put right by what a server says of the time (sync.md decision 9).
/// Thread-safe. Timers are not touched.
class CorrectedClock final : public Clock {
public:
    /// `inner` outlives it.
    explicit CorrectedClock(const Clock& inner) : inner_(inner) {}
    Instant now() const override { return inner_.now() + ahead_.load(); }
    std::chrono::milliseconds elapsed() const override { return inner_.elapsed(); }

    /// The true time is so far ahead of the inner clock. Differences under two seconds
    /// are left alone: a Date header knows no more.
    void correct(std::chrono::milliseconds ahead);

private:
    const Clock& inner_;
    std::atomic<std::chrono::milliseconds> ahead_{std::chrono::milliseconds{0}};
};

/// Runs at the machine's pace from a chosen start (`--now`).
class OffsetClock final : public Clock {
public:
    explicit OffsetClock(Instant start);
    Instant now() const override;
    std::chrono::milliseconds elapsed() const override;

private:
    Instant start_;
    std::chrono::steady_clock::time_point begun_;
};

/// Stands still until told to move. Thread-safe.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : now_(start) {}
    Instant now() const override;
    std::chrono::milliseconds elapsed() const override;

    /// Moves both the time of day and the timers forward.
    void advance(std::chrono::milliseconds by);
    /// Moves the time of day only, as a person or a time server does.
    void set(Instant now);

private:
    mutable std::mutex mutex_;
    Instant now_;
    std::chrono::milliseconds elapsed_{0};
};

}  // namespace foyer
