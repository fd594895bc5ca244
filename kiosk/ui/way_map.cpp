#include "kiosk/ui/way_map.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "platform/png.h"

namespace foyer {

namespace {

/// A plan of four colours is some 20 kB; what is far larger is a photograph.
constexpr std::uintmax_t most_bytes = std::uintmax_t{4} << 20;
constexpr std::uint32_t most_pixels = 4000, least_pixels = 200;
constexpr std::uint32_t longest = 3;

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | byte_at(bytes, at + i);
    return number;
}

/// Before anything is unpacked: a small file can hold a huge picture. Width and height
/// are the first numbers of the first chunk (PNG, 11.2.1).
Result<void> look_at_size(std::string_view bytes) {
    constexpr std::size_t width_at = 16, height_at = 20, header = 24;
    if (bytes.size() < header || bytes.substr(1, 3) != "PNG")
        return fail(Error::Code::bad_input, "it is no PNG file");
    const auto width = number_at(bytes, width_at), height = number_at(bytes, height_at);
    if (width > most_pixels || height > most_pixels)
        return fail(Error::Code::bad_input, "it has more than 4000 pixels a side");
    if (width < least_pixels || height < least_pixels)
        return fail(Error::Code::bad_input, "it has less than 200 pixels a side");
    if (width > height * longest || height > width * longest)
        return fail(Error::Code::bad_input,
                    "it is more than three times as long as wide");
    return {};
}

/// Luma of ITU-R BT.601 over white, reversed.
std::uint8_t ink_of(std::string_view rgba) {
    const unsigned luma =
        (299 * byte_at(rgba, 0) + 587 * byte_at(rgba, 1) + 114 * byte_at(rgba, 2)) /
        1000;
    return static_cast<std::uint8_t>((255 - luma) * byte_at(rgba, 3) / 255);
}

}  // namespace

Result<WayMap> read_way_map(const std::filesystem::path& file) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file, missing);
    if (missing) return fail(Error::Code::not_found, "there is no such file");
    if (size > most_bytes)
        return fail(Error::Code::bad_input, "it is larger than 4 MB");
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    TRY(look_at_size(bytes));
    const auto picture = TRY(decode_png(bytes));
    WayMap map{picture.width, picture.height, {}};
    map.ink.reserve(picture.rgba.size() / 4);
    for (std::size_t at = 0; at + 4 <= picture.rgba.size(); at += 4)
        map.ink.push_back(ink_of(std::string_view(picture.rgba).substr(at, 4)));
    return map;
}

std::vector<std::uint8_t> scaled(const WayMap& map, int width, int height) {
    std::vector<std::uint8_t> small;
    small.reserve(std::size_t(width) * std::size_t(height));
    for (int y = 0; y < height; ++y) {
        const int top = int(std::int64_t(y) * map.height / height);
        const int bottom =
            std::max(top + 1, int(std::int64_t(y + 1) * map.height / height));
        for (int x = 0; x < width; ++x) {
            const int left = int(std::int64_t(x) * map.width / width);
            const int right =
                std::max(left + 1, int(std::int64_t(x + 1) * map.width / width));
            int sum = 0;
            for (int row = top; row < bottom; ++row)
                for (int column = left; column < right; ++column)
                    sum += map.ink[std::size_t(row) * std::size_t(map.width) +
                                   std::size_t(column)];
            small.push_back(
                static_cast<std::uint8_t>(sum / ((bottom - top) * (right - left))));
        }
    }
    return small;
}

}  // namespace foyer
