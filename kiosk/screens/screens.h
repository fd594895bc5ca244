#pragma once

#include <optional>

#include "kiosk/event.h"
#include "kiosk/screen.h"
#include "kiosk/ui/ui.h"

/// One function a screen, one file a function: it reads state, builds the frame's tree
/// and answers what the patient did. It keeps nothing, saves nothing, asks nobody the
/// time.
namespace foyer {

std::optional<Event> show(const StartingUp& screen, Ui& ui);
std::optional<Event> show(const Welcome& screen, Ui& ui);
std::optional<Event> show(const FindMe& screen, Ui& ui);
std::optional<Event> show(const Looking& screen, Ui& ui);
std::optional<Event> show(const OneMoreThing& screen, Ui& ui);
std::optional<Event> show(const SlowDown& screen, Ui& ui);
std::optional<Event> show(const SeeDesk& screen, Ui& ui);
std::optional<Event> show(const WalkIn& screen, Ui& ui);
std::optional<Event> show(const SlipRefused& screen, Ui& ui);
std::optional<Event> show(const NotToday& screen, Ui& ui);
std::optional<Event> show(const ConfirmIdentity& screen, Ui& ui);
std::optional<Event> show(const TodaysVisits& screen, Ui& ui);
std::optional<Event> show(const TooEarly& screen, Ui& ui);
std::optional<Event> show(const ConfirmContact& screen, Ui& ui);
std::optional<Event> show(const CheckingIn& screen, Ui& ui);
std::optional<Event> show(const SaveFailed& screen, Ui& ui);
std::optional<Event> show(const Done& screen, Ui& ui);
std::optional<Event> show(const PrinterTrouble& screen, Ui& ui);
std::optional<Event> show(const Help& screen, Ui& ui);
std::optional<Event> show(const MakeItEasier& screen, Ui& ui);
std::optional<Event> show(const StillThere& screen, Ui& ui);
std::optional<Event> show(const Closed& screen, Ui& ui);
std::optional<Event> show(const Paused& screen, Ui& ui);
std::optional<Event> show(const Cleaning& screen, Ui& ui);
std::optional<Event> show(const KioskTrouble& screen, Ui& ui);
std::optional<Event> show(const StaffPin& screen, Ui& ui);
std::optional<Event> show(const StaffMenu& screen, Ui& ui);
std::optional<Event> show(const FormsOffered& screen, Ui& ui);
std::optional<Event> show(const FormOpening& screen, Ui& ui);
std::optional<Event> show(const FormQuestions& screen, Ui& ui);
std::optional<Event> show(const FormReview& screen, Ui& ui);
std::optional<Event> show(const FormSign& screen, Ui& ui);
std::optional<Event> show(const FormLeaving& screen, Ui& ui);
std::optional<Event> show(const FormHandOver& screen, Ui& ui);
std::optional<Event> show(const FormEnded& screen, Ui& ui);
std::optional<Event> show(const FormTrouble& screen, Ui& ui);
std::optional<Event> show(const Classes& screen, Ui& ui);
std::optional<Event> show(const ClassWorking& screen, Ui& ui);
std::optional<Event> show(const ClassClash& screen, Ui& ui);
std::optional<Event> show(const ClassLeaving& screen, Ui& ui);
std::optional<Event> show(const ClassesTold& screen, Ui& ui);
std::optional<Event> show(const MyFormsOver& screen, Ui& ui);
std::optional<Event> show(const SignedIn& screen, Ui& ui);
std::optional<Event> show(const SavingAttendance& screen, Ui& ui);
std::optional<Event> show(const AttendanceSaid& screen, Ui& ui);
std::optional<Event> show(const NotSignedIn& screen, Ui& ui);
std::optional<Event> show(const SignInSheet& screen, Ui& ui);
std::optional<Event> show(const SignedInNow& screen, Ui& ui);
std::optional<Event> show(const DropInTopic& screen, Ui& ui);
std::optional<Event> show(const GuestAsked& screen, Ui& ui);
std::optional<Event> show(const LobbyWorking& screen, Ui& ui);
std::optional<Event> show(const InLobby& screen, Ui& ui);
std::optional<Event> show(const PrivateRoom& screen, Ui& ui);
std::optional<Event> show(const GuardianAsked& screen, Ui& ui);
std::optional<Event> show(const WayShown& screen, Ui& ui);

/// A whole frame: the screen with the header and footer it has, between ui.begin() and
/// ui.end().
std::optional<Event> show(const Screen& screen, Ui& ui);

// --- what several screens say
// ---------------------------------------------------------

/// "Visit with Amara", or the clinic's neutral name; never the service.
std::string title_of(const VisitCard& visit, const Ui& ui);
/// "Please go to Room Juniper.", and how to get there if the clinic says; nothing
/// without a place.
void go_to(const VisitCard& visit, Ui& ui);
/// "Show me the way", where the clinic has a picture of it.
std::optional<Event> ask_the_way(const VisitCard& visit, Ui& ui);
/// "This screen clears in 28 seconds", where a countdown runs.
void clears_soon(Ui& ui);
/// Where the front desk is, in the clinic's own words, if it wrote some.
void where_the_desk_is(Ui& ui, Align align = Align::start);
/// The steps of a check-in, on a screen of forms that is part of one.
void check_in_steps(Ui& ui, const Before& after, int done);
/// "Finish" at the bottom.
std::optional<Event> finish(Ui& ui);

}  // namespace foyer
