#pragma once

#include <vector>

#include "kiosk/samples.h"

namespace foyer {

/// A sample for each control a form can ask for. `after` is where the forms lead.
std::vector<Sample> form_question_samples(const Before& after);
std::vector<Sample> form_review_samples(const Before& after);
std::vector<Sample> form_sign_samples(const Before& after);
/// A signature on the pad, and its dot.
std::vector<SignatureStroke> drawn_name();

}  // namespace foyer
