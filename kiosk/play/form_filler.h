#pragma once

#include "kiosk/play/actor.h"
#include "platform/result.h"

namespace foyer {

/// How a story fills in a form it does not spell out.
struct FillWay {
    int option = 1;  ///< which choice, from 1; the last one where there are fewer
    bool on_screen_keyboard = false;  ///< every letter by a finger
};

/// Answers page after page as a patient would, by taps on what is shown, until the
/// screen is none of a form's questions. Questions with an answer keep it. Fails with
/// `refused` when a page cannot be left.
Result<void> fill_form(Actor& actor, const FillWay& way);

/// From the review to "your answers are kept": signs by name where it is to be signed.
Result<void> finish_form(Actor& actor);

}  // namespace foyer
