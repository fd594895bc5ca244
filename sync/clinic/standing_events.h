#pragma once

#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/attendance.h"

namespace foyer {

/// The events of one patient at one session that stand: each once, amendments in the
/// place of what they amend, what never happened left out (attendance.h). Refers to the
/// events it was given.
///
/// Of equal units the one with a trusted clock stands, then the earlier (sync.md
/// decision 1). An amendment of an amendment stands in that one's place, and so in the
/// place of what that one amended. One whose event is not known yet stands on its own
/// until it comes. Amendments that amend each other in a circle stand each on its own.
class StandingEvents {
public:
    explicit StandingEvents(std::vector<const AttendanceEvent*> events);

    /// By `at`, kind, unit.
    const std::vector<const AttendanceEvent*>& all() const { return standing_; }
    /// Whether a facilitator corrected anything.
    bool amended() const { return amended_; }
    /// What was written down last: it knows best when the session is. Null without any.
    const AttendanceEvent* latest_told() const { return latest_; }

private:
    std::vector<const AttendanceEvent*> standing_;
    const AttendanceEvent* latest_ = nullptr;
    bool amended_ = false;
};

/// One thing that happened, and how it was told last.
struct EventPlace {
    const AttendanceEvent* first;   ///< amends nothing; null: it is not known yet
    const AttendanceEvent* stands;  ///< in its place, void ones too; `first` itself, or
                                    ///< what amends it, through whatever amends that
};
/// By the same rule. Refers to `events`.
std::vector<EventPlace> places_of(const std::vector<AttendanceEvent>& events);
/// What an amendment of `unit` amends in the end: the event that it, and what it
/// amends, stand in the place of. Null when `events` lack it.
const AttendanceEvent* first_of(const std::vector<AttendanceEvent>& events,
                                std::string_view unit);

/// As attended() of attendance.h.
Attended attended(const StandingEvents& events, Instant now);

}  // namespace foyer
