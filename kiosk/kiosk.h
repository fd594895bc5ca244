#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/effects.h"
#include "kiosk/screen.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/ui.h"
#include "platform/canvas.h"
#include "platform/clock.h"
#include "platform/input.h"

namespace foyer {

/// One kiosk: the screen, what changes it, and its picture. Knows no window system and
/// no loop; whoever owns it hands in what happened and asks when to be called again.
/// Main thread only.
class Kiosk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the kiosk, as do canvas and effects
        Canvas* canvas = nullptr;
        Effects* effects = nullptr;
        Site site;
        Display display;
        std::function<void()> wake;  ///< any thread: an outcome waits for settle()
    };
    /// Fails with `bad_input` when the site's time zone is unknown.
    static Result<std::unique_ptr<Kiosk>> create(Parts parts);
    ~Kiosk();
    Kiosk(const Kiosk&) = delete;
    Kiosk& operator=(const Kiosk&) = delete;

    /// Something a person did. Close requests are the owner's.
    void input(const Input& input);
    void scanned(std::string text);
    /// The clinic's side has answered something (Exchange::Parts::changed). Any thread.
    void heard_from_clinic();
    /// The picture has to be drawn again whatever changed.
    void expose();

    /// Takes in outcomes that have come and time that has passed. Call after a wake-up.
    void settle();
    /// When settle() is wanted next, as Clock::elapsed(), if nothing else happens.
    std::optional<std::chrono::milliseconds> due() const;
    /// Whether an order is out, or its answer is held back for its time.
    bool working() const;
    /// When an answer that is held back may be shown.
    std::optional<std::chrono::milliseconds> answer_due() const;

    /// More to draw into each picture, with ImGui's own widgets; see Painter::beside().
    void beside(std::function<void()> draw);
    /// Draws if the picture has changed. Answers whether it drew.
    bool draw();

    const Screen& screen() const;
    const Tree& tree() const;
    const Comfort& comfort() const;
    /// Pictures drawn so far.
    long frames() const;

private:
    struct Inside;
    explicit Kiosk(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// A screen's name, for logs and stories ("TodaysVisits").
const char* name(const Screen& screen);

}  // namespace foyer
