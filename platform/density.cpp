#include "platform/density.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <system_error>
#include <vector>

namespace foyer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 128;
constexpr std::array<std::uint8_t, 8> kHeader{0x00, 0xFF, 0xFF, 0xFF,
                                              0xFF, 0xFF, 0xFF, 0x00};
/// Where the preferred mode's detailed timing starts, and the size in centimetres.
constexpr std::size_t kTiming = 54;
constexpr std::size_t kCentimetres = 21;

constexpr double kMmPerInch = 25.4;
constexpr double kFewestPpi = 40;
constexpr double kMostPpi = 400;
constexpr double kSquare = 0.10;

struct Size {
    int across = 0, down = 0;
    bool operator==(const Size&) const = default;
};

/// Aspect ratios that makers leave where millimetres belong (the list that desktops
/// use).
constexpr std::array<Size, 8> kPlaceholders{
    Size{16, 9},     Size{16, 10},     Size{160, 90}, Size{160, 100},
    Size{1600, 900}, Size{1600, 1000}, Size{40, 30},  Size{400, 300}};

/// Two halves of a 12-bit number: 8 low bits, and the high nibble of another byte.
int twelve_bits(std::uint8_t low, int high) {
    return low | (high & 0x0F) << 8;
}

Result<double> believable(Size pixels, Size mm) {
    if (mm.across <= 0 || mm.down <= 0)
        return fail(Error::Code::bad_input, "EDID: the panel tells no size");
    if (std::find(kPlaceholders.begin(), kPlaceholders.end(), mm) !=
        kPlaceholders.end())
        return fail(Error::Code::bad_input, "EDID: the size is a placeholder");
    const double across = static_cast<double>(pixels.across) / mm.across;
    const double down = static_cast<double>(pixels.down) / mm.down;
    if (std::abs(across - down) > kSquare * std::max(across, down))
        return fail(Error::Code::bad_input,
                    "EDID: size and pixels do not fit together");
    const double density = (across + down) / 2;
    if (density * kMmPerInch < kFewestPpi || density * kMmPerInch > kMostPpi)
        return fail(Error::Code::bad_input, "EDID: the density is not believable");
    return density;
}

std::string first_line(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::vector<std::uint8_t> bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Result<double> pixels_per_mm(std::span<const std::uint8_t> edid) {
    if (edid.size() < kBlock ||
        !std::equal(kHeader.begin(), kHeader.end(), edid.begin()))
        return fail(Error::Code::bad_input, "EDID: not an EDID");
    const auto block = edid.first(kBlock);
    if (std::accumulate(block.begin(), block.end(), 0) % 256 != 0)
        return fail(Error::Code::bad_input, "EDID: wrong checksum");

    const auto timing = block.subspan(kTiming, 18);
    if (timing[0] == 0 && timing[1] == 0)
        return fail(Error::Code::bad_input, "EDID: no preferred mode");
    Size pixels{twelve_bits(timing[2], timing[4] >> 4),
                twelve_bits(timing[5], timing[7] >> 4)};
    const bool interlaced = (timing[17] & 0x80) != 0;
    if (interlaced) pixels.down *= 2;

    const Size exact{twelve_bits(timing[12], timing[14] >> 4),
                     twelve_bits(timing[13], timing[14])};
    if (auto density = believable(pixels, exact)) return density;
    const Size rough{block[kCentimetres] * 10, block[kCentimetres + 1] * 10};
    return believable(pixels, rough);
}

Result<double> display_density(const fs::path& drm_root) {
    std::vector<fs::path> connectors;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(drm_root, none))
        connectors.push_back(entry.path());
    std::sort(connectors.begin(), connectors.end());

    Result<double> found = fail(Error::Code::not_found, "no panel is connected");
    for (const fs::path& connector : connectors) {
        if (first_line(connector / "status") != "connected") continue;
        found = pixels_per_mm(bytes_of(connector / "edid"));
        if (found) break;
    }
    return found;
}

}  // namespace foyer
