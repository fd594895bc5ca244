#include "platform/window.h"

#include <SDL.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "platform/rotate.h"

namespace foyer {

namespace {

// Textures and the picture in memory share one layout, the one SDL's software renderer
// has fast paths for.
constexpr Uint32 kTextureFormat = SDL_PIXELFORMAT_ARGB8888;
constexpr Uint32 kPictureFormat = SDL_PIXELFORMAT_RGB888;
constexpr Uint32 kTransparentWhite = 0x00FFFFFF;

/// A vertex as the renderer takes it, already turned.
struct PanelVertex {
    float x, y;
    float u, v;
    SDL_Color color;
};

SDL_Color color_of(std::uint32_t rgba) {
    return {static_cast<Uint8>(rgba), static_cast<Uint8>(rgba >> 8),
            static_cast<Uint8>(rgba >> 16), static_cast<Uint8>(rgba >> 24)};
}

/// Where pixel (x, y) of a `w` x `h` texture is kept in its turned copy. The same turn
/// as the picture's.
PixelPoint turned_texel(const Turn& turn, int x, int y) {
    switch (turn.rotation) {
        case Rotation::none:
            break;
        case Rotation::quarter:
            return {turn.height - 1 - y, x};
        case Rotation::half:
            return {turn.width - 1 - x, turn.height - 1 - y};
        case Rotation::three_quarters:
            return {y, turn.width - 1 - x};
    }
    return {x, y};
}

SDL_Texture* sdl(TextureId texture) {
    return reinterpret_cast<SDL_Texture*>(texture);
}

Error sdl_error(Error::Code code, const char* doing) {
    return Error{code, std::string(doing) + ": " + SDL_GetError()};
}

}  // namespace

struct Window::Inside {
    SDL_Window* window = nullptr;
    SDL_Surface* surface = nullptr;  ///< the picture, when in memory
    SDL_Renderer* renderer = nullptr;
    SDL_Texture* kept = nullptr;  ///< what is drawn on, when readable on a GPU
    bool software = false;
    bool readable = false;
    bool video = false;
    Turn turn;
    std::vector<PanelVertex> vertices;
    std::vector<std::uint16_t> indices;

