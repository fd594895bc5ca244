#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/screens/screens.h"

namespace foyer {

/// A signature as it is being made, on a form or the sheet of a sign-in: typing the
/// name and one tap is enough; who would rather draws one (WCAG 2.5.7).
struct SignatureShown {
    const std::string& name;
    const std::vector<SignatureStroke>& strokes;
    bool draw = false;
};

/// What to do, and where.
std::optional<Event> signature_field(const SignatureShown& shown, Ui& ui);
/// Within a row of links: the other way to sign, and a fresh sheet.
std::optional<Event> signature_links(const SignatureShown& shown, Ui& ui);
/// Back, and "Sign" once there is something to see of it.
std::optional<Event> signature_ways_on(const SignatureShown& shown, Ui& ui);

}  // namespace foyer
