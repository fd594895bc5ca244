#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/clinic/visit.h"

namespace foyer {

/// Plants with kind, short, speakable names, in English and Spanish side by side. Device
/// `index` owns the block [index * plants_per_device, ...): kiosks that cannot talk to one
/// another never give the same call name. The list is only ever added to at its end.
int plants_per_device();
int max_devices();

/// The `count`-th call name (0-based) a device gives on a day; numbers jump about so that
/// the name does not tell how many came before. All names of one device and day differ
/// until `plants_per_device() * 99` are used.
CallName call_name(int device_index, int count);

/// "Fern 27", "Helecho 27".
std::string spoken(const CallName& name, std::string_view language);

}  // namespace foyer
