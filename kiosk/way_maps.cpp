#include "kiosk/way_maps.h"

#include <utility>

#include "kiosk/assets.h"

namespace foyer {

std::filesystem::path map_file(std::string_view map) {
    return map.starts_with('/') ? std::filesystem::path(map) : asset(map);
}

WayMaps read_way_maps(
    const Site& site,
    const std::function<void(const PlaceRule&, const Error&)>& refused) {
    WayMaps maps;
    for (const auto& place : site.places) {
        if (place.map.empty() || maps.contains(place.map)) continue;
        auto map = read_way_map(map_file(place.map));
        if (map)
            maps[place.map] = std::make_shared<const WayMap>(*std::move(map));
        else
            refused(place, map.error());
    }
    return maps;
}

}  // namespace foyer
