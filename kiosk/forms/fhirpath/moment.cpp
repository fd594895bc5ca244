#include "kiosk/forms/fhirpath/moment.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <utility>

namespace foyer::fhirpath {

namespace {

using Precision = Moment::Precision;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;

/// Reads a moment from the left; `ok` once false stays false.
struct Reader {
    std::string_view text;
    bool ok = true;

    bool done() const { return text.empty(); }
    bool skip(char c) {
        if (text.empty() || text.front() != c) return false;
        text.remove_prefix(1);
        return true;
    }
    bool at_digit() const {
        return !text.empty() && text.front() >= '0' && text.front() <= '9';
    }
    int number(std::size_t digits, int lowest, int highest) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (!at_digit()) {
                ok = false;
                return lowest;
            }
            value = value * 10 + (text.front() - '0');
            text.remove_prefix(1);
        }
        if (value < lowest || value > highest) {
            ok = false;
            return lowest;
        }
        return value;
    }
};

std::uint8_t byte(int value) {
    return static_cast<std::uint8_t>(value);
}

std::chrono::year_month_day calendar_day(const Moment& moment) {
    return std::chrono::year{moment.year} / int{moment.month} / int{moment.day};
}

void read_day(Reader& in, Moment& out) {
    out.year = static_cast<std::int16_t>(in.number(4, 1, 9999));
    if (!in.skip('-')) return;
    out.month = byte(in.number(2, 1, 12));
    out.precision = Precision::month;
    if (!in.skip('-')) return;
    out.day = byte(in.number(2, 1, 31));
    out.precision = Precision::day;
    if (!calendar_day(out).ok()) in.ok = false;
}

void read_clock(Reader& in, Moment& out) {
    out.hour = byte(in.number(2, 0, 23));
    out.precision = Precision::hour;
    if (!in.skip(':')) return;
    out.minute = byte(in.number(2, 0, 59));
    out.precision = Precision::minute;
    if (!in.skip(':')) return;
    out.second = byte(in.number(2, 0, 60));  // 60: a leap second
    out.precision = Precision::second;
    if (!in.skip('.')) return;
    if (!in.at_digit()) in.ok = false;
    int value = 0;
    for (int digits = 0; in.at_digit() || digits < 3; ++digits) {
        const int digit = in.at_digit() ? in.text.front() - '0' : 0;
        if (in.at_digit()) in.text.remove_prefix(1);
        if (digits < 3) value = value * 10 + digit;
    }
    out.millisecond = static_cast<std::uint16_t>(value);
    out.precision = Precision::millisecond;
}

void read_offset(Reader& in, Moment& out) {
    if (in.skip('Z')) {
        out.offset = 0;
        return;
    }
    const bool west = !in.text.empty() && in.text.front() == '-';
    if (!west && (in.text.empty() || in.text.front() != '+')) return;
    in.text.remove_prefix(1);
    const int hours = in.number(2, 0, 14);
    if (!in.skip(':')) in.ok = false;
    const int minutes = hours * 60 + in.number(2, 0, 59);
    if (minutes > 14 * 60) in.ok = false;
    out.offset = static_cast<std::int16_t>(west ? -minutes : minutes);
}

