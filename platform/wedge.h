#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace foyer {

/// Tells a scanner that types through the keyboard ("wedge") from a person who types.
/// Pure: times are given, from any steady clock, and never go back.
///
/// A scanner types without a breath: 8 characters or more, no gap longer than 35 ms,
/// then Enter. A person does not; what a person types comes out as typed, at most 35 ms
/// late. A burst that breaks off without Enter is a scan too (half a code), 100 ms
/// later.
class Wedge {
public:
    using Time = std::chrono::milliseconds;
    static constexpr Time kScannersGap{35};
    static constexpr Time kPause{100};
    static constexpr std::size_t kShortestScan = 8;
    static constexpr std::size_t kLongest = 512;  ///< as in ScanAssembler

    struct Output {
        enum class Kind { typed, enter, scan };
        Kind kind;
        std::string text;  ///< UTF-8; empty for enter
    };

    /// One SDL_TEXTINPUT. More than one character at once comes from an input method or
    /// a paste, never from a scanner.
    void text(std::string_view utf8, Time at);
    void enter(Time at);

    /// Decides what is held back if its time has passed by `now`.
    void passed(Time now);
    /// When passed() is wanted; nothing while nothing is held back.
    std::optional<Time> due() const;

    /// The next thing for the screen, in the order it came.
    std::optional<Output> take();

private:
    bool is_burst() const { return held_.size() >= kShortestScan; }
    void release(Output::Kind kind);
    std::string held_;
    Time last_{0};
    std::deque<Output> out_;
};

}  // namespace foyer
