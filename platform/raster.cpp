#include "platform/raster.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace foyer {

namespace {

/// Corners are kept in 1/16 pixel: fine enough for smooth edges, coarse enough that the
/// product of two distances fits 64 bits easily.
constexpr int kSub = 16;
constexpr int kHalf = kSub / 2;
/// Far outside any panel; keeps absurd coordinates from overflowing.
constexpr float kFarthest = 16384.0F;

struct Corner {
    std::int64_t x, y;  ///< 1/16 pixel
};

Corner corner(const Vertex& v) {
    const auto fixed = [](float at) {
        return std::llround(std::clamp(at, -kFarthest, kFarthest) * kSub);
    };
    return {fixed(v.x), fixed(v.y)};
}

bool is_number(const Vertex& v) {
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.u) &&
           std::isfinite(v.v);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    const std::int64_t q = a / b;
    return q - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
    return -floor_div(-a, b);
}

/// The first pixel whose centre is at or after `at` (1/16 pixel).
int first_pixel(std::int64_t at) {
    return static_cast<int>(ceil_div(at - kHalf, kSub));
}

/// `over` laid on `under` with alpha 0..255, each channel rounded to nearest.
std::uint32_t blend(std::uint32_t under, std::uint32_t over, std::uint32_t alpha) {
    constexpr std::uint32_t kTwo = 0x00FF00FF;
    const std::uint32_t rest = 255 - alpha;
    std::uint32_t rb = (over & kTwo) * alpha + (under & kTwo) * rest + 0x00800080;
    std::uint32_t g = (over >> 8 & 0xFF) * alpha + (under >> 8 & 0xFF) * rest + 0x80;
    rb = (rb + (rb >> 8 & kTwo)) >> 8 & kTwo;
    g = (g + (g >> 8)) >> 8;
    return 0xFF000000 | rb | g << 8;
}

std::uint32_t times(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t product = a * b + 0x80;
    return (product + (product >> 8)) >> 8;
}

/// The side of a line a point is on, grown along x in whole pixels: at pixel x of the
/// line `row` it is `step * x + start`, and not negative inside.
struct Edge {
    std::int64_t a, b, c;

    /// The line from `from` to `to`; inside is to its right in a picture whose y grows
    /// downwards. Pixel centres exactly on it belong to a top or left edge only.
    Edge(Corner from, Corner to)
        : a(from.y - to.y), b(to.x - from.x), c(-(a * from.x + b * from.y)) {
        const bool top = from.y == to.y && to.x > from.x;
        const bool left = to.y < from.y;
        if (!top && !left) c -= 1;
    }

    /// Narrows [begin, end) to the pixels of `row` inside.
    void narrow(int row, std::int64_t& begin, std::int64_t& end) const {
        const std::int64_t start =
            a * kHalf + b * (std::int64_t{row} * kSub + kHalf) + c;
        const std::int64_t step = a * kSub;
        if (step > 0) {
            begin = std::max(begin, ceil_div(-start, step));
        } else if (step < 0) {
            end = std::min(end, floor_div(start, -step) + 1);
        } else if (start < 0) {
            end = begin;
        }
    }
};

/// A value that changes evenly over a triangle, given at its corners.
struct Slope {
    double at_origin = 0, per_x = 0, per_y = 0;

    Slope(const std::array<Corner, 3>& p, double area, double v0, double v1,
          double v2) {
        if (v0 == v1 && v1 == v2) {
            at_origin = v0;
            return;
        }
        const auto d = [](std::int64_t x) { return static_cast<double>(x); };
        per_x = kSub *
                ((v1 - v0) * d(p[2].y - p[0].y) - (v2 - v0) * d(p[1].y - p[0].y)) /
                area;
        per_y = kSub *
                ((v2 - v0) * d(p[1].x - p[0].x) - (v1 - v0) * d(p[2].x - p[0].x)) /
                area;
        at_origin = v0 - per_x * d(p[0].x) / kSub - per_y * d(p[0].y) / kSub;
    }

    /// At the centre of a pixel.
    double at(std::int64_t x, int y) const {
        return at_origin + per_x * (static_cast<double>(x) + 0.5) + per_y * (y + 0.5);
    }
};