void put(std::string& out, int value, int digits) {
    std::array<char, 8> text{};
    for (int i = digits; i-- > 0; value /= 10)
        text[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    out.append(text.data(), static_cast<std::size_t>(digits));
}

void put_clock(std::string& out, const Moment& moment) {
    put(out, moment.hour, 2);
    if (moment.precision < Precision::minute) return;
    out += ':';
    put(out, moment.minute, 2);
    if (moment.precision < Precision::second) return;
    out += ':';
    put(out, moment.second, 2);
    if (moment.precision < Precision::millisecond) return;
    out += '.';
    put(out, moment.millisecond, 3);
}

milliseconds clock_of(const Moment& moment) {
    return std::chrono::hours{moment.hour} + std::chrono::minutes{moment.minute} +
           std::chrono::seconds{moment.second} + milliseconds{moment.millisecond};
}

void set_clock(Moment& moment, milliseconds since_midnight) {
    const std::chrono::hh_mm_ss clock(since_midnight);
    moment.hour = byte(static_cast<int>(clock.hours().count()));
    moment.minute = byte(static_cast<int>(clock.minutes().count()));
    moment.second = byte(static_cast<int>(clock.seconds().count()));
    moment.millisecond = static_cast<std::uint16_t>(clock.subseconds().count());
}

std::chrono::sys_time<milliseconds> instant_of(const Moment& moment) {
    return sys_days{calendar_day(moment)} + clock_of(moment);
}

bool set_instant(Moment& moment, std::chrono::sys_time<milliseconds> instant) {
    const auto midnight = std::chrono::floor<days>(instant);
    const std::chrono::year_month_day day{midnight};
    if (int(day.year()) < 1 || int(day.year()) > 9999) return false;
    moment.year = static_cast<std::int16_t>(int(day.year()));
    moment.month = byte(static_cast<int>(unsigned(day.month())));
    moment.day = byte(static_cast<int>(unsigned(day.day())));
    set_clock(moment, instant - midnight);
    return true;
}

Moment in_utc(const Moment& moment) {
    Moment out = moment;
    set_instant(out, instant_of(moment) - std::chrono::minutes{moment.offset});
    return out;
}

/// Milliseconds of the units that have a fixed length.
std::int64_t length_of(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::week:
            return 7LL * 86'400'000;
        case CalendarUnit::day:
            return 86'400'000;
        case CalendarUnit::hour:
            return 3'600'000;
        case CalendarUnit::minute:
            return 60'000;
        case CalendarUnit::second:
            return 1000;
        default:
            return 1;
    }
}

std::optional<Moment> moved_by_months(const Moment& from, std::int64_t months) {
    Moment out = from;
    const std::int64_t month = from.year * 12LL + from.month - 1 + months;
    if (month < 12 || month >= 120'000) return std::nullopt;
    out.year = static_cast<std::int16_t>(month / 12);
    out.month = byte(static_cast<int>(month % 12) + 1);
    if (!calendar_day(out).ok()) {
        const auto last = std::chrono::year_month_day_last{
            std::chrono::year{out.year},
            std::chrono::month_day_last{std::chrono::month{out.month}}};
        out.day = byte(static_cast<int>(unsigned(last.day())));
    }
    return out;
}

/// As moved(), by milliseconds.
std::optional<Moment> moved_by(const Moment& from, std::int64_t distance,
                               bool time_of_day) {
    constexpr std::int64_t day = 86'400'000;
    Moment out = from;
    // Seconds and milliseconds are one precision.
    if (from.precision == Precision::second && distance % 1000 != 0)
        out.precision = Precision::millisecond;
    if (time_of_day) {
        const std::int64_t at = (clock_of(from).count() + distance % day + day) % day;
        set_clock(out, milliseconds{at});
        return out;
    }
    // A year has 365 days and a month 30 where only they are said.
    if (from.precision == Precision::year)
        return moved_by_months(from, distance / day / 365 * 12);
    if (from.precision == Precision::month)
        return moved_by_months(from, distance / day / 30);
    if (from.precision == Precision::day) distance = distance / day * day;
    if (from.precision == Precision::hour) distance = distance / 3'600'000 * 3'600'000;
    if (from.precision == Precision::minute) distance = distance / 60'000 * 60'000;
    if (!set_instant(out, instant_of(from) + milliseconds{distance}))
        return std::nullopt;
    return out;
}

}  // namespace

std::optional<Moment> parse_date(std::string_view text) {
    Reader in{text};
    Moment out;
    read_day(in, out);
    if (!in.ok || !in.done()) return std::nullopt;
    return out;
}

std::optional<Moment> parse_date_time(std::string_view text) {
    Reader in{text};
    Moment out;
    read_day(in, out);
    if (in.skip('T') && !in.done()) {
        if (out.precision != Precision::day) return std::nullopt;
        read_clock(in, out);
        read_offset(in, out);
    }
    if (!in.ok || !in.done()) return std::nullopt;
    return out;
}

std::optional<Moment> parse_time(std::string_view text) {
    Reader in{text};
    Moment out;
    read_clock(in, out);
    if (!in.ok || !in.done()) return std::nullopt;
    return out;
}

std::string date_text(const Moment& moment) {
    std::string out;
    put(out, moment.year, 4);
    if (moment.precision < Precision::month) return out;
    out += '-';
    put(out, moment.month, 2);
    if (moment.precision < Precision::day) return out;
    out += '-';
    put(out, moment.day, 2);
    return out;
}

