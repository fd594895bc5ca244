#pragma once

#include <functional>
#include <string_view>

#include "kiosk/ui/way_map.h"
#include "sync/clinic/site.h"

namespace foyer {

/// Where a `map` of `[[place]]` lies: from the root, or "demo/..." among Foyer's own.
std::filesystem::path map_file(std::string_view map);

/// Reads the pictures of all places, each once. One that cannot be shown is left out
/// and told, with its place: patients there get the words alone.
WayMaps read_way_maps(
    const Site& site,
    const std::function<void(const PlaceRule&, const Error&)>& refused);

}  // namespace foyer
