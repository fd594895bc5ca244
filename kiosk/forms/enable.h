#pragma once

#include "kiosk/forms/instance.h"

namespace foyer {

/// Whether enableWhen lets an instance be answered. By R4: `!=` is true of a question
/// without an answer; an answer of a disabled question counts as none; of several
/// instances of the question the nearest counts (ancestors, then before, then after).
/// R4's text for > < >= <= ("at least no answer") is an erratum: at least one is meant,
/// as everywhere else (forms.md).
/// `ne_of_nothing`: what `!=` says of a question without an answer; HL7's validator
/// reads it as false.
bool enable_when_holds(const FormTree& tree, const Instance& instance,
                       bool ne_of_nothing = true);

/// The instance of item `question` that a condition or expression at `from` means; null
/// if there is none.
const Instance* nearest_instance(const FormTree& tree, const Instance& from,
                                 int question);

}  // namespace foyer
