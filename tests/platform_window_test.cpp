#include <SDL.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>

#include "platform/png.h"
#include "platform/window.h"

namespace foyer {
namespace {

constexpr std::uint32_t kRed = 0xFF0000FF;
constexpr std::uint32_t kGreen = 0xFF00FF00;
constexpr std::uint32_t kBlue = 0xFFFF0000;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr std::uint32_t kBlack = 0xFF000000;
constexpr std::array<std::uint16_t, 6> kQuad{0, 1, 2, 0, 2, 3};

std::uint32_t pixel(const Picture& picture, int x, int y) {
    std::uint32_t rgba = 0;
    std::memcpy(&rgba, &picture.rgba[(std::size_t(y) * picture.width + x) * 4], 4);
    return rgba;
}

std::array<Vertex, 4> box(PixelRect at, std::uint32_t rgba) {
    const auto x = float(at.x), y = float(at.y), w = float(at.w), h = float(at.h);
    return {Vertex{x, y, 0, 0, rgba}, Vertex{x + w, y, 1, 0, rgba},
            Vertex{x + w, y + h, 1, 1, rgba}, Vertex{x, y + h, 0, 1, rgba}};
}

std::unique_ptr<Window> memory(int w, int h, Rotation rotation = Rotation::none) {
    auto window = Window::in_memory(w, h, rotation);
    EXPECT_TRUE(window);
    return std::move(*window);
}

/// No two of its corners, sides or halves look alike: a box near one corner, a clipped
/// box, and a texture with one opaque corner.
Picture asymmetrical_scene(Window& window) {
    std::vector<std::uint8_t> alpha(12 * 16, 0);
    for (std::size_t i = 0; i < 6 * 12; ++i) alpha[i] = i % 12 < 4 ? 255 : 0;
    for (std::size_t i = 10 * 12; i < alpha.size(); ++i)
        alpha[i] = i % 12 < 8 ? 0 : 128;
    const TextureId texture = window.make_texture(12, 16, alpha);
    const PixelRect all{0, 0, 40, 60};
    window.begin(kWhite);
    window.triangles(0, box({2, 3, 10, 5}, kRed), kQuad, all);
    window.triangles(0, box({10, 20, 25, 30}, kGreen), kQuad, {0, 22, 20, 9});
    window.triangles(texture, box({24, 40, 12, 16}, kBlue), kQuad, all);
    window.end();
    window.drop_texture(texture);
    return window.read().value();
}

std::unique_ptr<Window> on_a_display_nobody_sees(Rotation rotation,
                                                 const char* renderer) {
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    SDL_setenv("SDL_RENDER_DRIVER", renderer, 1);
    auto window = Window::on_screen(
        {.width = 40, .height = 60, .rotation = rotation, .readable = true});
    EXPECT_TRUE(window);
    return std::move(*window);
}

/// The part that a GPU shows, drawn by SDL's own stand-in for a GPU.
std::unique_ptr<Window> shown_by_sdl(Rotation rotation) {
    return on_a_display_nobody_sees(rotation, "software");
}

/// Counts pixels whose colours differ by more than rounding.
int pixels_that_differ(const Picture& a, const Picture& b) {
    if (a.width != b.width || a.height != b.height) return a.width * a.height;
    int count = 0;
    for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
        int difference = 0;
        for (std::size_t j = i; j < i + 4; ++j)
            difference += std::abs((a.rgba[j] & 0xFF) - (b.rgba[j] & 0xFF));
        if (difference > 6) ++count;
    }
    return count;
}

// SDL's stand-in for a GPU can be one texel off along the diagonal of a turned box.
constexpr int kAlongTheDiagonal = 12;

class EachRotation : public testing::TestWithParam<Rotation> {};
INSTANTIATE_TEST_SUITE_P(Window, EachRotation,
                         testing::Values(Rotation::none, Rotation::quarter,
                                         Rotation::half, Rotation::three_quarters));

TEST_P(EachRotation, ShowsTheSameUprightPicture) {
    const Picture upright = asymmetrical_scene(*memory(40, 60));
    const Picture turned = asymmetrical_scene(*memory(40, 60, GetParam()));
    ASSERT_EQ(turned.width, 40);
    ASSERT_EQ(turned.height, 60);
    EXPECT_TRUE(turned.rgba == upright.rgba);
}

TEST_P(EachRotation, OnAScreenShowsWhatIsDrawnInMemory) {
    const Picture upright = asymmetrical_scene(*memory(40, 60));
    const Picture shown = asymmetrical_scene(*shown_by_sdl(GetParam()));
    ASSERT_EQ(shown.width, 40);
    EXPECT_LE(pixels_that_differ(shown, upright), kAlongTheDiagonal);
}

TEST_P(EachRotation, OnAScreenWithoutAGpuShowsWhatIsDrawnInMemory) {
    const auto screen = on_a_display_nobody_sees(GetParam(), "none");
    EXPECT_TRUE(screen->is_software());
    EXPECT_TRUE(asymmetrical_scene(*screen).rgba ==
                asymmetrical_scene(*memory(40, 60)).rgba);
    SDL_Surface* surface = SDL_GetWindowSurface(screen->sdl_window());
    const Picture panel = screen->read_panel().value();
    ASSERT_EQ(surface->w, panel.width);
    for (int y = 0; y < panel.height; ++y) {
        for (int x = 0; x < panel.width; ++x) {
            const auto* row =
                static_cast<const char*>(surface->pixels) + y * surface->pitch;
            Uint32 raw = 0;
            std::memcpy(&raw, row + x * 4, 4);
            Uint8 r = 0, g = 0, b = 0;
            SDL_GetRGB(raw, surface->format, &r, &g, &b);
            ASSERT_EQ(0xFF000000U | r | g << 8 | b << 16, pixel(panel, x, y));
        }
    }
}

TEST_P(EachRotation, OnAScreenTurnsThePanelAsInMemory) {
    const auto window = memory(40, 60, GetParam());
    const auto screen = shown_by_sdl(GetParam());
    asymmetrical_scene(*window);
    asymmetrical_scene(*screen);
    ASSERT_EQ(screen->panel_width(), window->panel_width());
    EXPECT_LE(
        pixels_that_differ(screen->read_panel().value(), window->read_panel().value()),
        kAlongTheDiagonal);
}

TEST(Window, DrawsBoxesTexturesAndClipsWhereTheyBelong) {
    const Picture scene = asymmetrical_scene(*memory(40, 60));
    EXPECT_EQ(pixel(scene, 2, 3), kRed);
    EXPECT_EQ(pixel(scene, 11, 7), kRed);
    EXPECT_EQ(pixel(scene, 12, 7), kWhite);
    EXPECT_EQ(pixel(scene, 11, 8), kWhite);
    EXPECT_EQ(pixel(scene, 10, 22), kGreen);
    EXPECT_EQ(pixel(scene, 10, 21), kWhite);
    EXPECT_EQ(pixel(scene, 19, 30), kGreen);
    EXPECT_EQ(pixel(scene, 20, 30), kWhite);
    EXPECT_EQ(pixel(scene, 19, 31), kWhite);
    EXPECT_EQ(pixel(scene, 27, 45), kBlue);
    EXPECT_EQ(pixel(scene, 28, 45), kWhite);
    EXPECT_EQ(pixel(scene, 27, 46), kWhite);
    EXPECT_EQ(pixel(scene, 32, 50), 0xFFFF7F7FU);
}

TEST_P(EachRotation, TurnsThePanelClockwise) {
    auto window = memory(40, 60, GetParam());
    window->begin(kWhite);
    window->triangles(0, box({0, 0, 1, 1}, kRed), kQuad, {0, 0, 40, 60});
    window->end();
    const Picture panel = window->read_panel().value();
    const bool right = GetParam() == Rotation::quarter || GetParam() == Rotation::half;
    const bool bottom =
        GetParam() == Rotation::half || GetParam() == Rotation::three_quarters;
    EXPECT_EQ(pixel(panel, right ? panel.width - 1 : 0, bottom ? panel.height - 1 : 0),
              kRed);
}

TEST_P(EachRotation, ATouchComesBackToThePixelThatWasShownThere) {
    const auto window = memory(40, 60, GetParam());
    for (int y = 0; y < 60; ++y)
        for (int x = 0; x < 40; ++x)
            ASSERT_EQ(window->to_upright(window->to_panel({x, y})), (PixelPoint{x, y}));
}

TEST_P(EachRotation, AFingerOnTheRimStaysInThePicture) {
    const auto window = memory(40, 60, GetParam());
    for (const float x : {0.0F, 0.5F, 1.0F}) {
        for (const float y : {0.0F, 0.5F, 1.0F}) {
            const PixelPoint at = window->touch_to_upright(x, y);
            EXPECT_TRUE(at.x >= 0 && at.x < 40 && at.y >= 0 && at.y < 60);
        }
    }
}

TEST(Window, TouchesTheTopLeftOfATurnedPictureAtThePanelsTopRight) {
    const auto window = memory(40, 60, Rotation::quarter);
    EXPECT_EQ(window->touch_to_upright(0.999F, 0.001F), (PixelPoint{0, 0}));
}

TEST(Window, DrawsPlainColoursWithoutATexture) {
    auto window = memory(4, 4);
    window->begin(kBlack);
    const std::array<std::uint16_t, 3> corner{0, 1, 2};
    window->triangles(0, box({0, 0, 4, 4}, kRed), corner, {0, 0, 4, 4});
    window->end();
    const Picture picture = window->read().value();
    EXPECT_EQ(pixel(picture, 3, 0), kRed);
    EXPECT_EQ(pixel(picture, 0, 3), kBlack);
}

TEST(Window, BlendsHalfTransparentColours) {
    auto window = memory(4, 4);
    window->begin(kBlack);
    window->triangles(0, box({0, 0, 4, 4}, 0x80FFFFFF), kQuad, {0, 0, 4, 4});
    window->end();
    EXPECT_NEAR(pixel(window->read().value(), 1, 1) & 0xFF, 0x80, 1);
}

TEST(Window, LooksOnlyAtTheVerticesNamed) {
    auto window = memory(4, 4);
    std::vector<Vertex> vertices(20'000, Vertex{-1, -1, 9, 9, kRed});
    const auto wanted = box({0, 0, 2, 2}, kGreen);
    vertices.insert(vertices.end(), wanted.begin(), wanted.end());
    const std::array<std::uint16_t, 6> indices{20'000, 20'001, 20'002,
                                               20'000, 20'002, 20'003};
    window->begin(kBlack);
    window->triangles(0, vertices, indices, {0, 0, 4, 4});
    window->end();
    EXPECT_EQ(pixel(window->read().value(), 1, 1), kGreen);
}

TEST(Window, DrawsNothingInsideAnEmptyClip) {
    auto window = memory(4, 4);
    window->begin(kBlack);
    window->triangles(0, box({0, 0, 4, 4}, kRed), kQuad, {2, 2, 0, 0});
    window->triangles(0, box({0, 0, 4, 4}, kRed), kQuad, {8, 8, 4, 4});
    window->end();
    EXPECT_EQ(pixel(window->read().value(), 2, 2), kBlack);
}

TEST(Window, RefusesAPictureWithoutASize) {
    EXPECT_FALSE(Window::in_memory(0, 10));
    EXPECT_FALSE(Window::in_memory(10, -1));
}

}  // namespace
}  // namespace foyer
