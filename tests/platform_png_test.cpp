#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "platform/png.h"

namespace foyer {
namespace {

Picture four_pixels() {
    Picture picture;
    picture.width = 2;
    picture.height = 2;
    picture.rgba.assign(
        "\xFF\x00\x00\xFF\x00\xFF\x00\x80\x01\x02\x03\x04\xFF\xFF\xFF\xFF", 16);
    return picture;
}

class Png : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/png-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        dir = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(dir); }
    std::filesystem::path dir;
};

TEST_F(Png, ComesBackAsItWasWritten) {
    const std::string path = dir / "a.png";
    ASSERT_TRUE(write_png(four_pixels(), path));
    const auto back = read_png(path);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->width, 2);
    EXPECT_EQ(back->rgba, four_pixels().rgba);
}

TEST_F(Png, ComesBackFromMemory) {
    const auto bytes = encode_png(four_pixels());
    ASSERT_TRUE(bytes);
    const auto back = decode_png(*bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->rgba, four_pixels().rgba);
}

TEST_F(Png, ReplacesWhatWasThere) {
    const std::string path = dir / "a.png";
    std::ofstream(path) << std::string(100'000, 'x');
    ASSERT_TRUE(write_png(four_pixels(), path));
    EXPECT_TRUE(read_png(path));
}

TEST_F(Png, ThatIsCutShortIsBadInput) {
    const std::string bytes = encode_png(four_pixels()).value();
    const auto back = decode_png(std::string_view(bytes).substr(0, bytes.size() - 30));
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().code, Error::Code::bad_input);
}

TEST_F(Png, ThatIsMissingIsNotFound) {
    const auto back = read_png(dir / "none.png");
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().code, Error::Code::not_found);
}

TEST_F(Png, CannotBeWrittenWhereNothingCan) {
    const auto written = write_png(four_pixels(), dir / "no" / "such" / "folder.png");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, Error::Code::read_only);
}

TEST_F(Png, RefusesAPictureWithTooFewPixels) {
    Picture picture = four_pixels();
    picture.rgba.pop_back();
    const auto bytes = encode_png(picture);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, Error::Code::bad_input);
}

}  // namespace
}  // namespace foyer
