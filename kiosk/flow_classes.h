#pragma once

#include "kiosk/flow.h"

namespace foyer {

/// Whether react_to_classes() answers: every event on a screen of classes, and every
/// event about classes.
bool concerns_classes(const Screen& screen, const Event& event);
/// The part of react() that is about classes.
Step react_to_classes(const Screen& screen, const Event& event);

/// After "Yes, that is me": the classes.
Step open_classes(const Person& person);
/// After "Yes, that is me": the forms that are due, without a check-in.
Step open_my_forms(const Person& person);
/// What there is to tell, and then the step's own screen.
Step tell_first(Step step, const Alias& patient, std::vector<ClassNews> news);
/// What a screen goes on with when forms that lay over it are over.
std::vector<Effect> goes_on_with(const Screen& after);

}  // namespace foyer
