#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "platform/result.h"

namespace foyer {

/// Opaque handle of a texture; 0 is none.
using TextureId = std::uintptr_t;

/// A corner of a triangle, in the upright picture's pixels. The same memory layout as
/// ImGui's ImDrawVert; `rgba` is R in the lowest byte.
struct Vertex {
    float x, y, u, v;
    std::uint32_t rgba;
};

/// Pixels, origin top left.
struct PixelRect {
    int x = 0, y = 0, w = 0, h = 0;
};

/// 32-bit RGBA pixels (R in the first byte), rows top to bottom without padding.
struct Picture {
    int width = 0, height = 0;
    std::string rgba;
};

/// How far the upright picture is turned clockwise on the panel.
enum class Rotation { none = 0, quarter = 90, half = 180, three_quarters = 270 };

/// Something to draw on. Coordinates are those of the upright picture; the canvas turns
/// vertices and clip rectangles for a rotated panel. Main thread only.
class Canvas {
public:
    virtual ~Canvas() = default;

    /// Size of the upright picture in pixels.
    virtual int width() const = 0;
    virtual int height() const = 0;

    /// A texture of `w` x `h` white pixels with the alpha given, one byte a pixel, rows
    /// without padding. Owned by the canvas until dropped. 0 if there is no memory.
    virtual TextureId make_texture(int w, int h,
                                   std::span<const std::uint8_t> alpha) = 0;
    virtual void drop_texture(TextureId texture) = 0;

    /// Starts a picture filled with one opaque colour.
    virtual void begin(std::uint32_t rgba) = 0;
    /// Draws indexed triangles, blended, inside `clip`.
    virtual void triangles(TextureId texture, std::span<const Vertex> vertices,
                           std::span<const std::uint16_t> indices, PixelRect clip) = 0;
    /// Shows the picture.
    virtual void end() = 0;

    /// The picture last drawn, upright.
    virtual Result<Picture> read() = 0;
};

/// Writes a PNG file, replacing what was there.
Result<void> write_png(const Picture& picture, const std::string& path);

}  // namespace foyer
