#pragma once

#include <string>
#include <vector>

#include "kiosk/form_screens.h"
#include "platform/result.h"

namespace foyer {

/// A signature as a PNG, dark ink on white, 900 x 300, the same bytes for the same
/// input. Any thread; holds no state. What it is given is the patient's: errors say
/// nothing of it.

/// From strokes drawn on the pad; a stroke of one point is a dot. Fails with
/// `bad_input` if there is nothing to see.
Result<std::string> drawn_signature(const std::vector<SignatureStroke>& strokes);
/// The one if there are strokes, else the other.
Result<std::string> signature_png(const std::vector<SignatureStroke>& strokes,
                                  const std::string& name);
/// From a typed name, in slanted letters; a long name is set smaller, on one line.
/// Fails with `bad_input` if the name is empty or all spaces.
Result<std::string> typed_signature(const std::string& name);

}  // namespace foyer
