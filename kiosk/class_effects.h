#pragma once

#include <string>

#include "sync/clinic/visit.h"

namespace foyer {

// Orders about classes; the worker carries them out (class_desk.h). What they change is
// on disk before their outcome is posted; the exchange's thread sends it. Outcomes of
// the first four: ClassesShown, again whenever the clinic has answered a wish
// of this session; ClassesFailed.

struct ShowClasses {
    Alias patient;
};
/// Further outcomes: ClassClashes unless `anyway`; FormsDue when a waiver is missing,
/// unless it was just shown; ClassNeedsDesk. While the clinic is asked, and for at most
/// tuning::booking_waits, none: then the flow asks for the classes again.
struct JoinClass {
    Alias patient;
    std::string session;  ///< ClassSession::key()
    bool anyway = false;
    bool now = false;           ///< at the door
    bool waiver_shown = false;  ///< if it is still not signed, nothing is joined
};
struct LeaveClass {
    Alias patient;
    std::string session;
};
/// The patient is there, for a class they are in: checks in where the schedule has the
/// visit, else signs in by the sign-up.
struct SignInToClass {
    Alias patient;
    std::string session;
};
/// Outcome: ClassNewsFound.
struct FindClassNews {
    Alias patient;
};
/// Outcome: ClassOfferAnswered.
struct TakeClassOffer {
    Alias patient;
    std::string unit;  ///< SignUp::unit
};
/// The patient has read it; of an offer: does not want it. No outcome.
struct PutAwayClassNews {
    Alias patient;
    std::string unit;
    bool declined = false;
};
/// The forms due or begun, without a check-in. Outcomes: FormsDue, FormsOver.
struct OfferMyForms {
    Alias patient;
};

}  // namespace foyer