    ~Inside() {
        if (kept) SDL_DestroyTexture(kept);
        if (renderer) SDL_DestroyRenderer(renderer);
        if (surface) SDL_FreeSurface(surface);
        if (window) SDL_DestroyWindow(window);
        if (video) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    /// Asks for the panel's size; it changes when somebody drags the window's edge.
    void measure() {
        int w = 0;
        int h = 0;
        if (SDL_GetRendererOutputSize(renderer, &w, &h) != 0) return;
        if (w == turn.panel_width() && h == turn.panel_height() && w > 0) return;
        turn.width = turn.on_its_side() ? h : w;
        turn.height = turn.on_its_side() ? w : h;
        if (!readable || software) return;
        if (kept) SDL_DestroyTexture(kept);
        kept =
            SDL_CreateTexture(renderer, kTextureFormat, SDL_TEXTUREACCESS_TARGET, w, h);
        if (kept) SDL_SetTextureBlendMode(kept, SDL_BLENDMODE_NONE);
    }

    void learn_renderer() {
        SDL_RendererInfo info{};
        SDL_GetRendererInfo(renderer, &info);
        software = (info.flags & SDL_RENDERER_SOFTWARE) != 0;
        SDL_SetRenderDrawBlendMode(renderer, SDL_BLENDMODE_BLEND);
    }
};

Window::Window(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Window::~Window() = default;

Result<std::unique_ptr<Window>> Window::on_screen(const WindowOptions& options) {
    auto inside = std::make_unique<Inside>();
    // The process ends by its own signal handling, and a kiosk never blanks by itself.
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    // Touches come as touches only, so that no tap counts twice.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return tl::unexpected(sdl_error(Error::Code::not_found, "no display"));
    inside->video = true;
    // On KMSDRM the default renderer shows nothing or half a picture (seen with
    // SDL 2.26 and mesa 22.3), and says nothing about it.
    if (std::strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM") == 0)
        SDL_SetHintWithPriority(SDL_HINT_RENDER_DRIVER, "opengles2", SDL_HINT_DEFAULT);

    inside->turn = {options.rotation, options.width, options.height};
    inside->readable = options.readable;
    const Uint32 flags = options.fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    inside->window = SDL_CreateWindow(
        options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
        inside->turn.panel_width(), inside->turn.panel_height(), flags);
    if (!inside->window)
        return tl::unexpected(sdl_error(Error::Code::not_found, "no window"));

    const Uint32 target = options.readable ? SDL_RENDERER_TARGETTEXTURE : 0;
    inside->renderer = SDL_CreateRenderer(
        inside->window, -1,
        SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC | target);
    if (!inside->renderer)
        inside->renderer =
            SDL_CreateRenderer(inside->window, -1, SDL_RENDERER_SOFTWARE);
    if (!inside->renderer)
        return tl::unexpected(sdl_error(Error::Code::not_found, "no renderer"));
    inside->learn_renderer();
    inside->turn.width = inside->turn.height = 0;
    inside->measure();
    return std::unique_ptr<Window>(new Window(std::move(inside)));
}

Result<std::unique_ptr<Window>> Window::in_memory(int width, int height,
                                                  Rotation rotation) {
    if (width <= 0 || height <= 0)
        return fail(Error::Code::bad_input, "a picture needs a width and a height");
    auto inside = std::make_unique<Inside>();
    inside->turn = {rotation, width, height};
    inside->surface = SDL_CreateRGBSurfaceWithFormat(
        0, inside->turn.panel_width(), inside->turn.panel_height(), 32, kPictureFormat);
    if (!inside->surface)
        return tl::unexpected(sdl_error(Error::Code::bad_input, "no picture"));
    inside->renderer = SDL_CreateSoftwareRenderer(inside->surface);
    if (!inside->renderer)
        return tl::unexpected(sdl_error(Error::Code::bad_input, "no renderer"));
    inside->learn_renderer();
    return std::unique_ptr<Window>(new Window(std::move(inside)));
}

int Window::width() const {
    return inside_->turn.width;
}
int Window::height() const {
    return inside_->turn.height;
}
int Window::panel_width() const {
    return inside_->turn.panel_width();
}
int Window::panel_height() const {
    return inside_->turn.panel_height();
}
bool Window::is_software() const {
    return inside_->software;
}
bool Window::is_on_screen() const {
    return inside_->window != nullptr;
}
SDL_Window* Window::sdl_window() const {
    return inside_->window;
}

std::string Window::driver() const {
    SDL_RendererInfo info{};
    SDL_GetRendererInfo(inside_->renderer, &info);
    const char* video = inside_->window ? SDL_GetCurrentVideoDriver() : "memory";
    return std::string(video ? video : "none") + "/" + (info.name ? info.name : "none");
}

TextureId Window::make_texture(int w, int h, std::span<const std::uint8_t> alpha) {
    assert(w > 0 && h > 0 && alpha.size() >= static_cast<std::size_t>(w) * h);
    const Turn turn{inside_->turn.rotation, w, h};
    SDL_Texture* texture =
        SDL_CreateTexture(inside_->renderer, kTextureFormat, SDL_TEXTUREACCESS_STATIC,
                          turn.panel_width(), turn.panel_height());
    if (!texture) return 0;
    std::vector<Uint32> pixels(static_cast<std::size_t>(w) * h);
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            const PixelPoint at = turned_texel(turn, x, y);
            const Uint32 a = alpha[static_cast<std::size_t>(y) * w + x];
            pixels[static_cast<std::size_t>(at.y) * turn.panel_width() + at.x] =
                a << 24 | kTransparentWhite;
        }
    }
    SDL_UpdateTexture(texture, nullptr, pixels.data(), turn.panel_width() * 4);
    SDL_memset(pixels.data(), 0, pixels.size() * 4);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    SDL_SetTextureScaleMode(
        texture, inside_->software ? SDL_ScaleModeNearest : SDL_ScaleModeLinear);
    return reinterpret_cast<TextureId>(texture);
}

void Window::drop_texture(TextureId texture) {
    if (texture == 0) return;
    int w = 0;
    int h = 0;
    if (SDL_QueryTexture(sdl(texture), nullptr, nullptr, &w, &h) == 0) {
        const std::vector<Uint32> nothing(static_cast<std::size_t>(w) * h);
        SDL_UpdateTexture(sdl(texture), nullptr, nothing.data(), w * 4);
    }
    SDL_DestroyTexture(sdl(texture));
}

void Window::begin(std::uint32_t rgba) {
    inside_->measure();
    if (inside_->kept) SDL_SetRenderTarget(inside_->renderer, inside_->kept);
    const SDL_Color c = color_of(rgba);
    SDL_SetRenderDrawColor(inside_->renderer, c.r, c.g, c.b, 255);
    SDL_RenderClear(inside_->renderer);
}

void Window::triangles(TextureId texture, std::span<const Vertex> vertices,
                       std::span<const std::uint16_t> indices, PixelRect clip) {
    if (indices.empty()) return;
    const int left = std::max(clip.x, 0);
    const int top = std::max(clip.y, 0);
    const int right = std::min(clip.x + clip.w, width());
    const int bottom = std::min(clip.y + clip.h, height());
    if (right <= left || bottom <= top) return;

    const Turn& turn = inside_->turn;
    const auto [first, last] = std::minmax_element(indices.begin(), indices.end());
    const std::uint16_t base = *first;
    assert(*last < vertices.size());
    inside_->vertices.clear();
    for (const Vertex& vertex : vertices.subspan(base, std::size_t{*last} - base + 1)) {
        const PlanePoint at = turn.to_panel(PlanePoint{vertex.x, vertex.y});
        const PlanePoint uv =
            Turn{turn.rotation, 1, 1}.to_panel(PlanePoint{vertex.u, vertex.v});
        inside_->vertices.push_back({at.x, at.y, std::clamp(uv.x, 0.0F, 1.0F),
                                     std::clamp(uv.y, 0.0F, 1.0F),
                                     color_of(vertex.rgba)});
    }
    inside_->indices.clear();
    for (const std::uint16_t index : indices)
        inside_->indices.push_back(static_cast<std::uint16_t>(index - base));

    const PixelRect on_panel =
        turn.to_panel(PixelRect{left, top, right - left, bottom - top});
    const SDL_Rect sdl_clip{on_panel.x, on_panel.y, on_panel.w, on_panel.h};
    SDL_RenderSetClipRect(inside_->renderer, &sdl_clip);
    constexpr int kStride = sizeof(PanelVertex);
    const PanelVertex& v = inside_->vertices.front();
    SDL_RenderGeometryRaw(inside_->renderer, sdl(texture), &v.x, kStride, &v.color,
                          kStride, &v.u, kStride,
                          static_cast<int>(inside_->vertices.size()),
                          inside_->indices.data(), static_cast<int>(indices.size()), 2);
}

void Window::end() {
    SDL_RenderSetClipRect(inside_->renderer, nullptr);
    if (inside_->kept) {
        SDL_SetRenderTarget(inside_->renderer, nullptr);
        SDL_RenderCopy(inside_->renderer, inside_->kept, nullptr, nullptr);
    }
    SDL_RenderPresent(inside_->renderer);
}

Result<Picture> Window::read_panel() {
    if (!inside_->software && !inside_->kept)
        return fail(Error::Code::refused, "the window was not made readable");
    Picture picture;
    picture.width = panel_width();
    picture.height = panel_height();
    picture.rgba.resize(static_cast<std::size_t>(picture.width) * picture.height * 4);
    if (inside_->kept) SDL_SetRenderTarget(inside_->renderer, inside_->kept);
    const int failed =
        SDL_RenderReadPixels(inside_->renderer, nullptr, SDL_PIXELFORMAT_RGBA32,
                             picture.rgba.data(), picture.width * 4);
    if (inside_->kept) SDL_SetRenderTarget(inside_->renderer, nullptr);
    if (failed)
        return tl::unexpected(
            sdl_error(Error::Code::refused, "cannot read the picture"));
    for (std::size_t i = 3; i < picture.rgba.size(); i += 4) picture.rgba[i] = '\xFF';
    return picture;
}

Result<Picture> Window::read() {
    Picture panel = TRY(read_panel());
    if (inside_->turn.rotation == Rotation::none) return panel;
    Picture upright;
    upright.width = width();
    upright.height = height();
    upright.rgba.resize(panel.rgba.size());
    for (int y = 0; y < upright.height; ++y) {
        for (int x = 0; x < upright.width; ++x) {
            const PixelPoint from = turned_texel(inside_->turn, x, y);
            std::memcpy(
                &upright.rgba[(static_cast<std::size_t>(y) * upright.width + x) * 4],
                &panel.rgba[(static_cast<std::size_t>(from.y) * panel.width + from.x) *
                            4],
                4);
        }
    }
    return upright;
}

PixelPoint Window::to_upright(PixelPoint panel) const {
    const Turn& turn = inside_->turn;
    const int x = std::clamp(panel.x, 0, turn.panel_width() - 1);
    const int y = std::clamp(panel.y, 0, turn.panel_height() - 1);
    const PlanePoint at = turn.to_upright(
        PlanePoint{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F});
    return {static_cast<int>(at.x), static_cast<int>(at.y)};
}

PixelPoint Window::touch_to_upright(float x, float y) const {
    const auto pixel = [](float part, int size) {
        return static_cast<int>(std::floor(part * static_cast<float>(size)));
    };
    return to_upright({pixel(x, panel_width()), pixel(y, panel_height())});
}

PixelPoint Window::to_panel(PixelPoint upright) const {
    return turned_texel(inside_->turn, upright.x, upright.y);
}

}  // namespace foyer
