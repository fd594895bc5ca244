#pragma once

#include "kiosk/forms/instance.h"
#include "platform/result.h"

namespace foyer {

/// Puts the answers of a QuestionnaireResponse into a fresh tree: values, declined
/// questions, instances of repeating groups. `bad_input` with the linkId if it has an
/// item or an answer that the form does not take; nothing is dropped silently.
Result<void> resume(FormTree& tree, const Element& response);

}  // namespace foyer
