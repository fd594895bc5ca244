#pragma once

#include <cstdint>
#include <filesystem>

#include "tests/scale/kiosk.h"
#include "tests/scale/traffic.h"

namespace foyer::scale {

/// A morning of every site, since the beginning (8:30 of a Tuesday).
struct Morning {
    std::chrono::minutes warm{15};  ///< kiosks are switched on in the first half of it
    std::chrono::minutes steady{20};
    std::chrono::minutes outage{60};
    std::chrono::minutes after{35};

    Outage down() const { return {warm + steady, warm + steady + outage}; }
    std::chrono::minutes length() const { return warm + steady + outage + after; }
};

inline constexpr int kiosks_a_site = 2;
/// Of a site: visits a day from 8:00 to 16:00, on ten working days ahead; patients who
/// come back; a class of ten seats twice a week.
inline constexpr int visits_a_day = 60, days_ahead = 10, patients = 400, seats = 10;

/// Plays one site from beginning to end: its kiosks, its part of the backend, its
/// patients and the staff who change the schedule. Everything from `seed`. Answers the
/// units that still wait when it is over.
std::int64_t play_site(std::uint64_t seed, const Morning& morning,
                       const std::filesystem::path& scratch, Traffic& traffic);

}  // namespace foyer::scale
