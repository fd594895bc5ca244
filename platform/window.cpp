#include "platform/window.h"

#include <SDL.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "platform/raster.h"

namespace foyer {

namespace {

constexpr Uint32 kTextureFormat = SDL_PIXELFORMAT_ARGB8888;
constexpr Uint32 kTransparentWhite = 0x00FFFFFF;

/// A vertex as SDL's renderer takes it, already turned.
struct PanelVertex {
    float x, y;
    float u, v;
    SDL_Color color;
};

SDL_Color color_of(std::uint32_t rgba) {
    return {static_cast<Uint8>(rgba), static_cast<Uint8>(rgba >> 8),
            static_cast<Uint8>(rgba >> 16), static_cast<Uint8>(rgba >> 24)};
}

SDL_Texture* sdl(TextureId texture) {
    return reinterpret_cast<SDL_Texture*>(texture);
}

tl::unexpected<Error> sdl_failure(Error::Code code, const char* what) {
    return fail(code, std::string(what) + ": " + SDL_GetError());
}

/// An empty picture of the size given.
Picture blank(int width, int height) {
    Picture picture;
    picture.width = width;
    picture.height = height;
    picture.rgba.resize(static_cast<std::size_t>(width) * height * 4);
    return picture;
}

/// Where a picture keeps its pixel (x, y).
std::size_t at(const Picture& picture, int x, int y) {
    return (static_cast<std::size_t>(y) * picture.width + x) * 4;
}

Picture turned_to_panel(const Turn& turn, const Picture& upright) {
    Picture panel = blank(turn.panel_width(), turn.panel_height());
    for (int y = 0; y < upright.height; ++y) {
        for (int x = 0; x < upright.width; ++x) {
            const PixelPoint to = turn.to_panel(PixelPoint{x, y});
            std::memcpy(&panel.rgba[at(panel, to.x, to.y)],
                        &upright.rgba[at(upright, x, y)], 4);
        }
    }
    return panel;
}

Picture turned_upright(const Turn& turn, const Picture& panel) {
    Picture upright = blank(turn.width, turn.height);
    for (int y = 0; y < upright.height; ++y) {
        for (int x = 0; x < upright.width; ++x) {
            const PixelPoint from = turn.to_panel(PixelPoint{x, y});
            std::memcpy(&upright.rgba[at(upright, x, y)],
                        &panel.rgba[at(panel, from.x, from.y)], 4);
        }
    }
    return upright;
}

/// How a window fills the screen: its flags, and its place where that matters. On X11
/// SDL 2.26 asks the window manager and sleeps until the window has changed, 100 ms if
/// it was right from the start or nobody manages it. A window without a border, as
/// large as the screen, needs no asking, and managers take it for a full screen.
Uint32 whole_screen(SDL_Rect& place) {
    SDL_Rect screen;
    if (std::strcmp(SDL_GetCurrentVideoDriver(), "x11") != 0 ||
        SDL_GetDisplayBounds(0, &screen) != 0)
        return SDL_WINDOW_FULLSCREEN_DESKTOP;
    place = screen;
    return SDL_WINDOW_BORDERLESS;
}

/// Whether GL would be drawn by a GPU. Without one mesa draws it on the CPU, which
/// takes 0.2 s and 100 MB longer to start than our own raster and is slower afterwards.
bool has_gpu() {
    if (std::strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM") == 0) return true;
    std::error_code none;
    for (const auto& node : std::filesystem::directory_iterator("/dev/dri", none))
        if (node.path().filename().string().starts_with("render")) return true;
    return false;
}

}  // namespace

/// Draws with `raster` when there is one, else with `renderer`.
struct Window::Inside {
    Turn turn;
    bool readable = false;
    bool video = false;
    SDL_Window* window = nullptr;
    std::unique_ptr<Raster> raster;
    SDL_Renderer* renderer = nullptr;
    SDL_Texture* kept = nullptr;  ///< what the GPU draws on, when readable
    std::vector<PanelVertex> vertices;
    std::vector<std::uint16_t> indices;

