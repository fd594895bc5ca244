#include "sync/fhir/demo_clinic.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::minutes;

/// "+7 10:00" from left to right.
class Words {
public:
    explicit Words(std::string_view text) : rest_(text) {}

    bool accept(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    /// A signed number: "+20", "-1".
    std::optional<int> offset() {
        const bool minus = accept("-");
        if (!minus && !accept("+")) return std::nullopt;
        const auto value = number();
        return value && minus ? -*value : value;
    }
    std::optional<int> number() {
        int value = 0;
        const auto [end, error] =
            std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        constexpr int most = 10'000;  // a week in minutes; keeps sums small
        if (error != std::errc() || value < 0 || value > most) return std::nullopt;
        rest_.remove_prefix(std::size_t(end - rest_.data()));
        return value;
    }
    bool done() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

std::optional<std::string> day_or_time(Words words, Date today, const SiteTime& time) {
    const auto ahead = words.offset();
    if (!ahead) return std::nullopt;
    const Date day = std::chrono::sys_days(today) + days(*ahead);
    if (words.done()) return format_date(day);
    if (!words.accept(" ")) return std::nullopt;
    const auto hour = words.number();
    if (!hour || *hour > 23 || !words.accept(":")) return std::nullopt;
    const auto minute = words.number();
    if (!minute || *minute > 59 || !words.done()) return std::nullopt;
    return format_instant(time.at(day, minutes(*hour * 60 + *minute)));
}

std::optional<std::string> soon(Words words, Instant now, const SiteTime& time) {
    const auto ahead = words.offset();
    if (!ahead || !words.done()) return std::nullopt;
    constexpr minutes step{5};
    const auto wanted = now + minutes(*ahead);
    auto rounded = std::chrono::floor<minutes>(wanted);
    while (rounded < wanted || rounded.time_since_epoch() % step != minutes(0))
        rounded += minutes(1);
    const auto last = time.at(time.day_of(now), std::chrono::hours(24) - step);
    return format_instant(std::min<Instant>(rounded, last));
}

}  // namespace

Result<std::string> render_demo(std::string_view text, Instant now,
                                const SiteTime& time) {
    const Date today = time.day_of(now);
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    while (true) {
        const auto open = text.find("{{", at);
        if (open == text.npos) return out += text.substr(at);
        out += text.substr(at, open - at);
        const auto close = text.find("}}", open);
        std::optional<std::string> value;
        if (close != text.npos) {
            Words words(text.substr(open + 2, close - open - 2));
            if (words.accept("today")) {
                value = day_or_time(words, today, time);
            } else if (words.accept("now")) {
                value = soon(words, now, time);
            }
        }
        if (!value) {
            const auto line = std::count(text.begin(), text.begin() + open, '\n') + 1;
            return fail(Error::Code::bad_input,
                        "line " + std::to_string(line) +
                            ": {{...}} is neither a day nor a time, as in "
                            "{{today+1 10:00}} or {{now+20}}");
        }
        out += *value;
        at = close + 2;
    }
}

}  // namespace foyer
