#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace foyer {

/// Puts a scanner's keystrokes together into scans. Pure: times are given, from any
/// steady clock, and never go back.
///
/// Enter or Tab ends a scan. So does a pause: what came before it is half a code,
/// handed on as it is, so that the patient hears "please try again" and the next scan
/// starts clean.
class ScanAssembler {
public:
    using Time = std::chrono::milliseconds;

    /// The longest code of any use; a slip's is far shorter. Of longer input the first
    /// 513 characters are kept, so that the receiver sees that it is too long.
    static constexpr std::size_t kLongest = 512;
    /// Scanners leave 1 to 20 ms between keys; nobody continues a code after this.
    static constexpr Time kPause{100};

    void character(char c, Time at);
    /// Enter or Tab. Nothing happens when there were no characters.
    void end(Time at);

    /// Ends the scan if its pause has passed by `now`.
    void passed(Time now);
    /// When passed() is wanted; nothing while no scan is under way.
    std::optional<Time> due() const;

    /// The oldest finished scan.
    std::optional<std::string> take();

private:
    void finish();
    std::string current_;
    Time last_{0};
    std::deque<std::string> finished_;
};

}  // namespace foyer
