#pragma once

#include <concepts>
#include <string>
#include <variant>

#include "kiosk/flow.h"

namespace foyer {

// The flow is written in parts: flow.cpp, flow_attendance.cpp, flow_classes.cpp,
// flow_forms.cpp, flow_lobby.cpp. Only these include this file; it says which screens
// and events are whose.

template <class T, class... Any>
concept OneOf = (std::same_as<T, Any> || ...);

/// Screens laid over another one.
template <class S>
concept Cover = OneOf<S, Help, MakeItEasier, StillThere, WayShown>;

// --- classes ---------------------------------------------------------------------

template <class S>
concept ClassScreen =
    OneOf<S, Classes, ClassWorking, ClassClash, ClassLeaving, ClassesTold, MyFormsOver>;

template <class E>
concept ClassOutcome = OneOf<E, ClassesShown, ClassClashes, ClassNeedsDesk,
                             ClassesFailed, ClassNewsFound, ClassOfferAnswered>;

template <class E>
concept ClassEvent = ClassOutcome<E> ||
    OneOf<E, ClassDayChosen, ClassesPaged, ClassTapped, ClassJoinedAnyway, ClassLeft,
          ClassOfferTaken, ClassOfferDeclined, ClassNewsRead>;

// --- groups and program days -----------------------------------------------------

template <class S>
concept AttendanceScreen = OneOf<S, SignedIn, SavingAttendance, AttendanceSaid,
                                 NotSignedIn, SignInSheet, SignedInNow>;

template <class E>
concept AttendanceOutcome = OneOf<E, AttendanceSaved, AttendanceFailed>;

template <class E>
concept AttendanceHappening = AttendanceOutcome<E> ||
    OneOf<E, AttendanceTapped, SessionPicked, OtherVisitTapped, SignInTapped,
          WasHereTapped, SignedInElsewhereTapped, SignedByTap, SignInDisputed>;

// --- the lobby: without a visit of one's own -----------------------------------------

template <class S>
concept LobbyScreen =
    OneOf<S, DropInTopic, GuestAsked, LobbyWorking, InLobby, PrivateRoom>;

template <class E>
concept LobbyOutcome = OneOf<E, LobbyEntered, LobbyFailed>;

template <class E>
concept LobbyEvent = LobbyOutcome<E> ||
    OneOf<E, TopicChosen, GuestEdited, GuestDone, GuestWithoutCode, RoomWanted>;

// --- forms -----------------------------------------------------------------------

template <class S>
concept FormScreen = OneOf<S, FormsOffered, FormOpening, FormQuestions, FormReview,
                           FormSign, FormLeaving, FormHandOver, FormEnded, FormTrouble>;

/// What a form's effect came to, to be handed through a cover.
template <class E>
concept FormOutcome = OneOf<E, FormsDue, FormPageShown, FormReviewShown, FormPartEnded,
                            FormKept, FormFailed, FormsOver, CopyPrinted, CopyFailed>;

template <class E>
concept FormEvent = FormOutcome<E> ||
    OneOf<E, FormsStarted, FormsPutOff, AnswerGiven, AnswerTyped, AnswerDeclined,
          InstanceAdded, InstanceRemoved, PhotoAsked, FormNextTapped, FormPageChosen,
          WholePageToggled, FormLeaveTapped, FormRefused, FormLater, FormFinishTapped,
          SignatureTyped, SignatureStrokeMade, SignatureCleared, SignatureModeToggled,
          SignatureDone, HandedOver, FormCopyTapped>;

// --- whose a pair is, in the order in which react() asks ---------------------------

struct ClassPairs {
    template <class S, class E>
    static constexpr bool has = ClassScreen<S> || ClassEvent<E>;
};
struct AttendancePairs {
    template <class S, class E>
    static constexpr bool has = (AttendanceScreen<S> ||
                                 AttendanceHappening<E>)&&!OneOf<E, LanguageChosen>;
};
struct LobbyPairs {
    template <class S, class E>
    static constexpr bool has = LobbyScreen<S> || LobbyEvent<E>;
};
struct FormPairs {
    template <class S, class E>
    static constexpr bool has =
        FormScreen<S> || FormEvent<E> || OneOf<E, LanguageChosen>;
};
struct RestPairs {
    template <class S, class E>
    static constexpr bool has = !ClassPairs::has<S, E> && !AttendancePairs::has<S, E> &&
                                !LobbyPairs::has<S, E> && !FormPairs::has<S, E>;
};

/// Whether a part answers this screen and event.
template <class Pairs>
bool concerns(const Screen& screen, const Event& event) {
    return std::visit(
        [&]<class S>(const S&) {
            return [&]<class... Es>(const std::variant<Es...>& any) {
                constexpr bool has[] = {Pairs::template has<S, Es>...};
                return has[any.index()];
            }(event);
        },
        screen);
}

// --- what the parts answer alike ---------------------------------------------------

template <class S>
concept PartScreen =
    ClassScreen<S> || AttendanceScreen<S> || LobbyScreen<S> || FormScreen<S>;

template <class E>
concept PartOutcome =
    ClassOutcome<E> || AttendanceOutcome<E> || LobbyOutcome<E> || FormOutcome<E>;

/// Screens of parts that stand until the patient does something. Forms keep what was
/// typed first (flow_forms.cpp).
template <class S>
concept Lasting = OneOf<S, Classes, ClassClash, ClassLeaving, ClassesTold, SignedIn,
                        NotSignedIn, SignInSheet, DropInTopic, GuestAsked, PrivateRoom>;

/// Screens that wait for an outcome, for a moment.
template <class S>
concept Working = OneOf<S, ClassWorking, SavingAttendance, LobbyWorking>;

template <Lasting S>
Step alike(const S& here, const WentIdle&) {
    return {StillThere{keep(here)}};
}
template <PartScreen S>
Step alike(const S& here, const HelpTapped&) {
    return {Help{keep(here)}};
}
template <PartScreen S>
requires(!Working<S>) Step alike(const S& here, const EasierTapped&) {
    return {MakeItEasier{keep(here)}};
}

/// An answer that comes while a cover lies over its screen is not lost.
template <Cover S>
Step told_beneath(const S& here, const Event& outcome) {
    Step beneath = react(*here.before, outcome);
    auto cover = here;
    cover.before = keep(std::move(beneath.next));
    return {std::move(cover), std::move(beneath.effects)};
}
template <Cover S, PartOutcome E>
Step alike(const S& here, const E& outcome) {
    return told_beneath(here, outcome);
}

// --- a signature as it is made -----------------------------------------------------

template <class S>
concept Signing = OneOf<S, FormSign, SignInSheet>;

template <Signing S>
Step alike(const S& here, const SignatureTyped& typed) {
    auto next = here;
    next.name = typed.name;
    return {std::move(next)};
}
template <Signing S>
Step alike(const S& here, const SignatureStrokeMade& made) {
    auto next = here;
    next.strokes.push_back(made.stroke);
    return {std::move(next)};
}
template <Signing S>
Step alike(const S& here, const SignatureCleared&) {
    auto next = here;
    next.strokes.clear();
    next.name.clear();
    return {std::move(next)};
}
template <Signing S>
Step alike(const S& here, const SignatureModeToggled&) {
    auto next = here;
    next.draw = !next.draw;
    return {std::move(next)};
}
/// Whether there is something to see of it.
template <Signing S>
bool is_signed(const S& here) {
    return here.draw ? !here.strokes.empty()
                     : here.name.find_first_not_of(' ') != std::string::npos;
}

/// What a screen answers to an event that means nothing to it: it stays. Most pairs do.
struct Stays {};

/// `answer(screen, event)` where the pair is of `Pairs` and does not merely stay; else
/// what the parts answer alike. Only those become code: with std::visit over both, four
/// thousand pairs would, and take three minutes and as many gigabytes to compile.
template <class Pairs, class Answer>
Step answered(const Screen& screen, const Event& event, const Answer& answer) {
    Step step{screen};
    const auto pair = [&]<class S, class E>(const S& here, std::type_identity<E>) {
        if constexpr (Pairs::template has<S, E>) {
            if constexpr (!std::same_as<
                              std::invoke_result_t<Answer, const S&, const E&>,
                              Stays>) {
                if (const auto* what = std::get_if<E>(&event))
                    step = answer(here, *what);
            } else if constexpr (requires(const E& what) { alike(here, what); }) {
                if (const auto* what = std::get_if<E>(&event))
                    step = alike(here, *what);
            }
        }
    };
    std::visit(
        [&]<class S>(const S& here) {
            [&]<class... Es>(const std::variant<Es...>&) {
                (pair(here, std::type_identity<Es>()), ...);
            }(event);
        },
        screen);
    return step;
}

}  // namespace foyer