/// A Slope walked along a row in 1/65536.
struct Walk {
    std::int32_t value, step;
    Walk(const Slope& slope, std::int64_t x, int y)
        : value(fixed(slope.at(x, y))), step(fixed(slope.per_x)) {}

    /// Rounded to 0..255, then one pixel on.
    std::uint32_t channel() {
        const std::int32_t now = std::clamp((value + 0x8000) >> 16, 0, 255);
        value += step;
        return static_cast<std::uint32_t>(now);
    }
    /// Rounded down to 0..last, then one pixel on.
    int texel(int last) {
        const std::int32_t now = std::clamp(value >> 16, 0, last);
        value += step;
        return now;
    }

private:
    static std::int32_t fixed(double v) {
        return static_cast<std::int32_t>(
            std::lround(std::clamp(v, -8191.0, 8191.0) * 65536));
    }
};

/// The pixels [x0, x1) x [y0, y1).
struct Box {
    int x0, y0, x1, y1;
};

Box inside(const Box& a, const PixelRect& b) {
    return {std::max(a.x0, b.x), std::max(a.y0, b.y), std::min(a.x1, b.x + b.w),
            std::min(a.y1, b.y + b.h)};
}

double channel(std::uint32_t rgba, int shift) {
    return rgba >> shift & 0xFF;
}

}  // namespace

struct Raster::Texture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> alpha;
};

/// Draws on one picture inside one clip with one texture.
struct Raster::Painter {
    std::uint32_t* pixels;
    int stride;
    Box clip;
    const Texture* texture;

    /// Whether these corners all take one texel, and it is opaque: so ImGui fills its
    /// shapes, from a white pixel. The texture then changes nothing.
    bool is_plain(const Vertex& a, const Vertex& b, const Vertex& c) const {
        if (a.u != b.u || a.u != c.u || a.v != b.v || a.v != c.v) return false;
        const auto texel = [](float place, int size) {
            return std::clamp(static_cast<int>(std::clamp(place, 0.0F, 1.0F) *
                                               static_cast<float>(size)),
                              0, size - 1);
        };
        if (!std::isfinite(a.u) || !std::isfinite(a.v)) return false;
        const auto at = std::ptrdiff_t{texel(a.v, texture->height)} * texture->width +
                        texel(a.u, texture->width);
        return texture->alpha[static_cast<std::size_t>(at)] == 255;
    }

    std::uint32_t* row(int y) const {
        return pixels + static_cast<std::ptrdiff_t>(y) * stride;
    }

    static void span(std::uint32_t* out, std::int64_t count, std::uint32_t rgba) {
        const std::uint32_t alpha = rgba >> 24;
        if (alpha == 255) {
            std::fill_n(out, count, rgba);
        } else if (alpha != 0) {
            for (; count > 0; --count, ++out) *out = blend(*out, rgba, alpha);
        }
    }

    void flat_box(const Box& box, std::uint32_t rgba) const {
        for (int y = box.y0; y < box.y1; ++y)
            span(row(y) + box.x0, box.x1 - box.x0, rgba);
    }

    /// A box of one colour whose texture is shown pixel by pixel: text.
    void texture_box(const Box& box, std::uint32_t rgba, int texture_x,
                     int texture_y) const {
        const std::uint32_t strength = rgba >> 24;
        for (int y = box.y0; y < box.y1; ++y) {
            const std::uint8_t* from =
                texture->alpha.data() +
                static_cast<std::ptrdiff_t>(y + texture_y) * texture->width + texture_x;
            std::uint32_t* out = row(y);
            for (int x = box.x0; x < box.x1; ++x) {
                if (from[x] == 0) continue;
                const std::uint32_t alpha = times(from[x], strength);
                out[x] = alpha == 255 ? rgba : blend(out[x], rgba, alpha);
            }
        }
    }

