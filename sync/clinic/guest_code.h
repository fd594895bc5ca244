#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/clinic/visit.h"
#include "sync/records/keys.h"

namespace foyer {

/// What a patient may give to somebody who comes with them to a visit (domain.md W7): 6
/// letters and digits of Crockford's base32, which has no I, L, O or U, from a keyed
/// hash over the visit. Every device of the site knows it offline; without the site's
/// key it says nothing, and guessing one of 20 visits' takes 50 million tries.
std::string guest_code(const Alias& visit, const SiteKeys& keys);

/// What was typed as guest_code() writes it: capitals, without blanks and hyphens, with
/// what is taken for another letter put right (O is 0, I and L are 1). None if it
/// cannot be a code.
std::optional<std::string> guest_code_from(std::string_view typed);

/// "7K3 QXW": for people.
std::string spaced(const std::string& guest_code);

}  // namespace foyer
