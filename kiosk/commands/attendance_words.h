#pragma once

#include <fmt/format.h>
#include <string>

#include "sync/clinic/attendance.h"
#include "sync/clinic/site_time.h"
#include "sync/records/attendance_records.h"

namespace foyer {

inline std::string clock_time(Instant at, const SiteTime& time) {
    const auto minutes = int(time.local(at).minutes.count());
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// What others wrote, on one line of a terminal.
inline std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

inline std::string name_of(const Patient& patient) {
    return one_line(patient.family + ", " + patient.given);
}

}  // namespace foyer
