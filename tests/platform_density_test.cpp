#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>

#include "platform/density.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;
using Edid = std::vector<std::uint8_t>;

struct Panel {
    int pixels_across = 1920, pixels_down = 1080;
    int mm_across = 597, mm_down = 336;
    int cm_across = 60, cm_down = 34;
};

void seal(Edid& edid) {
    edid[127] = 0;
    edid[127] = static_cast<std::uint8_t>(
        256 - std::accumulate(edid.begin(), edid.end(), 0) % 256);
}

Edid edid_of(const Panel& panel) {
    const auto low = [](int v) { return static_cast<std::uint8_t>(v & 0xFF); };
    const auto high = [](int v) { return v >> 8 & 0x0F; };
    Edid edid(128, 0);
    std::fill(edid.begin() + 1, edid.begin() + 7, std::uint8_t{0xFF});
    edid[21] = low(panel.cm_across);
    edid[22] = low(panel.cm_down);
    std::uint8_t* timing = &edid[54];
    timing[0] = 0x02;
    timing[1] = 0x3A;
    timing[2] = low(panel.pixels_across);
    timing[4] = low(high(panel.pixels_across) << 4);
    timing[5] = low(panel.pixels_down);
    timing[7] = low(high(panel.pixels_down) << 4);
    timing[12] = low(panel.mm_across);
    timing[13] = low(panel.mm_down);
    timing[14] = low(high(panel.mm_across) << 4 | high(panel.mm_down));
    seal(edid);
    return edid;
}

bool is_bad_input(const Result<double>& density) {
    return !density && density.error().code == Error::Code::bad_input;
}

TEST(Density, ComesFromMillimetres) {
    const auto density = pixels_per_mm(edid_of({}));
    ASSERT_TRUE(density);
    EXPECT_NEAR(*density, 3.215, 0.01);
}

TEST(Density, ComesFromCentimetresWhereMillimetresAreMissing) {
    const auto density = pixels_per_mm(edid_of({.mm_across = 0, .mm_down = 0}));
    ASSERT_TRUE(density);
    EXPECT_NEAR(*density, 3.2, 0.05);
}

TEST(Density, ComesFromCentimetresWhereMillimetresAreAPlaceholder) {
    EXPECT_TRUE(pixels_per_mm(edid_of({.mm_across = 160, .mm_down = 90})));
}

TEST(Density, IsNotBelievedWithoutASize) {
    EXPECT_TRUE(is_bad_input(pixels_per_mm(
        edid_of({.mm_across = 0, .mm_down = 0, .cm_across = 0, .cm_down = 0}))));
}

TEST(Density, IsNotBelievedFromPlaceholders) {
    EXPECT_TRUE(is_bad_input(pixels_per_mm(
        edid_of({.mm_across = 16, .mm_down = 9, .cm_across = 160, .cm_down = 90}))));
    EXPECT_TRUE(is_bad_input(pixels_per_mm(
        edid_of({.mm_across = 160, .mm_down = 90, .cm_across = 16, .cm_down = 9}))));
}

TEST(Density, IsNotBelievedWhenPixelsAreNotSquare) {
    EXPECT_TRUE(is_bad_input(pixels_per_mm(
        edid_of({.mm_across = 300, .mm_down = 336, .cm_across = 30, .cm_down = 34}))));
}

TEST(Density, IsNotBelievedOutsideWhatPanelsHave) {
    EXPECT_TRUE(is_bad_input(pixels_per_mm(edid_of(
        {.mm_across = 3000, .mm_down = 1687, .cm_across = 250, .cm_down = 141}))));
    EXPECT_TRUE(is_bad_input(pixels_per_mm(
        edid_of({.mm_across = 96, .mm_down = 54, .cm_across = 10, .cm_down = 5}))));
}

TEST(Density, IsNotReadFromDamage) {
    Edid edid = edid_of({});
    edid[60] ^= 1;
    EXPECT_TRUE(is_bad_input(pixels_per_mm(edid)));
    edid = edid_of({});
    EXPECT_TRUE(is_bad_input(pixels_per_mm(std::span(edid).first(127))));
    EXPECT_TRUE(is_bad_input(pixels_per_mm({})));
    edid[0] = 1;
    seal(edid);
    EXPECT_TRUE(is_bad_input(pixels_per_mm(edid)));
}

TEST(Density, NeedsAPreferredMode) {
    Edid edid = edid_of({});
    edid[54] = edid[55] = 0;
    seal(edid);
    EXPECT_TRUE(is_bad_input(pixels_per_mm(edid)));
}

class Connectors : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/drm-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        root = pattern;
    }
    void TearDown() override { fs::remove_all(root); }

    void connector(const char* name, const char* status, const Edid& edid) {
        fs::create_directories(root / name);
        std::ofstream(root / name / "status") << status << '\n';
        std::ofstream(root / name / "edid", std::ios::binary)
            .write(reinterpret_cast<const char*>(edid.data()), std::ssize(edid));
    }
    fs::path root;
};

TEST_F(Connectors, TheConnectedOneCounts) {
    connector("card0-DP-1", "disconnected",
              edid_of({.mm_across = 400, .mm_down = 225}));
    connector("card0-HDMI-A-1", "connected", edid_of({}));
    EXPECT_NEAR(display_density(root).value(), 3.215, 0.01);
}

TEST_F(Connectors, ABelievableOneCountsBeforeAnother) {
    connector("card0-DP-1", "connected", {});
    connector("card0-HDMI-A-1", "connected", edid_of({}));
    EXPECT_TRUE(display_density(root));
}

TEST_F(Connectors, WithoutAPanelThereIsNone) {
    connector("card0-DP-1", "disconnected", {});
    EXPECT_EQ(display_density(root).error().code, Error::Code::not_found);
    EXPECT_EQ(display_density(root / "nowhere").error().code, Error::Code::not_found);
}

TEST_F(Connectors, APanelWithoutAnEdidIsBadInput) {
    connector("card0-Virtual-1", "connected", {});
    EXPECT_TRUE(is_bad_input(display_density(root)));
}

}  // namespace
}  // namespace foyer
