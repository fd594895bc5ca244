#include "kiosk/signature.h"

#include <gtest/gtest.h>

#include "platform/png.h"
#include "platform/simulated/camera.h"

using namespace foyer;

namespace {

int dark_pixels(const std::string& png) {
    const auto picture = decode_png(png);
    EXPECT_TRUE(picture);
    if (!picture) return -1;
    int count = 0;
    for (std::size_t i = 0; i < picture->rgba.size(); i += 4)
        if (static_cast<unsigned char>(picture->rgba[i]) < 128) ++count;
    return count;
}

}  // namespace

TEST(Signature, OfADotIsADot) {
    const auto png = drawn_signature({{{{0.5F, 0.5F}}}});
    ASSERT_TRUE(png);
    EXPECT_GT(dark_pixels(*png), 20);
    EXPECT_LT(dark_pixels(*png), 100);
}

TEST(Signature, OfALineIsLonger) {
    const auto png = drawn_signature({{{{0.1F, 0.5F}, {0.9F, 0.5F}}}});
    ASSERT_TRUE(png);
    EXPECT_GT(dark_pixels(*png), 4000);
}

TEST(Signature, OfNothingIsNone) {
    EXPECT_FALSE(drawn_signature({}));
    EXPECT_FALSE(drawn_signature({SignatureStroke{}}));
    EXPECT_FALSE(typed_signature("   "));
}

TEST(Signature, OfALongNameStaysOnThePaper) {
    const auto png = typed_signature(std::string(120, 'W'));
    ASSERT_TRUE(png);
    const auto picture = decode_png(*png);
    ASSERT_TRUE(picture);
    for (int y = 0; y < picture->height; ++y)
        EXPECT_EQ(picture->rgba[std::size_t(y) * std::size_t(picture->width) * 4],
                  '\xFF');
    EXPECT_GT(dark_pixels(*png), 500);
}

TEST(Signature, IsTheSameForTheSameName) {
    const auto one = typed_signature("María Nguyễn"),
               two = typed_signature("María Nguyễn");
    ASSERT_TRUE(one && two);
    EXPECT_EQ(*one, *two);
}

TEST(SimulatedCamera, TakesPicturesThatDiffer) {
    SimulatedCamera camera;
    const auto first = camera.take(), second = camera.take();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->mime, "image/png");
    EXPECT_TRUE(decode_png(first->bytes));
    EXPECT_NE(first->bytes, second->bytes);
}

TEST(SimulatedCamera, SaysThatItIsUnplugged) {
    SimulatedCamera camera;
    camera.set_plugged_in(false);
    EXPECT_EQ(camera.take().error().code, Error::Code::offline);
}
