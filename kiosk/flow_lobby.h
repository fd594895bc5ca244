#pragma once

#include "kiosk/flow.h"

namespace foyer {

/// Whether react_to_lobby() answers: every event on a screen of the lobby, and every
/// event about it.
bool concerns_lobby(const Screen& screen, const Event& event);
/// The part of react() about those who come without a visit of their own.
Step react_to_lobby(const Screen& screen, const Event& event);

/// After a check-in to a visit by video: the question for a room, then the step's own
/// screen.
Step offer_room(Step step, const Alias& patient, const Alias& visit);

/// After what somebody without an appointment said they need; not for a crisis.
Step come_in(WalkInChosen::Need need);

}  // namespace foyer
