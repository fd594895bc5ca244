#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/clinic/visit.h"

namespace foyer {

/// Plants with kind, short, speakable names, in English and Spanish side by side.
/// Device `index` owns the block [index * plants_per_device, ...): kiosks that cannot
/// talk to one another never give the same call name. The list is only ever added to at
/// its end.
int plants_per_device();
int max_devices();

/// The `count`-th call name (0-based) a device gives on a day. Two names in a row have
/// different plants, and numbers jump about so that a name does not tell how many came
/// before. The first `plants_per_device() * 99` names of a device and day (495) use the
/// numbers 1 to 99; after those the numbers go on at 100, so no two names of a day are
/// ever equal. `device_index` is below max_devices().
CallName call_name(int device_index, int count);

/// "Fern 27", "Helecho 27". Languages other than Spanish ("es", "es-MX") get English.
std::string spoken(const CallName& name, std::string_view language);
/// What spoken(name, "en") was made of; none if it is no such name.
std::optional<CallName> call_name_from(std::string_view text);

}  // namespace foyer
