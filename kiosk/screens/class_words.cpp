#include "kiosk/screens/class_words.h"

#include "kiosk/ui/date_words.h"

namespace foyer {

std::string class_title(const Words& title, const Ui& ui) {
    auto said = in_language(title, ui.language());
    return said.empty() ? ui.tr("classes.a_class") : said;
}

std::string time_span(const LocalTime& starts, const LocalTime& ends,
                      const std::string& language) {
    const bool one_half =
        starts.day == ends.day && day_half_words(language, starts.minutes) ==
                                      day_half_words(language, ends.minutes);
    // Never parted after the dash.
    return (one_half ? clock_words(language, starts.minutes)
                     : time_words(language, starts.minutes)) +
           " \u2013\u00a0" + time_words(language, ends.minutes);
}

std::string day_said(Date day, Date today, const Ui& ui) {
    const auto days = std::chrono::sys_days(day) - std::chrono::sys_days(today);
    if (days.count() == 0) return ui.tr("classes.today");
    if (days.count() == 1) return ui.tr("classes.tomorrow");
    return long_date_words(ui.language(), day);
}

}  // namespace foyer
