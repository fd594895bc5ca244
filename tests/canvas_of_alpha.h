#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "platform/canvas.h"

namespace foyer {

/// A canvas that draws nothing and keeps what textures were made of.
class CanvasOfAlpha final : public Canvas {
public:
    struct Texture {
        int width = 0, height = 0;
        std::vector<std::uint8_t> alpha;
        bool operator==(const Texture&) const = default;
    };
    std::map<TextureId, Texture> textures;
    bool has_memory = true;

    int width() const override { return 1080; }
    int height() const override { return 1920; }
    TextureId make_texture(int w, int h, std::span<const std::uint8_t> alpha) override {
        if (!has_memory) return 0;
        textures[++last_] = {w, h, {alpha.begin(), alpha.end()}};
        return last_;
    }
    void drop_texture(TextureId texture) override { textures.erase(texture); }
    void begin(std::uint32_t) override {}
    void triangles(TextureId, std::span<const Vertex>, std::span<const std::uint16_t>,
                   PixelRect) override {}
    void end() override {}
    Result<Picture> read() override { return Picture{}; }

private:
    TextureId last_ = 0;
};

}  // namespace foyer
