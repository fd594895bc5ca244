#pragma once

#include "kiosk/flow.h"

namespace foyer {

/// Whether react_to_form() answers: every event on a form's screen, every form's event
/// on whatever screen (on most of those it means nothing), and a language chosen.
bool concerns_forms(const Screen& screen, const Event& event);
/// The part of react() that is about forms.
Step react_to_form(const Screen& screen, const Event& event);

/// After a check-in: the forms that are due, and then `done`.
Step offer_forms(Screen done, std::vector<FormOffer> forms,
                 std::vector<Effect> effects);

}  // namespace foyer
