#include "sync/clinic/site_time.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <date/tz.h>
#include <exception>

namespace foyer {

namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

const date::time_zone& zone_of(const void* zone) {
    return *static_cast<const date::time_zone*>(zone);
}

/// Reads fixed-width text from left to right. After the first thing that does not fit,
/// nothing fits any more.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// Exactly `digits` digits.
    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (!next_is_digit()) return fail();
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    void literal(char wanted) {
        if (!accept(wanted)) fail();
    }
    bool accept(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// One or more digits after the decimal point, as whole milliseconds.
    int milliseconds() {
        if (!next_is_digit()) return fail();
        int value = 0;
        for (int weight = 100; next_is_digit(); weight /= 10) {
            value += weight * (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    /// Everything was read and everything fitted.
    bool done() const { return good_ && rest_.empty(); }

private:
    bool next_is_digit() const {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    int fail() {
        good_ = false;
        rest_ = {};
        return 0;
    }
    std::string_view rest_;
    bool good_ = true;
};

Date read_date(Reader& reader) {
    const int year = reader.number(4);
    reader.literal('-');
    const int month = reader.number(2);
    reader.literal('-');
    const int day = reader.number(2);
    return {std::chrono::year(year), std::chrono::month(unsigned(month)),
            std::chrono::day(unsigned(day))};
}

/// "Z" or "+hh:mm"; FHIR and ISO 8601 know none beyond 14 hours.
std::optional<minutes> read_offset(Reader& reader) {
    if (reader.accept('Z')) return minutes(0);
    const bool west = reader.accept('-');
    if (!west) reader.literal('+');
    const int hours = reader.number(2);
    reader.literal(':');
    const int past = reader.number(2);
    if (hours > 14 || past > 59) return std::nullopt;
    const minutes offset(hours * 60 + past);
    return west ? -offset : offset;
}

}  // namespace

Result<SiteTime> SiteTime::in_zone(const std::string& iana_name) {
    try {
        return SiteTime(date::locate_zone(iana_name));
    } catch (const std::exception&) {
        return fail(Error::Code::bad_input,
                    "this machine does not know the time zone \"" + iana_name + "\"");
    }
}

LocalTime SiteTime::local(Instant at) const {
    const auto offset = zone_of(zone_).get_info(at).offset;
    const auto wall = at + offset;
    const auto midnight = std::chrono::floor<std::chrono::days>(wall);
    return {Date(midnight), std::chrono::floor<minutes>(wall - midnight)};
}

Date SiteTime::day_of(Instant at) const {
    return local(at).day;
}

Instant SiteTime::start_of(Date day) const {
    return at(day, minutes(0));
}

Instant SiteTime::at(Date day, minutes after_midnight) const {
    const auto wall = sys_days(day) + after_midnight;
    const auto info =
        zone_of(zone_).get_info(date::local_time<minutes>(wall.time_since_epoch()));
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return wall - info.first.offset;  // of two, `first` is the earlier
}

Result<Instant> parse_instant(std::string_view text) {
    Reader reader(text);
    const Date day = read_date(reader);
    reader.literal('T');
    const int hour = reader.number(2);
    reader.literal(':');
    const int minute = reader.number(2);
    reader.literal(':');
    const int second = reader.number(2);
    const int fraction = reader.accept('.') ? reader.milliseconds() : 0;
    const auto offset = read_offset(reader);

    // FHIR allows second 60; it is the first of the next minute here.
    if (!reader.done() || !offset || !day.ok() || hour > 23 || minute > 59 ||
        second > 60)
        return fail(
            Error::Code::bad_input,
            "not a time with seconds and offset, as in 2026-11-23T10:00:00-05:00");
    return sys_days(day) + std::chrono::hours(hour) + minutes(minute) +
           std::chrono::seconds(second) + std::chrono::milliseconds(fraction) - *offset;
}

std::string format_instant(Instant at) {
    const auto midnight = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(at - midnight);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03dZ",
                  int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return format_date(Date(midnight)) + text.data();
}

Result<Date> parse_date(std::string_view text) {
    Reader reader(text);
    const Date date = read_date(reader);
    if (!reader.done() || !date.ok())
        return fail(Error::Code::bad_input, "not a whole date, as in 1815-12-10");
    return date;
}

std::string format_date(Date date) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()));
    return text.data();
}

}  // namespace foyer