std::string date_time_text(const Moment& moment) {
    std::string out = date_text(moment);
    if (moment.precision < Precision::hour) return out;
    out += 'T';
    put_clock(out, moment);
    if (!moment.has_offset()) return out;
    if (moment.offset == 0) return out + 'Z';
    out += moment.offset < 0 ? '-' : '+';
    put(out, std::abs(moment.offset) / 60, 2);
    out += ':';
    put(out, std::abs(moment.offset) % 60, 2);
    return out;
}

std::string time_text(const Moment& moment) {
    std::string out;
    put_clock(out, moment);
    return out;
}

Moment moment_of(Instant now, int offset_minutes) {
    Moment out;
    out.offset = static_cast<std::int16_t>(offset_minutes);
    out.precision = Precision::millisecond;
    set_instant(out, now + std::chrono::minutes{offset_minutes});
    return out;
}

std::optional<std::strong_ordering> compare_moments(const Moment& a, const Moment& b,
                                                    bool times) {
    Moment left = a;
    Moment right = b;
    const bool both_clocks =
        a.precision >= Precision::hour && b.precision >= Precision::hour;
    if (!times && both_clocks) {
        if (a.has_offset() && b.has_offset()) {
            left = in_utc(a);
            right = in_utc(b);
        } else if (a.has_offset() != b.has_offset()) {
            // Anywhere from 12 hours west to 14 hours east.
            constexpr std::chrono::hours farthest{26};
            const auto apart = instant_of(a) - instant_of(b);
            if (apart > farthest) return std::strong_ordering::greater;
            if (apart < -farthest) return std::strong_ordering::less;
            return std::nullopt;
        }
    }
    const auto parts = [](const Moment& of) {
        return std::array<int, 6>{of.year,   of.month,
                                  of.day,    of.hour,
                                  of.minute, of.second * 1000 + of.millisecond};
    };
    const auto left_parts = parts(left);
    const auto right_parts = parts(right);
    const auto said = [](const Moment& of) {
        return of.precision >= Precision::second ? 6 : int(of.precision) + 1;
    };
    for (int i = times ? 3 : 0; i < 6; ++i) {
        const bool left_says = i < said(a);
        if (left_says != (i < said(b))) return std::nullopt;
        if (!left_says) break;
        const auto at = static_cast<std::size_t>(i);
        if (left_parts[at] != right_parts[at])
            return left_parts[at] <=> right_parts[at];
    }
    return std::strong_ordering::equal;
}

std::optional<CalendarUnit> calendar_unit(std::string_view word) {
    if (word.ends_with('s')) word.remove_suffix(1);
    constexpr std::array<std::pair<std::string_view, CalendarUnit>, 8> units{{
        {"year", CalendarUnit::year},
        {"month", CalendarUnit::month},
        {"week", CalendarUnit::week},
        {"day", CalendarUnit::day},
        {"hour", CalendarUnit::hour},
        {"minute", CalendarUnit::minute},
        {"second", CalendarUnit::second},
        {"millisecond", CalendarUnit::millisecond},
    }};
    for (const auto& [name, unit] : units)
        if (name == word) return unit;
    return std::nullopt;
}

std::optional<Moment> moved(const Moment& from, const Decimal& amount,
                            CalendarUnit unit, bool time_of_day) {
    constexpr std::int64_t farthest = 400'000'000'000'000;  // ms; over 10,000 years
    const auto whole = amount.truncated().to_integer();
    if (!whole || *whole > farthest || *whole < -farthest) return std::nullopt;
    std::int64_t count = *whole;

    if (unit == CalendarUnit::year || unit == CalendarUnit::month) {
        if (time_of_day) return std::nullopt;
        if (unit == CalendarUnit::year) {
            if (count > 10'000 || count < -10'000) return std::nullopt;
            count *= 12;
        }
        if (from.precision == Precision::year) count = count / 12 * 12;
        return moved_by_months(from, count);
    }
    const std::int64_t length = length_of(unit);
    if (unit == CalendarUnit::second) {
        const auto exact = multiply(amount, Decimal::of(1000));
        const auto distance = exact ? exact->truncated().to_integer() : std::nullopt;
        if (!distance || *distance > farthest || *distance < -farthest)
            return std::nullopt;
        return moved_by(from, *distance, time_of_day);
    }
    if (count > farthest / length || count < -farthest / length) return std::nullopt;
    return moved_by(from, count * length, time_of_day);
}

}  // namespace foyer::fhirpath
