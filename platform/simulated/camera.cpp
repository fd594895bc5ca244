#include "platform/simulated/camera.h"

#include <array>
#include <cstdint>

#include "platform/png.h"

namespace foyer {

namespace {

constexpr int width = 480, height = 300, bars_height = 220;

struct Rgb {
    std::uint8_t r, g, b;
};

constexpr std::array<Rgb, 8> bars{Rgb{0xF6, 0xF3, 0xEC}, Rgb{0xFB, 0xF0, 0xD6},
                                  Rgb{0xBF, 0xD6, 0xC9}, Rgb{0x1D, 0x56, 0x53},
                                  Rgb{0x8F, 0x3A, 0x17}, Rgb{0x6B, 0x45, 0x00},
                                  Rgb{0x43, 0x53, 0x54}, Rgb{0x1B, 0x2B, 0x2C}};

/// Beneath the bars the number in binary, lowest bit left: a white square is a one.
Rgb color_at(int x, int y, int number) {
    const int column = x * int(bars.size()) / width;
    if (y < bars_height) return bars[std::size_t(column)];
    const bool one = ((number >> column) & 1) != 0;
    const bool inside =
        x % (width / int(bars.size())) > 10 && y > bars_height + 10 && y < height - 10;
    if (one && inside) return {0xFF, 0xFF, 0xFF};
    return {0x10, 0x10, 0x10};
}

}  // namespace

Result<Photo> SimulatedCamera::take() {
    if (!plugged_in_) return fail(Error::Code::offline, "the camera is unplugged");
    const int number = ++taken_;
    Picture picture{width, height, {}};
    picture.rgba.reserve(std::size_t(width) * height * 4);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const auto color = color_at(x, y, number);
            for (const auto channel : {color.r, color.g, color.b, std::uint8_t{0xFF}})
                picture.rgba += char(channel);
        }
    return Photo{"image/png", TRY(encode_png(picture))};
}

}  // namespace foyer
