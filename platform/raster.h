#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "platform/canvas.h"

namespace foyer {

/// Draws triangles on the CPU, the way a GPU does: corners to 1/16 pixel, a pixel
/// belongs to a shape when its centre does, neighbours share no pixel and leave none
/// out. Textures are sampled at the nearest pixel. The same input gives the same bytes
/// on every run. Knows nothing of windows, panels and rotation. One thread at a time.
///
/// It exists because SDL 2.26's software renderer cuts corners to whole pixels, which
/// makes circles look hewn, and falls into a slow path for turned quads
/// (platform/README.md has figures).
class Raster {
public:
    Raster(int width, int height);
    ~Raster();
    Raster(const Raster&) = delete;
    Raster& operator=(const Raster&) = delete;

    int width() const { return width_; }
    int height() const { return height_; }

    /// Changes the size; the picture is lost, textures stay.
    void resize(int width, int height);

    /// As in Canvas. Wiped when dropped.
    TextureId make_texture(int w, int h, std::span<const std::uint8_t> alpha);
    void drop_texture(TextureId texture);

    /// Fills everything with one opaque colour.
    void fill(std::uint32_t rgba);
    /// As in Canvas. A triangle with a corner that is not a number is left out.
    void triangles(TextureId texture, std::span<const Vertex> vertices,
                   std::span<const std::uint16_t> indices, PixelRect clip);

    /// The picture, R in the lowest byte, rows top to bottom. Valid until destroyed.
    std::span<const std::uint32_t> pixels() const { return pixels_; }

private:
    struct Texture;
    struct Painter;
    int width_, height_;
    std::vector<std::uint32_t> pixels_;
    std::vector<std::unique_ptr<Texture>> textures_;  ///< handle - 1; null when dropped
};

}  // namespace foyer
