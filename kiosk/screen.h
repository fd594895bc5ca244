#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "kiosk/class_screens.h"
#include "kiosk/form_screens.h"
#include "kiosk/lobby_screens.h"
#include "kiosk/purpose.h"
#include "sync/clinic/arrival.h"
#include "sync/clinic/attendance.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/visit.h"

namespace foyer {

struct Screen;
/// The screen a patient comes back to; shared because screens are values.
using Before = std::shared_ptr<const Screen>;

/// A visit as a screen shows it: never the service, never a full name.
struct VisitCard {
    Alias id;
    LocalTime starts, ends;
    LocalTime opens;        ///< when check-in opens
    std::string clinician;  ///< first name, may be empty
    Words label;            ///< the clinic's neutral name for it, may be empty
    std::string place;      ///< may be empty
    Standing standing = Standing::open;
    bool chosen = false;
    std::optional<CallName> call_name;  ///< of a check-in made before
    Words directions = {};  ///< how to get to `place`, in the clinic's words
    std::string map = {};   ///< the picture of that way; empty: none
    bool signs = false;     ///< a group or program day: one signs in and out
    bool by_hand = false;   ///< and signs the clinic's sheet
    int program_day = 0;    ///< "day 6 of 24"; 0: not said
    int program_days = 0;
    bool virtual_visit = false;  ///< by video or telephone
    bool crisis = false;         ///< nothing is asked before it; never shown
};

/// A session of groups and program days that the patient has signed in to, or that
/// goes on without them as far as is known here (`expected`).
struct SessionCard {
    VisitCard visit;
    Attended::State state = Attended::State::present;
    std::optional<LocalTime> in;   ///< none: somebody at the desk signed them in
    std::optional<LocalTime> out;  ///< of who has gone
    bool over = false;  ///< long past its end: when they left, a person writes down
};

/// Who is at the kiosk, once found.
struct Person {
    Alias id;
    std::string given;  ///< may be empty
    std::string phone;  ///< may be empty; shown as its last two digits only
    bool contact_stale = false;
    AttendanceMethod known_by = AttendanceMethod::name;
    /// A minor, of whom something is to be asked that only their guardian answers.
    bool asks_guardian = false;
    /// Whether one is here; none: nobody was asked.
    std::optional<bool> guardian = {};
};

// --- before anybody is known --------------------------------------------------------

struct StartingUp {};

struct Welcome {};

/// What is wrong with what was typed. Says nothing about who is known.
enum class FindMeProblem { none, name_missing, date_missing, date_impossible };

/// "Let's find you": last name and date of birth, as typed so far.
struct FindMe {
    std::string family;
    std::string month, day, year;
    FindMeProblem problem = FindMeProblem::none;
    Purpose purpose = Purpose::check_in;
};

/// A moment's work: looking somebody up, reading a slip, saving.
struct Looking {
    Purpose purpose = Purpose::check_in;
};

/// Two people share a name and a birth date: the last four digits of the phone decide.
struct OneMoreThing {
    std::vector<Alias> candidates;
    std::string digits;
    Purpose purpose = Purpose::check_in;
};

/// Too many tries at this kiosk in a short time.
struct SlowDown {
    int seconds = 0;
};

/// The one screen for every outcome of find-me but a visit today, and for whatever else
/// a person settles better than a machine.
struct SeeDesk {
    enum class For {
        find_me,
        not_me,
        walk_in,
        guest,
        over,
        sign_out,
        classes,
        attendance
    };
    For reason = For::find_me;
};

/// "I don't have an appointment" (domain.md W9).
struct WalkIn {};

// --- a slip's own outcomes ----------------------------------------------------------

enum class SlipTrouble {
    unreadable,
    foreign,  ///< another clinic's, or another site's key
    expired,
    unknown,  ///< authentic, and this kiosk does not hold the visit
    cancelled,
    other_site,
    over,
};
struct SlipRefused {
    SlipTrouble trouble = SlipTrouble::unreadable;
};

/// An authentic slip for another day: says when the visit is now.
struct NotToday {
    LocalTime starts;
    std::string place;
};

// --- somebody is known --------------------------------------------------------------

/// "Is this you?", before any detail.
struct ConfirmIdentity {
    Person person;
    std::vector<VisitCard> visits;
    /// With a slip whose visit cannot be checked in to: what to say after "yes".
    std::optional<SlipTrouble> trouble;
    std::optional<NotToday> not_today;
    Purpose purpose = Purpose::check_in;
    std::vector<SessionCard> sessions = {};
};

struct TodaysVisits {
    Person person;
    std::vector<VisitCard> visits;
};

/// All of today's visits open later.
struct TooEarly {
    LocalTime starts, opens;
};

struct ConfirmContact {
    Person person;
    std::vector<VisitCard> visits;
};

/// "Is a parent or guardian with you?", of a minor, where it makes a difference.
struct GuardianAsked {
    Person person{};
    std::vector<VisitCard> visits{};
};

/// The check-in is being written; nothing is promised yet.
struct CheckingIn {
    Person person;
    std::vector<VisitCard> visits;
    bool contact_changed = false;
    std::string rush = {};  ///< the slip, of a patient with nothing left to be asked
};

/// Nothing was written: a person has to help.
struct SaveFailed {
    bool attendance = false;  ///< a break or a sign-out
};

enum class Printing { idle, busy, printed };

/// Checked in, and stored.
struct Done {
    std::vector<VisitCard> visits;  ///< those checked in, earliest first
    CallName call_name;
    Words waiting_place;
    std::string token;   ///< what the QR code says
    bool again = false;  ///< was checked in before
    bool late = false;
    bool contact_changed = false;
    bool acknowledged = false;     ///< somebody of the clinic confirmed the arrival
    bool offline = false;          ///< and nobody can just now: there is no network
    bool class_news = false;       ///< there was something to tell of classes
    bool private_room = false;     ///< was asked for
    bool guardian_needed = false;  ///< for something that was left out
    /// What an aftercare patient has to finish, at most three lines; never printed.
    std::vector<std::string> to_finish = {};
    /// What most people wait, from arriving; none: "we will call you". On the screen
    /// alone: on paper it would be wrong a little later.
    std::optional<std::chrono::minutes> wait = {};
    Printing printing = Printing::idle;
    bool guest_code = false;  ///< the slip holds a code for somebody with them
};

/// No slip came out; the check-in stands.
struct PrinterTrouble {
    Done done;
    bool out_of_paper = false;
};

// --- groups and program days (domain.md W5) ------------------------------------------

/// "You are signed in, since 9:02": take a break, come back, sign out.
struct SignedIn {
    Person person;
    std::vector<SessionCard> sessions;  ///< never empty, earliest first
    std::optional<Alias> picked;        ///< which of several
    std::vector<VisitCard> visits;      ///< of today, for another one
    bool confirmed = false;             ///< "Is this you?" was answered
};

/// It is being written; nothing is promised yet.
struct SavingAttendance {
    Person person;
    AttendanceKind kind = AttendanceKind::sign_out;
};

/// Signed out, on a break, or back: stored.
struct AttendanceSaid {
    SessionCard session;
    AttendanceKind kind = AttendanceKind::sign_out;
    bool again = false;  ///< it was so before
};

/// Asked to sign out who never signed in, as far as is known here.
struct NotSignedIn {
    Person person;
    std::vector<VisitCard> visits;
    std::vector<SessionCard> going_on = {};  ///< that they may be at
};

/// The clinic's sheet: one's own name, drawn or typed, for the groups and program days
/// chosen. Who would rather not, or cannot, signs by a tap.
struct SignInSheet {
    Person person;
    std::vector<VisitCard> visits;
    bool contact_changed = false;  ///< as in CheckingIn
    std::string name = {};         ///< as typed
    std::vector<SignatureStroke> strokes = {};
    bool draw = true;  ///< drawing instead of typing
};

/// One screen a person while thirty of them come: signed in by a slip, and stored.
/// Shows no name.
struct SignedInNow {
    Alias patient;
    VisitCard visit;
    CallName call_name;
    std::string slip;  ///< as scanned: held there a moment longer it changes nothing
};

/// The picture of the way to where the patient has signed in, large.
struct WayShown {
    Before before;  ///< that said so
    VisitCard visit;
};

// --- over whatever was there --------------------------------------------------------

enum class HelpCall { idle, calling, coming, unreached };

/// Help and 988. Needs no form and no name.
struct Help {
    Before before;
    HelpCall call = HelpCall::idle;
};

struct MakeItEasier {
    Before before;
};

/// The opaque cover after a time without touch.
struct StillThere {
    Before before;
};

// --- the kiosk itself ---------------------------------------------------------------

struct Closed {
    std::optional<LocalTime> opens;
    bool opens_today = false;
};

struct Paused {};

/// The touch screen is locked while somebody wipes it.
struct Cleaning {};

/// The kiosk cannot keep records: a code for IT, a way to the desk for the patient.
struct KioskTrouble {
    Error::Code code = Error::Code::corrupt;
};

/// Staff hold the clinic's sign and type their PIN.
struct StaffPin {
    Before before;
    std::string digits;
    bool wrong = false;
};

/// How the exchange with the clinic's server stands, for staff.
struct ExchangeNote {
    enum class State { none, online, offline, unauthorized } state = State::none;
    std::optional<LocalTime> last;  ///< the server was last heard
    int waiting = 0;                ///< acts it does not know of yet
    int refused = 0;                ///< of those, acts it would not take
    int conflicts = 0;              ///< staff decides
};

struct StaffMenu {
    Before before;
    ExchangeNote exchange = {};
};

/// Everything a kiosk can show. One member a screen; screens are plain values.
struct Screen
    : std::variant<StartingUp, Welcome, FindMe, Looking, OneMoreThing, SlowDown,
                   SeeDesk, WalkIn, SlipRefused, NotToday, ConfirmIdentity,
                   TodaysVisits, TooEarly, ConfirmContact, CheckingIn, SaveFailed, Done,
                   PrinterTrouble, Help, MakeItEasier, StillThere, Closed, Paused,
                   Cleaning, KioskTrouble, StaffPin, StaffMenu, FormsOffered,
                   FormOpening, FormQuestions, FormReview, FormSign, FormLeaving,
                   FormHandOver, FormEnded, FormTrouble, Classes, ClassWorking,
                   ClassClash, ClassLeaving, ClassesTold, MyFormsOver, SignedIn,
                   SavingAttendance, AttendanceSaid, NotSignedIn, SignInSheet,
                   SignedInNow, DropInTopic, GuestAsked, LobbyWorking, InLobby,
                   PrivateRoom, GuardianAsked, WayShown> {
    using variant::variant;
};

/// A number for a kind of screen, to tell one from another: the index() of a Screen
/// that holds it.
template <class S>
inline constexpr int screen_index = []<class... All>(const std::variant<All...>*) {
    int before = 0;
    (void)((!std::is_same_v<S, All> && ++before) && ...);
    return before;
}(static_cast<const Screen*>(nullptr));

/// A screen kept to come back to.
inline Before keep(Screen screen) {
    return std::make_shared<const Screen>(std::move(screen));
}

}  // namespace foyer
