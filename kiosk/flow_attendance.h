#pragma once

#include <optional>
#include <vector>

#include "kiosk/flow.h"

namespace foyer {

/// Whether react_to_attendance() answers: every event on a screen about groups and
/// program days, and every event of theirs on whatever screen.
bool concerns_attendance(const Screen& screen, const Event& event);
/// The part of react() that is about signing in and out of groups and program days.
Step react_to_attendance(const Screen& screen, const Event& event);

/// Whether a chosen visit is one to sign in to: the screen has said that one signs for
/// oneself.
bool signs_in(const std::vector<VisitCard>& visits);

/// The order to write the check-in to the chosen visits.
SaveCheckIn check_in_of(const Person& person, const std::vector<VisitCard>& visits);
/// Whether the clinic's sheet is signed first: not by who is in a crisis, and not for
/// what was signed in to before.
bool signs_by_hand(const std::vector<VisitCard>& visits);

/// Thirty people come at once: a slip with nothing left to ask leads straight on. None
/// where it does not.
std::optional<Step> rush(const PersonFound& found, Purpose purpose);
/// "You are signed in" after a slip alone; none after any other check-in.
std::optional<Step> signed_in_now(const CheckingIn& here, const CheckInSaved& saved);

/// Whether a visit is a session that is over for them: left, or long past its end.
bool is_behind(const ConfirmIdentity& here, const VisitCard& visit);
/// Who is at a group or program day comes to leave it, have a break or be back; who has
/// signed out, or forgot to, and has nothing else today is told so. None for anybody
/// else.
std::optional<Step> already_signed_in(const ConfirmIdentity& here);
/// "Sign out of my program", once it is known who asks.
Step sign_out_asked(const ConfirmIdentity& here);

}  // namespace foyer
