#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/clock.h"

namespace foyer {

/// Dates and times of day as people say them. The order of the parts is a translated
/// text ("date.short": "{weekday_short}, {month_short} {day}"), so open_translations()
/// comes first; the names of days and months are CLDR's, by ICU. Spanish counts the
/// hours
/// ("a la 1:30", "a las 2:30"), so no text puts a time behind a preposition. Any
/// thread.

/// "9:41 AM", "9:41 a. m." `since_midnight` on the site's clock, under 24 hours. The
/// space before the day half never breaks a line.
std::string time_words(std::string_view language, std::chrono::minutes since_midnight);
/// The parts of the same, for a large hour with a small half below: "9:41" and "AM".
std::string clock_words(std::string_view language, std::chrono::minutes since_midnight);
std::string day_half_words(std::string_view language,
                           std::chrono::minutes since_midnight);

/// "Mon, Nov 23", "lun, 23 nov".
std::string short_date_words(std::string_view language, Date day);
/// "Tue 24", "mar 24": where the month is known.
std::string pill_date_words(std::string_view language, Date day);
/// "Tuesday, December 1", "martes, 1 de diciembre".
std::string long_date_words(std::string_view language, Date day);
/// "December 1, 1985", "1 de diciembre de 1985".
std::string full_date_words(std::string_view language, Date day);

}  // namespace foyer
