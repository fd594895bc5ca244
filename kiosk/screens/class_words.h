#pragma once

#include <string>

#include "kiosk/class_screens.h"
#include "kiosk/ui/ui.h"

namespace foyer {

/// The class's name in the session's language; "Class" where nobody wrote one.
std::string class_title(const Words& title, const Ui& ui);

/// "1:00 – 1:45 PM"; "11:00 AM – 1:00 PM" over noon.
std::string time_span(const LocalTime& starts, const LocalTime& ends,
                      const std::string& language);

/// "Today", "Tomorrow", or "Wednesday, November 25".
std::string day_said(Date day, Date today, const Ui& ui);

}  // namespace foyer
