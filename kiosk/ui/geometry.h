#pragma once

#include <algorithm>

namespace foyer {

struct Size {
    float w = 0, h = 0;
    bool operator==(const Size&) const = default;
};

/// Origin top left, y downwards.
struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    bool contains(float px, float py) const {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    /// Whether `other` lies inside, to within half a pixel of rounding.
    bool holds(const Rect& other) const {
        return other.x >= x - 0.5F && other.y >= y - 0.5F &&
               other.right() <= right() + 0.5F && other.bottom() <= bottom() + 0.5F;
    }
    bool overlaps(const Rect& other) const {
        return x < other.right() - 0.5F && other.x < right() - 0.5F &&
               y < other.bottom() - 0.5F && other.y < bottom() - 0.5F;
    }
    bool operator==(const Rect&) const = default;
};

struct Insets {
    float left = 0, top = 0, right = 0, bottom = 0;
    static Insets all(float size) { return {size, size, size, size}; }
    static Insets sides(float horizontal, float vertical) {
        return {horizontal, vertical, horizontal, vertical};
    }
};

/// Distance between two rectangles that do not overlap, 0 if they touch.
inline float gap_between(const Rect& a, const Rect& b) {
    const float dx = std::max({0.0F, b.x - a.right(), a.x - b.right()});
    const float dy = std::max({0.0F, b.y - a.bottom(), a.y - b.bottom()});
    return std::max(dx, dy);
}

}  // namespace foyer