    /// Draws a, b, c, d if they are an upright box of one colour, with its texture
    /// unscaled if it has one.
    bool quad(const Vertex& a, const Vertex& b, const Vertex& c,
              const Vertex& d) const {
        if (a.rgba != b.rgba || a.rgba != c.rgba || a.rgba != d.rgba) return false;
        const bool across = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
        const bool down = a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y;
        if (!(across || down) || !is_number(a) || !is_number(c)) return false;
        const Corner p = corner(a);
        const Corner q = corner(c);
        const Box whole{
            first_pixel(std::min(p.x, q.x)), first_pixel(std::min(p.y, q.y)),
            first_pixel(std::max(p.x, q.x)), first_pixel(std::max(p.y, q.y))};
        const Box box{std::max(whole.x0, clip.x0), std::max(whole.y0, clip.y0),
                      std::min(whole.x1, clip.x1), std::min(whole.y1, clip.y1)};
        if (!texture) {
            flat_box(box, a.rgba);
            return true;
        }
        return across && unscaled(a, c, whole, box);
    }

    bool unscaled(const Vertex& a, const Vertex& c, const Box& whole,
                  const Box& box) const {
        constexpr float kSame = 1.0F / 32;
        const auto w = static_cast<float>(texture->width);
        const auto h = static_cast<float>(texture->height);
        if (c.x <= a.x || c.y <= a.y) return false;
        if (std::abs((c.u - a.u) * w - (c.x - a.x)) > kSame) return false;
        if (std::abs((c.v - a.v) * h - (c.y - a.y)) > kSame) return false;
        const auto from = [](float coordinate, float size) {
            return static_cast<int>(std::lround(coordinate * size));
        };
        const int left = from(a.u, w);
        const int top = from(a.v, h);
        if (left < 0 || top < 0 || left + whole.x1 - whole.x0 > texture->width ||
            top + whole.y1 - whole.y0 > texture->height)
            return false;
        texture_box(box, a.rgba, left - whole.x0, top - whole.y0);
        return true;
    }

    void triangle(const Vertex* a, const Vertex* b, const Vertex* c) const {
        if (!is_number(*a) || !is_number(*b) || !is_number(*c)) return;
        std::array<Corner, 3> p{corner(*a), corner(*b), corner(*c)};
        std::int64_t area = (p[1].x - p[0].x) * (p[2].y - p[0].y) -
                            (p[2].x - p[0].x) * (p[1].y - p[0].y);
        if (area == 0) return;
        if (area < 0) {
            std::swap(b, c);
            std::swap(p[1], p[2]);
            area = -area;
        }
        const std::array<Edge, 3> edges{Edge(p[0], p[1]), Edge(p[1], p[2]),
                                        Edge(p[2], p[0])};
        const auto [low, high] = std::minmax({p[0].y, p[1].y, p[2].y});
        const int top = std::max(clip.y0, first_pixel(low));
        const int bottom = std::min(clip.y1, first_pixel(high) + 1);
        const bool flat = a->rgba == b->rgba && a->rgba == c->rgba && !texture;
        const Paint paint(p, static_cast<double>(area), *a, *b, *c, texture);
        for (int y = top; y < bottom; ++y) {
            std::int64_t begin = clip.x0;
            std::int64_t end = clip.x1;
            for (const Edge& edge : edges) edge.narrow(y, begin, end);
            if (begin >= end) continue;
            if (flat) {
                span(row(y) + begin, end - begin, a->rgba);
            } else {
                shaded(begin, end, y, paint);
            }
        }
    }

    /// What colours a triangle: four channels and the place in the texture.
    struct Paint {
        Slope r, g, b, a, u, v;
        Paint(const std::array<Corner, 3>& p, double area, const Vertex& i,
              const Vertex& j, const Vertex& k, const Texture* texture)
            : r(color(p, area, i, j, k, 0)),
              g(color(p, area, i, j, k, 8)),
              b(color(p, area, i, j, k, 16)),
              a(color(p, area, i, j, k, 24)),
              u(place(p, area, i.u, j.u, k.u, texture ? texture->width : 0)),
              v(place(p, area, i.v, j.v, k.v, texture ? texture->height : 0)) {}

