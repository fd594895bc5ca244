#include "platform/rotate.h"

namespace foyer {

PlanePoint Turn::to_panel(PlanePoint at) const {
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    switch (rotation) {
        case Rotation::none:
            return at;
        case Rotation::quarter:
            return {h - at.y, at.x};
        case Rotation::half:
            return {w - at.x, h - at.y};
        case Rotation::three_quarters:
            return {at.y, w - at.x};
    }
    return at;
}

PlanePoint Turn::to_upright(PlanePoint at) const {
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    switch (rotation) {
        case Rotation::none:
            return at;
        case Rotation::quarter:
            return {at.y, h - at.x};
        case Rotation::half:
            return {w - at.x, h - at.y};
        case Rotation::three_quarters:
            return {w - at.y, at.x};
    }
    return at;
}

PixelRect Turn::to_panel(PixelRect rect) const {
    const int right = rect.x + rect.w;
    const int bottom = rect.y + rect.h;
    switch (rotation) {
        case Rotation::none:
            return rect;
        case Rotation::quarter:
            return {height - bottom, rect.x, rect.h, rect.w};
        case Rotation::half:
            return {width - right, height - bottom, rect.w, rect.h};
        case Rotation::three_quarters:
            return {rect.y, width - right, rect.h, rect.w};
    }
    return rect;
}

PixelPoint Turn::to_panel(PixelPoint upright) const {
    const PixelRect at = to_panel(PixelRect{upright.x, upright.y, 1, 1});
    return {at.x, at.y};
}

}  // namespace foyer
