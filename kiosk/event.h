#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/attendance_events.h"
#include "kiosk/class_events.h"
#include "kiosk/form_events.h"
#include "kiosk/lobby_events.h"
#include "kiosk/screen.h"
#include "platform/result.h"

namespace foyer {

// --- what the patient does ----------------------------------------------------------

struct CheckInTapped {};
struct WalkInTapped {};
struct GuestTapped {};
struct ClassesTapped {};
struct MyFormsTapped {};
struct SignOutTapped {};
struct SlipScanned {
    std::string text;  ///< as the scanner gave it: anything
};
struct FindMeEdited {
    std::string family, month, day, year;
};
struct FindMeDone {};
struct DigitsEdited {
    std::string digits;
};
struct DigitsDone {};
struct WalkInChosen {
    enum class Need { see_someone, question, crisis, drop_in };
    Need need = Need::see_someone;
};
struct IdentityConfirmed {};
struct IdentityDenied {};
struct VisitToggled {
    Alias visit;
};
struct CheckInAsked {};
struct ContactConfirmed {};
struct ContactChanged {};
struct ContactSkipped {};
struct PrintTapped {
    bool guest_code = false;  ///< with a code for somebody who came along
};
/// "Show me the way" to where this visit is.
struct WayAsked {
    VisitCard visit;
};
struct Finished {};
struct BackTapped {};
struct HelpTapped {};
struct PersonAsked {};
struct EasierTapped {};

enum class TextSize { normal, large, largest };
struct LanguageChosen {
    std::string language;
};
struct TextSizeChosen {
    TextSize size = TextSize::normal;
};
struct ContrastToggled {};
struct ReachToggled {};
struct MoreTimeToggled {};

struct StaffHeld {};  ///< the clinic's sign was held down
struct CleanTapped {};
struct PauseTapped {};
struct ResumeTapped {};

// --- what time does -----------------------------------------------------------------

struct WentIdle {};    ///< nobody touched for the idle time
struct StayTapped {};  ///< "Yes, I need more time"
struct TimeUp {};      ///< a countdown on the screen ended
struct ClinicClosed {
    std::optional<LocalTime> opens;
    bool opens_today = false;
};
struct ClinicOpened {};

// --- what an effect came to ---------------------------------------------------------

struct StoreOpened {};
struct StoreFailed {
    Error::Code code = Error::Code::corrupt;
};
/// A visit today, or a slip's visit; for classes and forms whoever is known here, with
/// the visits of today if there are any. See ConfirmIdentity.
struct PersonFound {
    Person person;
    std::vector<VisitCard> visits;
    std::optional<SlipTrouble> trouble;
    std::optional<NotToday> not_today;
    std::vector<SessionCard> sessions = {};
    /// The slip as scanned, where nothing is left to be asked of whoever holds it: one
    /// group to sign in to, or one to leave.
    std::string rush = {};
};
struct TwoFound {
    std::vector<Alias> candidates;
};
struct NobodyToday {};
struct TooManyTries {
    int seconds = 0;
};
struct SlipNotTaken {
    SlipTrouble trouble = SlipTrouble::unreadable;
};
struct SlipForOtherDay {
    NotToday when;
};
struct CheckInSaved {
    std::vector<VisitCard> visits;
    CallName call_name;
    Words waiting_place;
    std::string token;
    bool late = false;
    bool print = false;                       ///< the clinic prints without asking
    bool offline = false;                     ///< the clinic cannot hear of it yet
    std::vector<FormOffer> forms = {};        ///< that are due now
    std::vector<ClassNews> news = {};         ///< of classes, to be told now
    std::vector<std::string> to_finish = {};  ///< of aftercare
    /// What most people wait today (clinic/waiting.h); none: nobody can say.
    std::optional<std::chrono::minutes> wait = {};
};
struct CheckInFailed {
    Error::Code code = Error::Code::corrupt;
};
struct SlipPrinted {};
struct SlipFailed {
    Error::Code code = Error::Code::offline;
};
struct ArrivalAcknowledged {};
struct DeskIsComing {};
struct DeskUnreached {};
struct PinRight {
    ExchangeNote exchange;
};
struct PinWrong {};

using Event = std::variant<
    CheckInTapped, WalkInTapped, GuestTapped, ClassesTapped, MyFormsTapped,
    SignOutTapped, SlipScanned, FindMeEdited, FindMeDone, DigitsEdited, DigitsDone,
    WalkInChosen, IdentityConfirmed, IdentityDenied, VisitToggled, CheckInAsked,
    ContactConfirmed, ContactChanged, ContactSkipped, PrintTapped, Finished, BackTapped,
    HelpTapped, PersonAsked, EasierTapped, LanguageChosen, TextSizeChosen,
    ContrastToggled, ReachToggled, MoreTimeToggled, StaffHeld, CleanTapped, PauseTapped,
    ResumeTapped, WentIdle, StayTapped, TimeUp, ClinicClosed, ClinicOpened, StoreOpened,
    StoreFailed, PersonFound, TwoFound, NobodyToday, TooManyTries, SlipNotTaken,
    SlipForOtherDay, CheckInSaved, CheckInFailed, SlipPrinted, SlipFailed,
    ArrivalAcknowledged, DeskIsComing, DeskUnreached, PinRight, PinWrong, FormsStarted,
    FormsPutOff, AnswerGiven, AnswerTyped, AnswerDeclined, InstanceAdded,
    InstanceRemoved, PhotoAsked, FormNextTapped, FormPageChosen, WholePageToggled,
    FormLeaveTapped, FormRefused, FormLater, FormFinishTapped, SignatureTyped,
    SignatureStrokeMade, SignatureCleared, SignatureModeToggled, SignatureDone,
    HandedOver, FormCopyTapped, FormsDue, FormPageShown, FormReviewShown, FormPartEnded,
    FormKept, FormFailed, FormsOver, CopyPrinted, CopyFailed, ClassDayChosen,
    ClassesPaged, ClassTapped, ClassJoinedAnyway, ClassLeft, ClassOfferTaken,
    ClassOfferDeclined, ClassNewsRead, ClassesShown, ClassClashes, ClassNeedsDesk,
    ClassesFailed, ClassNewsFound, ClassOfferAnswered, AttendanceTapped, SessionPicked,
    OtherVisitTapped, SignInTapped, WasHereTapped, SignedInElsewhereTapped, SignedByTap,
    SignInDisputed, AttendanceSaved, AttendanceFailed, TopicChosen, GuestEdited,
    GuestDone, GuestWithoutCode, RoomWanted, GuardianAnswered, LobbyEntered,
    LobbyFailed, WayAsked>;

}  // namespace foyer
