#include <array>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

#include "platform/raster.h"

namespace foyer {
namespace {

constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr std::uint32_t kBlack = 0xFF000000;
constexpr std::uint32_t kRed = 0xFF0000FF;

std::uint32_t pixel(const Raster& raster, int x, int y) {
    return raster.pixels()[static_cast<std::size_t>(y) * raster.width() + x];
}

void draw(Raster& raster, std::initializer_list<Vertex> corners,
          TextureId texture = 0) {
    std::array<std::uint16_t, 6> order{0, 1, 2, 0, 2, 3};
    raster.triangles(texture, corners,
                     std::span(order).first(corners.size() == 3 ? 3 : 6),
                     {0, 0, raster.width(), raster.height()});
}

TEST(Raster, DrawsAPixelWhenItsCentreIsInside) {
    Raster raster(4, 4);
    raster.fill(kBlack);
    draw(raster, {{0.6F, 1, 0, 0, kRed},
                  {2.4F, 1, 0, 0, kRed},
                  {2.4F, 2, 0, 0, kRed},
                  {0.6F, 2, 0, 0, kRed}});
    EXPECT_EQ(pixel(raster, 0, 1), kBlack);
    EXPECT_EQ(pixel(raster, 1, 1), kRed);
    EXPECT_EQ(pixel(raster, 2, 1), kBlack);
    EXPECT_EQ(pixel(raster, 1, 0), kBlack);
    EXPECT_EQ(pixel(raster, 1, 2), kBlack);
}

/// A fan of half-transparent triangles around a point: a pixel drawn twice would be
/// darker, one left out lighter. Around (31.5, 29.5) edges run through pixel centres.
TEST(Raster, NeighboursNeitherOverlapNorLeaveGaps) {
    for (const auto& [x, y] : {std::pair(31.37F, 29.81F), std::pair(31.5F, 29.5F)}) {
        Raster raster(64, 64);
        raster.fill(kWhite);
        const std::uint32_t veil = 0x80000000;
        const Vertex middle{x, y, 0, 0, veil};
        const std::array<Vertex, 7> rim{
            Vertex{0, 0, 0, 0, veil},   Vertex{x, 0, 0, 0, veil},
            Vertex{64, 0, 0, 0, veil},  Vertex{64, y, 0, 0, veil},
            Vertex{64, 64, 0, 0, veil}, Vertex{13, 64, 0, 0, veil},
            Vertex{0, 64, 0, 0, veil}};
        for (std::size_t i = 0; i < rim.size(); ++i)
            draw(raster, {middle, rim[i], rim[(i + 1) % rim.size()]});
        for (const std::uint32_t value : raster.pixels()) ASSERT_EQ(value, 0xFF7F7F7F);
    }
}

TEST(Raster, BothWindingsLookAlike) {
    Raster one(16, 16);
    Raster two(16, 16);
    one.fill(kWhite);
    two.fill(kWhite);
    const Vertex a{1, 2, 0, 0, kRed}, b{14, 5, 0, 0, kBlack},
        c{6, 15, 0, 0, 0x10FF0000};
    draw(one, {a, b, c});
    draw(two, {c, b, a});
    EXPECT_TRUE(
        std::equal(one.pixels().begin(), one.pixels().end(), two.pixels().begin()));
}

TEST(Raster, ShadesEvenlyFromCornerToCorner) {
    Raster raster(256, 2);
    raster.fill(kWhite);
    draw(raster, {{0, 0, 0, 0, kBlack},
                  {256, 0, 0, 0, kWhite},
                  {256, 2, 0, 0, kWhite},
                  {0, 2, 0, 0, kBlack}});
    for (int x = 0; x < 256; ++x) {
        ASSERT_NEAR(static_cast<int>(pixel(raster, x, 0) & 0xFF), x, 1);
        ASSERT_EQ(pixel(raster, x, 0), pixel(raster, x, 1));
    }
}

TEST(Raster, CopiesAnUnscaledTexturePixelByPixel) {
    Raster raster(8, 8);
    raster.fill(kBlack);
    const std::array<std::uint8_t, 6> alpha{255, 0, 128, 0, 255, 255};
    const TextureId texture = raster.make_texture(3, 2, alpha);
    draw(raster,
         {{2, 3, 0, 0, kWhite},
          {5, 3, 1, 0, kWhite},
          {5, 5, 1, 1, kWhite},
          {2, 5, 0, 1, kWhite}},
         texture);
    EXPECT_EQ(pixel(raster, 2, 3), kWhite);
    EXPECT_EQ(pixel(raster, 3, 3), kBlack);
    EXPECT_EQ(pixel(raster, 4, 3), 0xFF808080);
    EXPECT_EQ(pixel(raster, 2, 4), kBlack);
    EXPECT_EQ(pixel(raster, 4, 4), kWhite);
    EXPECT_EQ(pixel(raster, 5, 4), kBlack);
}

/// As ImGui fills its shapes; one that takes the short way and one that does not.
TEST(Raster, AFillFromAnOpaqueTexelLooksLikeAPlainOne) {
    const std::array<std::uint8_t, 4> alpha{0, 255, 0, 128};
    for (const auto& [u, strength] : {std::pair(0.4F, 255), std::pair(0.9F, 128)}) {
        Raster plain(16, 16);
        Raster textured(16, 16);
        plain.fill(kWhite);
        textured.fill(kWhite);
        const TextureId texture = textured.make_texture(4, 1, alpha);
        const auto veil = static_cast<std::uint32_t>(strength) << 24 | 0x40;
        draw(plain, {{1, 1, 0, 0, veil}, {9, 1, 0, 0, veil}, {4, 14, 0, 0, veil}});
        draw(plain, {{9, 9, 0, 0, veil},
                     {15, 9, 0, 0, veil},
                     {15, 15, 0, 0, veil},
                     {9, 15, 0, 0, veil}});
        const std::uint32_t full = 0xFF000040;
        draw(textured, {{1, 1, u, 0, full}, {9, 1, u, 0, full}, {4, 14, u, 0, full}},
             texture);
        draw(textured,
             {{9, 9, u, 0, full},
              {15, 9, u, 0, full},
              {15, 15, u, 0, full},
              {9, 15, u, 0, full}},
             texture);
        EXPECT_TRUE(std::equal(plain.pixels().begin(), plain.pixels().end(),
                               textured.pixels().begin()))
            << u;
    }
}

TEST(Raster, ScalesATextureToTheNearestPixel) {
    Raster raster(8, 8);
    raster.fill(kBlack);
    const std::array<std::uint8_t, 2> alpha{255, 0};
    const TextureId texture = raster.make_texture(2, 1, alpha);
    draw(raster,
         {{0, 0, 0, 0, kWhite},
          {8, 0, 1, 0, kWhite},
          {8, 8, 1, 1, kWhite},
          {0, 8, 0, 1, kWhite}},
         texture);
    EXPECT_EQ(pixel(raster, 3, 7), kWhite);
    EXPECT_EQ(pixel(raster, 4, 0), kBlack);
}

TEST(Raster, SurvivesCoordinatesOutOfThisWorld) {
    Raster raster(8, 8);
    raster.fill(kBlack);
    const float far = 1e30F;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    draw(raster, {{nan, 0, 0, 0, kRed}, {8, 0, 0, 0, kRed}, {8, 8, 0, 0, kRed}});
    EXPECT_EQ(pixel(raster, 6, 1), kBlack);
    draw(raster, {{-far, -far, 0, 0, kRed},
                  {far, -far, 0, 0, kRed},
                  {far, far, 0, 0, kRed},
                  {-far, far, 0, 0, kRed}});
    EXPECT_EQ(pixel(raster, 6, 1), kRed);
    draw(raster, {{-far, -far, -far, 0, kWhite},
                  {far, 0, far, 9, kBlack},
                  {0, far, 1, far, kWhite}});
}

TEST(Raster, ADroppedTextureDrawsNothing) {
    Raster raster(2, 2);
    raster.fill(kBlack);
    const std::array<std::uint8_t, 1> alpha{255};
    const TextureId texture = raster.make_texture(1, 1, alpha);
    raster.drop_texture(texture);
    draw(raster,
         {{0, 0, 0, 0, kWhite},
          {2, 0, 1, 0, kWhite},
          {2, 2, 1, 1, kWhite},
          {0, 2, 0, 1, kWhite}},
         texture);
    EXPECT_EQ(pixel(raster, 1, 1), kBlack);
}

}  // namespace
}  // namespace foyer
