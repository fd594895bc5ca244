#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "platform/result.h"

namespace foyer {

class Window;

/// Why a wait ended. Several can be true at once; the one listed first is told, so a
/// caller looks at all its sources whatever the answer.
enum class Woken {
    input,       ///< SDL has events: SDL_PollEvent until there are none
    call,        ///< somebody called wake()
    descriptor,  ///< a watched descriptor can be read
    time,        ///< the time has passed
};

/// The main thread's sleep: until there is input, an outcome, or time. The process uses
/// no CPU meanwhile.
///
/// SDL_WaitEventTimeout is not used: on KMSDRM and without a display it looks every
/// millisecond (SDL 2.26), and nowhere can it watch another descriptor. This is one
/// poll() over an eventfd, the watched descriptors and what brings SDL its input: the
/// X11 or Wayland connection, or on KMSDRM our own read-only handles on /dev/input
/// (only to learn that something happened; SDL reads the events from its own), with
/// devices plugged in later.
class EventWait {
public:
    /// Waits for input of `window`, which must outlive this; null or a window in memory
    /// has none. Fails with `busy` when the system has no descriptors left.
    static Result<std::unique_ptr<EventWait>> create(const Window* window);

    ~EventWait();
    EventWait(const EventWait&) = delete;
    EventWait& operator=(const EventWait&) = delete;

    /// Also wakes when `fd` can be read or is closed by the other side. The caller
    /// keeps owning it, reads it, and calls unwatch() before closing it. Main thread.
    void watch(int fd);
    void unwatch(int fd);

    /// Sleeps; without `timeout` for as long as nothing happens. Returns once for any
    /// number of wake() calls before it. Does not sleep while SDL's queue holds an
    /// event or a watched descriptor is not read empty. Main thread.
    Woken wait(std::optional<std::chrono::milliseconds> timeout);

    /// Ends the present wait, or the next one if nobody waits. Any thread; also safe in
    /// a signal handler.
    void wake();

private:
    struct Inside;
    explicit EventWait(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// A descriptor that can be read once SIGTERM, SIGINT or SIGHUP has come, for
/// EventWait::watch; from then on these signals no longer end the process by
/// themselves. Call it before the first thread starts. Closed by the caller. Fails with
/// `busy`.
Result<int> end_signals();

}  // namespace foyer
