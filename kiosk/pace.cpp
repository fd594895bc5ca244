#include "kiosk/pace.h"

#include <algorithm>
#include <concepts>

#include "sync/tuning.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// A look-up or a save that takes longer is broken; the patient is sent to a person.
constexpr auto work_limit = 15s;
/// Long enough to wipe a 32" screen.
constexpr auto cleaning_time = 30s;
/// Staff's own screens (domain.md d5: 2 minutes).
constexpr auto staff_time = 120s;
/// How often a kiosk without records tries again to open them.
constexpr auto retry_time = 30s;
/// Who comes next may scan at once; who reads has time to say "Not you?".
constexpr auto rush_time = 10s;
/// With "I need more time", messages stay so much longer.
constexpr int slower = 4;

template <class T, class... Any>
concept OneOf = (std::same_as<T, Any> || ...);

template <class S>
concept Message =
    OneOf<S, SeeDesk, SlipRefused, NotToday, TooEarly, SaveFailed, Done, PrinterTrouble,
          FormEnded, FormTrouble, MyFormsOver, AttendanceSaid, InLobby, WayShown>;

template <class S>
concept MayHoldAnswers =
    OneOf<S, FindMe, OneMoreThing, WalkIn, ConfirmIdentity, TodaysVisits,
          ConfirmContact, Help, MakeItEasier, FormsOffered, FormQuestions, FormReview,
          FormSign, FormLeaving, FormHandOver, Classes, ClassClash, ClassLeaving,
          ClassesTold, SignedIn, NotSignedIn, SignInSheet, DropInTopic, GuestAsked,
          PrivateRoom, GuardianAsked>;

}  // namespace

Pace::Pace(const Site& site) : site_(site) {}

void Pace::touched(Time now) {
    touched_ = now;
}

void Pace::shows(const Screen& screen, Time now) {
    if (screen.index() == kind_) return;
    kind_ = screen.index();
    shown_ = now;
}

std::optional<Pace::Due> Pace::due(const Screen& screen, const Comfort& comfort,
                                   const Comfort& usual) const {
    const Time since_touch = std::max(shown_, touched_);
    const Time idle =
        comfort.more_time ? Time(site_.more_time) : Time(site_.idle_after);
    return std::visit(
        [&]<class S>(const S& here) -> std::optional<Due> {
            if constexpr (MayHoldAnswers<S>) return Due{since_touch + idle, WentIdle{}};
            if constexpr (Message<S>) {
                const int factor = comfort.more_time ? slower : 1;
                return Due{since_touch + Time(site_.done_clears_after) * factor,
                           TimeUp{}, true};
            }
            if constexpr (OneOf<S, StillThere>)
                return Due{shown_ + Time(site_.cover_countdown), TimeUp{}, true};
            if constexpr (OneOf<S, SlowDown>)
                return Due{shown_ + std::chrono::seconds(here.seconds), TimeUp{}, true};
            if constexpr (OneOf<S, SignedInNow>)
                return Due{since_touch + rush_time * (comfort.more_time ? slower : 1),
                           TimeUp{}};
            if constexpr (OneOf<S, Cleaning>)
                return Due{shown_ + cleaning_time, TimeUp{}, true};
            // Longer than that nobody waits for a place to be confirmed.
            if constexpr (OneOf<S, ClassWorking>)
                return Due{shown_ + (here.what == ClassWorking::What::joining
                                         ? Time(tuning::booking_waits)
                                         : Time(work_limit)),
                           TimeUp{}};
            if constexpr (OneOf<S, Looking, CheckingIn, FormOpening, SavingAttendance,
                                LobbyWorking>)
                return Due{shown_ + work_limit, TimeUp{}};
            if constexpr (OneOf<S, StaffPin, StaffMenu>)
                return Due{since_touch + staff_time, TimeUp{}};
            if constexpr (OneOf<S, KioskTrouble>)
                return Due{shown_ + retry_time, TimeUp{}};
            // Somebody's large letters do not greet the next patient.
            if constexpr (OneOf<S, Welcome>)
                if (comfort != usual) return Due{since_touch + idle, WentIdle{}};
            return std::nullopt;
        },
        screen);
}

int Pace::seconds_left(const std::optional<Due>& due, Time now) {
    if (!due || !due->counts_down) return 0;
    return std::max(
        0, int(std::chrono::ceil<std::chrono::seconds>(due->at - now).count()));
}

}  // namespace foyer
