#include "kiosk/ui/date_words.h"

#include <array>
#include <map>
#include <mutex>
#include <unicode/dtfmtsym.h>

#include "kiosk/ui/words.h"

namespace foyer {
namespace {

/// One language's names. Sunday and January first.
struct Names {
    std::array<std::string, 7> weekday, weekday_short;
    std::array<std::string, 12> month, month_short;
    std::array<std::string, 2> day_half;
};

template <std::size_t size>
void take(const icu::UnicodeString* from, int count, int first,
          std::array<std::string, size>& into) {
    for (int i = 0; i < static_cast<int>(size) && first + i < count; ++i)
        from[first + i].toUTF8String(into[static_cast<std::size_t>(i)]);
}

/// DateFormatSymbols alone, not a DateFormat: that one builds a calendar and searches
/// the machine's time zones.
Names read_names(const std::string& language) {
    using Symbols = icu::DateFormatSymbols;
    // The region decides the abbreviations; this program is for clinics in the USA.
    const icu::Locale locale((language + "_US").c_str());
    UErrorCode status = U_ZERO_ERROR;
    const Symbols symbols(locale, status);
    Names names;
    if (U_FAILURE(status)) return names;
    int count = 0;
    const auto* text = symbols.getWeekdays(count, Symbols::FORMAT, Symbols::WIDE);
    take(text, count, 1, names.weekday);
    text = symbols.getWeekdays(count, Symbols::FORMAT, Symbols::ABBREVIATED);
    take(text, count, 1, names.weekday_short);
    text = symbols.getMonths(count, Symbols::FORMAT, Symbols::WIDE);
    take(text, count, 0, names.month);
    text = symbols.getMonths(count, Symbols::FORMAT, Symbols::ABBREVIATED);
    take(text, count, 0, names.month_short);
    text = symbols.getAmPmStrings(count);
    take(text, count, 0, names.day_half);
    return names;
}

/// Read once a language; what was read stays where it is.
const Names& names(std::string_view language) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    static std::map<std::string, Names, std::less<>> read;
    auto known = read.find(language);
    if (known == read.end()) {
        std::string name(language);
        known = read.emplace(name, read_names(name)).first;
    }
    return known->second;
}

std::string date_words(std::string_view language, const char* key, Date day) {
    if (!day.ok()) return {};
    const Names& called = names(language);
    const auto month = static_cast<unsigned>(day.month()) - 1;
    const auto weekday = std::chrono::weekday(std::chrono::sys_days(day)).c_encoding();
    return translate(language, key,
                     {{"weekday", called.weekday[weekday]},
                      {"weekday_short", called.weekday_short[weekday]},
                      {"month", called.month[month]},
                      {"month_short", called.month_short[month]},
                      {"day", std::to_string(static_cast<unsigned>(day.day()))},
                      {"year", std::to_string(static_cast<int>(day.year()))}});
}

std::string time_by(std::string_view language, const char* key,
                    std::chrono::minutes since_midnight) {
    const auto hour = since_midnight.count() / 60 % 24;
    const auto minute = since_midnight.count() % 60;
    return translate(language, key,
                     {{"hour12", std::to_string((hour + 11) % 12 + 1)},
                      {"hour24", std::to_string(hour)},
                      {"minute", (minute < 10 ? "0" : "") + std::to_string(minute)},
                      {"day_half", names(language).day_half[hour < 12 ? 0 : 1]}});
}

}  // namespace

std::string time_words(std::string_view language, std::chrono::minutes since_midnight) {
    return time_by(language, "time.of_day", since_midnight);
}

std::string clock_words(std::string_view language,
                        std::chrono::minutes since_midnight) {
    return time_by(language, "time.clock", since_midnight);
}

std::string day_half_words(std::string_view language,
                           std::chrono::minutes since_midnight) {
    return time_by(language, "time.day_half", since_midnight);
}

std::string short_date_words(std::string_view language, Date day) {
    return date_words(language, "date.short", day);
}

std::string pill_date_words(std::string_view language, Date day) {
    return date_words(language, "date.pill", day);
}

std::string long_date_words(std::string_view language, Date day) {
    return date_words(language, "date.long", day);
}

std::string full_date_words(std::string_view language, Date day) {
    return date_words(language, "date.full", day);
}

}  // namespace foyer
