#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/forms/fhirpath/decimal.h"
#include "platform/clock.h"

namespace foyer::fhirpath {

/// A date, a date with a time, or a time of day, as precisely as it was said. Which of
/// the three, its Value says.
struct Moment {
    enum class Precision : std::uint8_t {
        year,
        month,
        day,
        hour,
        minute,
        second,
        millisecond,
    };
    static constexpr std::int16_t no_offset = INT16_MIN;

    std::int16_t year = 0;
    std::uint8_t month = 1;
    std::uint8_t day = 1;
    std::uint8_t hour = 0;
    std::uint8_t minute = 0;
    std::uint8_t second = 0;
    Precision precision = Precision::year;
    std::uint16_t millisecond = 0;
    std::int16_t offset = no_offset;  ///< minutes east of UTC

    bool has_offset() const { return offset != no_offset; }
};

/// None unless the whole text is one. A date: "2015", "2015-02", "2015-02-04". A date
/// with time: also "2015-02T", "2015-02-04T14:34:28.123+10:00". A time: "14:34".
std::optional<Moment> parse_date(std::string_view text);
std::optional<Moment> parse_date_time(std::string_view text);
std::optional<Moment> parse_time(std::string_view text);

std::string date_text(const Moment& moment);
std::string date_time_text(const Moment& moment);
std::string time_text(const Moment& moment);

/// The moment of `now` on a clock `offset_minutes` east of UTC.
Moment moment_of(Instant now, int offset_minutes);

/// None if the precisions do not settle it, or only one of two date-times says its
/// offset. Seconds and milliseconds are one precision. `times`: times of day.
std::optional<std::strong_ordering> compare_moments(const Moment& a, const Moment& b,
                                                    bool times);

/// The units that a date can be moved by.
enum class CalendarUnit : std::uint8_t {
    year,
    month,
    week,
    day,
    hour,
    minute,
    second,
    millisecond,
};
std::optional<CalendarUnit> calendar_unit(std::string_view word);  ///< "day", "days"

/// Moves by `amount`, whose fraction counts for seconds alone; a day past the month's
/// end becomes its last day, a unit finer than the precision counts in whole units of
/// it. None past the years 1 to 9999. `time_of_day` goes round at midnight.
std::optional<Moment> moved(const Moment& from, const Decimal& amount,
                            CalendarUnit unit, bool time_of_day);

}  // namespace foyer::fhirpath
