#pragma once

#include <memory>
#include <span>
#include <string>

#include "platform/canvas.h"
#include "platform/rotate.h"

struct SDL_Window;

namespace foyer {

/// How a window on a screen is made.
struct WindowOptions {
    std::string title = "Foyer";
    /// Size of the upright picture in pixels; a full screen takes the panel's own size.
    int width = 1080, height = 1920;
    bool fullscreen = false;
    Rotation rotation = Rotation::none;
    /// Lets read() work on a GPU too, at the cost of one more copy of every picture.
    bool readable = false;
};

/// The panel: a window or a whole screen, drawn by the GPU where there is one and by
/// platform/raster.h where not, or a picture in memory that needs no display and is the
/// same at every run.
///
/// The panel may be mounted turned. Everything a caller gives or gets is in the upright
/// picture's pixels; vertices, clip rectangles, pictures and touches are turned here,
/// because KMSDRM turns nothing. A window's coordinates are the panel's pixels (no
/// HiDPI scaling is asked for). Main thread only.
class Window final : public Canvas {
public:
    /// Opens a window. Takes GL or GLES where there is a GPU (GLES 2 on KMSDRM, where
    /// the others draw nothing; `SDL_RENDER_DRIVER` overrules), else draws on the CPU.
    /// Installs no signal handlers. Fails with `not_found` when there is no display.
    static Result<std::unique_ptr<Window>> on_screen(const WindowOptions& options);

    /// A picture in memory, `width` x `height` when upright. Needs no video driver.
    static Result<std::unique_ptr<Window>> in_memory(
        int width, int height, Rotation rotation = Rotation::none);

    ~Window() override;
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    int width() const override;
    int height() const override;
    int panel_width() const;
    int panel_height() const;

    /// True where no GPU draws.
    bool is_software() const;
    /// True when a person can see it.
    bool is_on_screen() const;
    /// The video driver's name and the renderer's ("KMSDRM/opengles2", "memory/cpu"),
    /// for `foyer status`.
    std::string driver() const;

    TextureId make_texture(int w, int h, std::span<const std::uint8_t> alpha) override;
    /// Overwrites the texture with nothing, then lets go of it. 0 is allowed.
    void drop_texture(TextureId texture) override;

    /// Also takes in a changed window size.
    void begin(std::uint32_t rgba) override;
    /// Texture 0 draws the plain vertex colours. Only the vertices that `indices` name
    /// are looked at, so one big vertex list may be given again for each clip. Texture
    /// coordinates outside 0..1 are clamped. Allocates nothing once warm.
    void triangles(TextureId texture, std::span<const Vertex> vertices,
                   std::span<const std::uint16_t> indices, PixelRect clip) override;
    void end() override;

    /// On a GPU fails with `refused` unless the window was made readable.
    Result<Picture> read() override;
    /// The same picture as the panel has it, turned.
    Result<Picture> read_panel();

    /// The upright pixel under a panel's pixel (a mouse event's x and y). Points
    /// outside are moved to the nearest edge.
    PixelPoint to_upright(PixelPoint panel) const;
    /// The upright pixel under a finger; `x` and `y` run over the panel from 0 to 1, as
    /// in SDL_TouchFingerEvent.
    PixelPoint touch_to_upright(float x, float y) const;
    /// The panel's pixel that shows an upright pixel.
    PixelPoint to_panel(PixelPoint upright) const;

    /// The window, for what only the event loop needs of SDL (text input, cursor,
    /// platform/wake.h). Null in memory. Owned by this object.
    SDL_Window* sdl_window() const;

private:
    struct Inside;
    explicit Window(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
