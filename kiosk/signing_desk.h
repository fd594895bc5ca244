#pragma once

#include <vector>

#include "kiosk/attendance_effects.h"
#include "kiosk/event.h"
#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// What the records say of a patient's groups and program days, and what a patient adds
/// to it at the kiosk. Signing in is a check-in (effects.cpp). Holds nothing of
/// anybody. The worker's thread only.
class SigningDesk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the desk, as do all of these
        const Site* site = nullptr;
        const SiteTime* time = nullptr;
    };
    explicit SigningDesk(Parts parts) : parts_(parts) {}

    /// Sessions of today the patient has signed in to, and those that go on without
    /// them (`expected`); of yesterday those that lasted past midnight; earliest first.
    /// None where the records cannot tell: a patient then checks in as ever.
    std::vector<SessionCard> sessions(Store& store, const Alias& patient) const;

    /// Which day of a program's course this is ("day 6 of 24"), today's counted; into
    /// the card. Nothing where the clinic's rule does not say how many days it has, or
    /// the records cannot tell.
    void count_days(Store& store, const Visit& visit, VisitCard& card) const;

    /// Stored before it answers: AttendanceSaved, or AttendanceFailed.
    Event carry(const SaveAttendance& order, Store& store, ClockQuality clock) const;

private:
    SessionCard card(const Visit& visit, const Attended& attended) const;
    Parts parts_;
};

/// Whether the patient is there, as far as can be said at a kiosk now.
bool is_there(const SessionCard& session);

}  // namespace foyer