        static Slope color(const std::array<Corner, 3>& p, double area, const Vertex& i,
                           const Vertex& j, const Vertex& k, int shift) {
            return {p, area, channel(i.rgba, shift), channel(j.rgba, shift),
                    channel(k.rgba, shift)};
        }
        static Slope place(const std::array<Corner, 3>& p, double area, float i,
                           float j, float k, int size) {
            const auto s = static_cast<double>(size);
            return {p, area, i * s, j * s, k * s};
        }
    };

    void shaded(std::int64_t begin, std::int64_t end, int y, const Paint& paint) const {
        Walk r(paint.r, begin, y);
        Walk g(paint.g, begin, y);
        Walk b(paint.b, begin, y);
        Walk a(paint.a, begin, y);
        Walk u(paint.u, begin, y);
        Walk v(paint.v, begin, y);
        std::uint32_t* out = row(y) + begin;
        for (std::int64_t x = begin; x < end; ++x, ++out) {
            const std::uint32_t rgb =
                r.channel() | g.channel() << 8 | b.channel() << 16;
            std::uint32_t alpha = a.channel();
            if (texture) {
                const int tx = u.texel(texture->width - 1);
                const int ty = v.texel(texture->height - 1);
                alpha = times(
                    alpha,
                    texture->alpha[static_cast<std::size_t>(ty) * texture->width + tx]);
            }
            *out = blend(*out, rgb, alpha);
        }
    }
};

Raster::Raster(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * height) {}

Raster::~Raster() = default;

void Raster::resize(int width, int height) {
    width_ = width;
    height_ = height;
    pixels_.assign(static_cast<std::size_t>(width) * height, 0xFF000000);
}

TextureId Raster::make_texture(int w, int h, std::span<const std::uint8_t> alpha) {
    assert(w > 0 && h > 0 && alpha.size() >= static_cast<std::size_t>(w) * h);
    auto texture = std::make_unique<Texture>();
    texture->width = w;
    texture->height = h;
    texture->alpha.assign(alpha.begin(), alpha.begin() + std::ptrdiff_t{w} * h);
    auto slot = std::find(textures_.begin(), textures_.end(), nullptr);
    if (slot == textures_.end()) slot = textures_.insert(slot, nullptr);
    *slot = std::move(texture);
    return static_cast<TextureId>(slot - textures_.begin()) + 1;
}

void Raster::drop_texture(TextureId texture) {
    if (texture == 0) return;
    assert(texture <= textures_.size());
    auto& slot = textures_[texture - 1];
    if (slot) explicit_bzero(slot->alpha.data(), slot->alpha.size());
    slot.reset();
}

void Raster::fill(std::uint32_t rgba) {
    std::fill(pixels_.begin(), pixels_.end(), rgba | 0xFF000000);
}

void Raster::triangles(TextureId texture, std::span<const Vertex> vertices,
                       std::span<const std::uint16_t> indices, PixelRect clip) {
    assert(texture <= textures_.size());
    const Texture* drawn = texture == 0 ? nullptr : textures_[texture - 1].get();
    if (texture != 0 && !drawn) return;
    const Painter textured{pixels_.data(), width_,
                           inside({0, 0, width_, height_}, clip), drawn};
    if (textured.clip.x0 >= textured.clip.x1) return;
    Painter plain = textured;
    plain.texture = nullptr;
    for (std::size_t i = 0; i + 3 <= indices.size(); i += 3) {
        const std::uint16_t* const at = &indices[i];
        assert(std::max({at[0], at[1], at[2]}) < vertices.size());
        const Vertex& a = vertices[at[0]];
        const Vertex& b = vertices[at[1]];
        const Vertex& c = vertices[at[2]];
        const Painter& painter = drawn && textured.is_plain(a, b, c) ? plain : textured;
        // Boxes come as 0 1 2, 0 2 3.
        if (i + 6 <= indices.size() && at[3] == at[0] && at[4] == at[2] &&
            at[5] < vertices.size()) {
            const Vertex& d = vertices[at[5]];
            const bool alike = &painter == &textured || (d.u == a.u && d.v == a.v);
            if (alike && painter.quad(a, b, c, d)) {
                i += 3;
                continue;
            }
        }
        painter.triangle(&a, &b, &c);
    }
}

}  // namespace foyer
