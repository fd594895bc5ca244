#include "kiosk/thumbnail.h"

#include <algorithm>
#include <cstring>

namespace foyer {

Picture reduced(const Picture& picture, int factor) {
    Picture small;
    small.width = picture.width / factor;
    small.height = picture.height / factor;
    small.rgba.resize(std::size_t(small.width) * std::size_t(small.height) * 4);
    const auto* from = reinterpret_cast<const unsigned char*>(picture.rgba.data());
    const int count = factor * factor;
    for (int y = 0; y < small.height; ++y)
        for (int x = 0; x < small.width; ++x)
            for (int channel = 0; channel < 4; ++channel) {
                int sum = 0;
                for (int row = 0; row < factor; ++row)
                    for (int column = 0; column < factor; ++column)
                        sum += from[(std::size_t(y * factor + row) *
                                         std::size_t(picture.width) +
                                     std::size_t(x * factor + column)) *
                                        4 +
                                    std::size_t(channel)];
                small
                    .rgba[(std::size_t(y) * std::size_t(small.width) + std::size_t(x)) *
                              4 +
                          std::size_t(channel)] =
                    static_cast<char>((sum + count / 2) / count);
            }
    return small;
}

void put(Picture& onto, const Picture& picture, int x, int y) {
    const int left = std::max(0, -x), right = std::min(picture.width, onto.width - x);
    if (left >= right) return;
    for (int row = std::max(0, -y); row < picture.height && y + row < onto.height;
         ++row) {
        const auto from =
            (std::size_t(row) * std::size_t(picture.width) + std::size_t(left)) * 4;
        const auto to =
            (std::size_t(y + row) * std::size_t(onto.width) + std::size_t(x + left)) *
            4;
        std::memcpy(onto.rgba.data() + to, picture.rgba.data() + from,
                    std::size_t(right - left) * 4);
    }
}

Picture plain(int width, int height, std::uint32_t rgba) {
    Picture picture{width, height, {}};
    const auto pixels = std::size_t(width) * std::size_t(height);
    picture.rgba.resize(pixels * 4);
    for (std::size_t i = 0; i < pixels; ++i)
        std::memcpy(picture.rgba.data() + i * 4, &rgba, 4);
    return picture;
}

}  // namespace foyer
