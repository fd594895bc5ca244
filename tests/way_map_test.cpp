#include "kiosk/ui/way_map.h"

#include <unistd.h>

#include <fstream>
#include <gtest/gtest.h>

#include "kiosk/assets.h"
#include "kiosk/screens/screens.h"
#include "kiosk/stage.h"
#include "kiosk/ui/words.h"
#include "kiosk/way_maps.h"
#include "platform/png.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

/// A file that goes with the test.
class WayMapFile : public testing::Test {
protected:
    ~WayMapFile() override { fs::remove(file); }

    fs::path file = fs::temp_directory_path() /
                    ("foyer-way-" + std::to_string(::getpid()) + ".png");

    static Picture plain_picture(int width, int height, const std::string& pixel) {
        Picture picture{width, height, {}};
        for (int i = 0; i < width * height; ++i) picture.rgba += pixel;
        return picture;
    }
    void holds(const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
    }
    void is_of(int width, int height, const std::string& pixel = "\x01\x01\x01\xFF") {
        holds(encode_png(plain_picture(width, height, pixel)).value());
    }
    std::string why_not() {
        const auto map = read_way_map(file);
        return map ? "" : map.error().what;
    }
};

TEST_F(WayMapFile, IsReadAsInkOnWhite) {
    is_of(300, 200, std::string("\x00\x00\x00\xFF", 4));
    const auto black = read_way_map(file);
    ASSERT_TRUE(black) << black.error().what;
    EXPECT_EQ(black->width, 300);
    EXPECT_EQ(black->height, 200);
    EXPECT_EQ(black->ink.at(0), 255);
    is_of(300, 200, "\xFF\xFF\xFF\xFF");
    EXPECT_EQ(read_way_map(file)->ink.at(59999), 0);
    // What is transparent is paper, whatever colour lies under it.
    is_of(300, 200, std::string(4, '\0'));
    EXPECT_EQ(read_way_map(file)->ink.at(0), 0);
}

TEST_F(WayMapFile, ThatNobodyCouldReadIsRefused) {
    EXPECT_EQ(read_way_map(file).error().code, Error::Code::not_found);
    holds("");
    EXPECT_EQ(why_not(), "it is no PNG file");
    holds("<svg/> is a picture, and not of this kind");
    EXPECT_EQ(why_not(), "it is no PNG file");
    is_of(199, 300);
    EXPECT_EQ(why_not(), "it has less than 200 pixels a side");
    is_of(700, 230);
    EXPECT_EQ(why_not(), "it is more than three times as long as wide");
    holds(std::string(5 << 20, 'x'));
    EXPECT_EQ(why_not(), "it is larger than 4 MB");
}

TEST_F(WayMapFile, ASmallFileOfAHugePictureIsNotUnpacked) {
    auto bytes = encode_png(plain_picture(300, 200, "\x01\x01\x01\xFF")).value();
    bytes[16] = 0x7F;  // the width
    holds(bytes);
    EXPECT_EQ(why_not(), "it has more than 4000 pixels a side");
}

TEST_F(WayMapFile, CutShortOrDamagedAnywhereItIsRefusedOrWhole) {
    is_of(300, 200);
    std::ifstream in(file, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t size = 0; size < whole.size() - 12; ++size) {
        holds(whole.substr(0, size));
        EXPECT_FALSE(read_way_map(file)) << size;
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = char(damaged[at] ^ 0x55);
        holds(damaged);
        if (const auto map = read_way_map(file)) {
            EXPECT_EQ(map->ink.size(), std::size_t(map->width * map->height));
        }
    }
}

TEST(WayMapScaled, IsTheMeanOfWhatAPixelCovers) {
    const WayMap map{4, 2, {0, 255, 10, 10, 255, 0, 10, 10}};
    EXPECT_EQ(scaled(map, 2, 1), (std::vector<std::uint8_t>{127, 10}));
    EXPECT_EQ(scaled(map, 4, 2), map.ink);
    EXPECT_EQ(scaled(map, 8, 2).size(), 16u);
}

TEST(WayMaps, OfASiteAreReadOnceAndTheOthersTold) {
    Site site;
    site.places = {{"a", {}, sample_map},
                   {"b", {}, sample_map},
                   {"c", {}, "/nowhere/way.png"},
                   {"d", {}, ""}};
    std::vector<std::string> refused;
    const auto maps = read_way_maps(site, [&](const PlaceRule& place, const Error&) {
        refused.push_back(place.location);
    });
    EXPECT_EQ(maps.size(), 1u);
    EXPECT_TRUE(maps.contains(sample_map));
    EXPECT_EQ(refused, std::vector<std::string>{"c"});
}

TEST(TheWay, IsOfferedOnlyWhereThereIsAPictureOfIt) {
    ASSERT_TRUE(open_translations(asset("locale").string()));
    Stage stage(Display{});
    for (auto& sample : samples()) {
        if (sample.name != "done.with_map") continue;
        EXPECT_NE(stage.build(sample, {}).find("way.show"), no_node);
        auto done = std::get<Done>(sample.screen);
        done.visits.front().map = "/nowhere/way.png";
        sample.screen = Screen{done};
        EXPECT_EQ(stage.build(sample, {}).find("way.show"), no_node);
    }
}

}  // namespace
}  // namespace foyer