    ~Inside() {
        if (kept) SDL_DestroyTexture(kept);
        if (renderer) SDL_DestroyRenderer(renderer);
        if (window) SDL_DestroyWindow(window);
        if (video) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    /// Asks for the panel's size; it changes when somebody drags the window's edge.
    void measure() {
        if (!window) return;
        int w = 0;
        int h = 0;
        if (renderer) {
            SDL_GetRendererOutputSize(renderer, &w, &h);
        } else {
            SDL_GetWindowSize(window, &w, &h);
        }
        if (w <= 0 || h <= 0) return;
        if (w == turn.panel_width() && h == turn.panel_height()) return;
        turn.width = turn.on_its_side() ? h : w;
        turn.height = turn.on_its_side() ? w : h;
        if (raster) raster->resize(turn.width, turn.height);
        if (kept) {
            SDL_DestroyTexture(kept);
            keep();
        }
    }

    void keep() {
        kept = SDL_CreateTexture(renderer, kTextureFormat, SDL_TEXTUREACCESS_TARGET,
                                 turn.panel_width(), turn.panel_height());
        if (kept) SDL_SetTextureBlendMode(kept, SDL_BLENDMODE_NONE);
    }

    Picture drawn() const {
        Picture upright = blank(turn.width, turn.height);
        std::memcpy(upright.rgba.data(), raster->pixels().data(), upright.rgba.size());
        return upright;
    }

    /// Puts what the CPU drew into the window.
    void show() const {
        SDL_Surface* surface = SDL_GetWindowSurface(window);
        if (!surface || surface->w != turn.panel_width() ||
            surface->h != turn.panel_height())
            return;
        const auto put = [&](const void* pixels) {
            SDL_ConvertPixels(surface->w, surface->h, SDL_PIXELFORMAT_RGBA32, pixels,
                              surface->w * 4, surface->format->format, surface->pixels,
                              surface->pitch);
        };
        // Turning costs two copies of the picture; most windows need none.
        if (turn.rotation == Rotation::none) {
            put(raster->pixels().data());
        } else {
            put(turned_to_panel(turn, drawn()).rgba.data());
        }
        SDL_UpdateWindowSurface(window);
    }
};

Window::Window(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Window::~Window() = default;

Result<std::unique_ptr<Window>> Window::on_screen(const WindowOptions& options) {
    // The process ends by its own signal handling, and a kiosk never blanks by itself.
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    // Touches come as touches only, so that no tap counts twice.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");

    auto inside = std::make_unique<Inside>();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return sdl_failure(Error::Code::not_found, "no display");
    inside->video = true;
    // On KMSDRM the default renderer shows nothing or half a picture (seen with
    // SDL 2.26 and mesa 22.3), and says nothing about it.
    if (std::strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM") == 0)
        SDL_SetHintWithPriority(SDL_HINT_RENDER_DRIVER, "opengles2", SDL_HINT_DEFAULT);

    inside->turn = {options.rotation, options.width, options.height};
    inside->readable = options.readable;
    SDL_Rect place{SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                   inside->turn.panel_width(), inside->turn.panel_height()};
    const Uint32 flags = options.fullscreen ? whole_screen(place) : 0;
    inside->window = SDL_CreateWindow(options.title.c_str(), place.x, place.y, place.w,
                                      place.h, flags);
    if (!inside->window) return sdl_failure(Error::Code::not_found, "no window");

    // Fingers need no arrow, and one left in the middle of the lobby looks broken.
    if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);

    const Uint32 target = options.readable ? SDL_RENDERER_TARGETTEXTURE : 0;
    if (has_gpu() || std::getenv("SDL_RENDER_DRIVER") != nullptr)
        inside->renderer = SDL_CreateRenderer(
            inside->window, -1,
            SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC | target);
    if (!inside->renderer && !SDL_GetWindowSurface(inside->window))
        return sdl_failure(Error::Code::not_found, "neither GL nor a frame buffer");
    inside->measure();
    if (!inside->renderer)
        inside->raster =
            std::make_unique<Raster>(inside->turn.width, inside->turn.height);
    if (inside->renderer && options.readable) inside->keep();
    return std::unique_ptr<Window>(new Window(std::move(inside)));
}

Result<std::unique_ptr<Window>> Window::in_memory(int width, int height,
                                                  Rotation rotation) {
    if (width <= 0 || height <= 0)
        return fail(Error::Code::bad_input, "a picture needs a width and a height");
    auto inside = std::make_unique<Inside>();
    inside->turn = {rotation, width, height};
    inside->raster = std::make_unique<Raster>(width, height);
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
    return inside_->raster != nullptr;
}
bool Window::is_on_screen() const {
    return inside_->window != nullptr;
}
SDL_Window* Window::sdl_window() const {
    return inside_->window;
}

std::string Window::driver() const {
    std::string name = inside_->window ? SDL_GetCurrentVideoDriver() : "memory";
    SDL_RendererInfo info{};
    if (inside_->renderer) SDL_GetRendererInfo(inside_->renderer, &info);
    return name + "/" + (info.name ? info.name : "cpu");
}

TextureId Window::make_texture(int w, int h, std::span<const std::uint8_t> alpha) {
    if (inside_->raster) return inside_->raster->make_texture(w, h, alpha);
    assert(w > 0 && h > 0 && alpha.size() >= static_cast<std::size_t>(w) * h);
    SDL_Texture* texture = SDL_CreateTexture(inside_->renderer, kTextureFormat,
                                             SDL_TEXTUREACCESS_STATIC, w, h);
    if (!texture) return 0;
    std::vector<Uint32> pixels(static_cast<std::size_t>(w) * h);
    std::transform(alpha.begin(), alpha.begin() + std::ptrdiff_t{w} * h, pixels.begin(),
                   [](Uint32 a) { return a << 24 | kTransparentWhite; });
    SDL_UpdateTexture(texture, nullptr, pixels.data(), w * 4);
    explicit_bzero(pixels.data(), pixels.size() * 4);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    SDL_SetTextureScaleMode(texture, SDL_ScaleModeLinear);
    return reinterpret_cast<TextureId>(texture);
}

void Window::drop_texture(TextureId texture) {
    if (inside_->raster) return inside_->raster->drop_texture(texture);
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
    if (inside_->raster) return inside_->raster->fill(rgba);
    if (inside_->kept) SDL_SetRenderTarget(inside_->renderer, inside_->kept);
    const SDL_Color c = color_of(rgba);
    SDL_SetRenderDrawColor(inside_->renderer, c.r, c.g, c.b, 255);
    SDL_RenderClear(inside_->renderer);
    SDL_SetRenderDrawBlendMode(inside_->renderer, SDL_BLENDMODE_BLEND);
}

void Window::triangles(TextureId texture, std::span<const Vertex> vertices,
                       std::span<const std::uint16_t> indices, PixelRect clip) {
    if (indices.empty()) return;
    if (inside_->raster)
        return inside_->raster->triangles(texture, vertices, indices, clip);
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
        const PlanePoint place = turn.to_panel(PlanePoint{vertex.x, vertex.y});
        // SDL refuses the whole list for one coordinate outside.
        inside_->vertices.push_back({place.x, place.y, std::clamp(vertex.u, 0.0F, 1.0F),
                                     std::clamp(vertex.v, 0.0F, 1.0F),
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
    if (inside_->raster) {
        if (inside_->window) inside_->show();
        return;
    }
    SDL_RenderSetClipRect(inside_->renderer, nullptr);
    if (inside_->kept) {
        SDL_SetRenderTarget(inside_->renderer, nullptr);
        SDL_RenderCopy(inside_->renderer, inside_->kept, nullptr, nullptr);
    }
    SDL_RenderPresent(inside_->renderer);
}

Result<Picture> Window::read_panel() {
    if (inside_->raster) return turned_to_panel(inside_->turn, inside_->drawn());
    if (!inside_->kept)
        return fail(Error::Code::refused, "the window was not made readable");
    Picture picture = blank(panel_width(), panel_height());
    SDL_SetRenderTarget(inside_->renderer, inside_->kept);
    const int failed =
        SDL_RenderReadPixels(inside_->renderer, nullptr, SDL_PIXELFORMAT_RGBA32,
                             picture.rgba.data(), picture.width * 4);
    SDL_SetRenderTarget(inside_->renderer, nullptr);
    if (failed) return sdl_failure(Error::Code::refused, "cannot read the picture");
    for (std::size_t i = 3; i < picture.rgba.size(); i += 4) picture.rgba[i] = '\xFF';
    return picture;
}

Result<Picture> Window::read() {
    if (inside_->raster) return inside_->drawn();
    return turned_upright(inside_->turn, TRY(read_panel()));
}

PixelPoint Window::to_upright(PixelPoint panel) const {
    const Turn& turn = inside_->turn;
    const int x = std::clamp(panel.x, 0, turn.panel_width() - 1);
    const int y = std::clamp(panel.y, 0, turn.panel_height() - 1);
    const PlanePoint centre = turn.to_upright(
        PlanePoint{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F});
    return {static_cast<int>(centre.x), static_cast<int>(centre.y)};
}

PixelPoint Window::touch_to_upright(float x, float y) const {
    const auto pixel = [](float part, int size) {
        return static_cast<int>(std::floor(part * static_cast<float>(size)));
    };
    return to_upright({pixel(x, panel_width()), pixel(y, panel_height())});
}

PixelPoint Window::to_panel(PixelPoint upright) const {
    return inside_->turn.to_panel(upright);
}

}  // namespace foyer
