#pragma once

#include "kiosk/screen.h"
#include "platform/result.h"

namespace foyer {

// --- what the patient does at a group or program day ---------------------------------

/// A break, back from one, or signing out; of the session picked, or the only one.
struct AttendanceTapped {
    AttendanceKind kind = AttendanceKind::sign_out;
};
/// Which of several sessions.
struct SessionPicked {
    Alias visit;
};
struct OtherVisitTapped {};         ///< signed in, and here for something else
struct SignInTapped {};             ///< not signed in yet, and going to be
struct WasHereTapped {};            ///< not signed in, and was there
struct SignedInElsewhereTapped {};  ///< at a kiosk this one has not heard of
struct SignedByTap {};              ///< no signature on the clinic's sheet
struct SignInDisputed {};           ///< "Not you?" after a slip signed somebody in

// --- what an effect came to ----------------------------------------------------------

struct AttendanceSaved {
    SessionCard session;
    AttendanceKind kind = AttendanceKind::sign_out;
    bool again = false;  ///< it was so before; nothing was written
};
struct AttendanceFailed {
    Error::Code code = Error::Code::corrupt;
};

}  // namespace foyer
