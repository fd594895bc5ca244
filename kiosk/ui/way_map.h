#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// A clinic's picture of the way (`[[place]] map`), decoded once: how dark each pixel
/// is, rows top to bottom. It is drawn in one ink on white whatever its colours were,
/// so that no colour alone means anything, and it is the same in high contrast.
struct WayMap {
    int width = 0, height = 0;
    std::vector<std::uint8_t> ink;  ///< 0 white .. 255 black
};

/// By the name that the config has for the file.
using WayMaps = std::map<std::string, std::shared_ptr<const WayMap>, std::less<>>;

/// Reads a PNG file. `not_found` without one; `bad_input` when it is no PNG, cut
/// short, larger than 4 MB or than 4000 pixels a side, smaller than 200, or more than
/// three times as long as wide: nobody could read it. What is transparent is white.
Result<WayMap> read_way_map(const std::filesystem::path& file);

/// The ink at another size, each pixel the mean of what it covers.
std::vector<std::uint8_t> scaled(const WayMap& map, int width, int height);

}  // namespace foyer
