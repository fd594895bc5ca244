#pragma once

#include <string>
#include <variant>
#include <vector>

#include "kiosk/attendance_effects.h"
#include "kiosk/class_effects.h"
#include "kiosk/form_effects.h"
#include "kiosk/lobby_effects.h"
#include "kiosk/screen.h"
#include "sync/records/desk_note.h"

namespace foyer {

/// Orders from the flow. They are carried out on the worker thread, in the order given
/// (EndSession on the main thread too, and there first); each outcome comes back as an
/// event.
struct OpenStore {};

/// Outcomes: PersonFound, SlipNotTaken, SlipForOtherDay, TooManyTries.
struct ReadSlip {
    std::string text;
    Purpose purpose = Purpose::check_in;
};
/// Outcomes: PersonFound, TwoFound, NobodyToday, TooManyTries; a fixed time after the
/// tap.
struct FindPatient {
    std::string family;
    Date born;
    Purpose purpose = Purpose::check_in;
};
/// Outcomes: PersonFound, NobodyToday, TooManyTries; a fixed time after the tap.
struct TellApart {
    std::vector<Alias> candidates;
    std::string digits;
    Purpose purpose = Purpose::check_in;
};
/// Outcomes: CheckInSaved (with the forms that are due), CheckInFailed, later
/// ArrivalAcknowledged.
struct SaveCheckIn {
    Alias patient;
    std::vector<Alias> visits;
    AttendanceMethod method = AttendanceMethod::name;
    bool attested = false;  ///< as in Arrival
    /// A minor without their guardian: what needs one is left out.
    bool alone = false;
    /// On the sheet: drawn, or the name typed. Both empty: by a tap, or no sheet.
    std::vector<SignatureStroke> strokes = {};
    std::string signed_name = {};
};
struct SaveContact {
    Alias patient;
};
/// Writes a line for the desk; no outcome, since the screen promises nothing about it.
struct TellDesk {
    DeskReason reason{};
    std::optional<Alias> visit;
    std::optional<Alias> patient;
};
/// Outcomes: DeskIsComing, DeskUnreached.
struct CallDesk {};
/// Outcomes: SlipPrinted, SlipFailed.
struct PrintSlip {
    Done done;
};
/// Outcomes: PinRight, PinWrong.
struct CheckPin {
    std::string digits;
};
/// The patient has gone: everything of the session is overwritten, on both threads;
/// comforts go back to the site's own.
struct EndSession {};

using Effect =
    std::variant<OpenStore, ReadSlip, FindPatient, TellApart, SaveCheckIn, SaveContact,
                 TellDesk, CallDesk, PrintSlip, CheckPin, EndSession, OfferForms,
                 OpenForm, SaveAnswers, DeclineItem, AddInstance, RemoveInstance,
                 TakePhoto, FinishForm, SignForm, StopForm, LeaveForms, PrintCopy,
                 ShowClasses, JoinClass, LeaveClass, SignInToClass, FindClassNews,
                 TakeClassOffer, PutAwayClassNews, OfferMyForms, SaveAttendance,
                 EnterLobby, EnterGuest, PrintTicket>;

/// The effect's name, as logs and stories spell it ("SaveCheckIn").
const char* name(const Effect& effect);

}  // namespace foyer
