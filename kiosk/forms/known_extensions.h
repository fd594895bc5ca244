#pragma once

#include <string_view>

namespace foyer {

/// Whether an extension is understood, or known to make no difference on a kiosk. What
/// is not is reported when the form is read.
bool is_known_extension(std::string_view url);

}  // namespace foyer
