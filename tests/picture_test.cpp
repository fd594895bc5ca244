#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

#include "kiosk/assets.h"
#include "kiosk/stage.h"
#include "kiosk/thumbnail.h"
#include "platform/png.h"

// Screens against tests/pictures/, at half size. A picture that differs leaves what was
// drawn and what differs in the build folder. `./dev accept-pictures` takes what is
// drawn.

using namespace foyer;
namespace fs = std::filesystem;

namespace {

/// A sample in one way of showing it. Ways: "es" Spanish, "2" large, "3" largest text,
/// "c" contrast, "l" landscape, "r" reach, "m" a 15.6" panel.
struct Shot {
    const char* sample;
    const char* how = "";
    int page = 0;

    std::string name() const {
        std::string text = sample;
        if (*how != '\0') text += std::string("-") + how;
        if (page > 0) text += "-p" + std::to_string(page + 1);
        return text;
    }
    bool has(const char* letter) const {
        return std::string_view(how).find(letter) != std::string_view::npos;
    }
    Display display() const {
        Display display;
        if (has("l")) std::swap(display.width, display.height);
        if (has("m")) display.ppi = 141.2;
        return display;
    }
    Comfort comfort() const {
        Comfort comfort;
        if (has("es")) comfort.language = "es";
        if (has("2")) comfort.text = TextSize::large;
        if (has("3")) comfort.text = TextSize::largest;
        comfort.high_contrast = has("c");
        comfort.reach = has("r");
        return comfort;
    }
};

const Shot shots[] = {
    // Each screen as most patients see it.
    {"starting_up"},
    {"welcome"},
    {"find_me"},
    {"find_me.empty"},
    {"find_me.problem"},
    {"looking"},
    {"one_more_thing"},
    {"slow_down"},
    {"see_desk"},
    {"walk_in"},
    {"slip.expired"},
    {"not_today"},
    {"confirm"},
    {"visits"},
    {"visits.one"},
    {"visits.late"},
    {"visits.none_chosen"},
    {"visits.many"},
    {"too_early"},
    {"contact"},
    {"checking_in"},
    {"save_failed"},
    {"classes"},
    {"classes.offline"},
    {"class_clash.visit"},
    {"class_news.offer"},
    {"in_lobby.line"},
    {"guest"},
    {"signed_in"},
    {"attendance.out"},
    {"not_signed_in.elsewhere"},
    {"signed_in_now"},
    {"done.signed_in"},
    {"done"},
    {"done.wait"},
    {"way"},
    {"done.late"},
    {"done.printed"},
    {"printer.paper"},
    {"help"},
    {"help.coming"},
    {"help.unreached"},
    {"easier"},
    {"still_there"},
    {"closed"},
    {"paused"},
    {"cleaning"},
    {"trouble"},
    {"staff_pin"},
    {"staff_menu"},
    // Landscape.
    {"welcome", "l"},
    {"find_me", "l"},
    {"visits", "l"},
    {"done", "l"},
    {"help", "l"},
    {"see_desk", "l"},
    {"still_there", "l"},
    {"easier", "l"},
    {"staff_pin", "l"},
    // Spanish, large and largest text, high contrast.
    {"welcome", "es"},
    {"classes", "es"},
    {"classes", "es3c"},
    {"classes", "l"},
    {"signed_in", "es3c"},
    {"visits", "es"},
    {"done.wait", "es"},
    {"help", "es"},
    {"welcome", "es3"},
    {"find_me", "3"},
    {"find_me", "es3l"},
    {"visits", "es2c"},
    {"visits", "3"},
    {"done.wait", "es3c"},
    {"help", "es3c"},
    {"easier", "c"},
    {"still_there", "es3c"},
    {"welcome", "cl"},
    {"confirm", "c"},
    // Within reach.
    {"welcome", "r"},
    {"find_me", "r"},
    {"find_me", "es3r"},
    {"visits", "r"},
    {"done", "r"},
    {"help", "cr"},
    {"easier", "es2r"},
    {"still_there", "r"},
    // The smallest panel.
    {"welcome", "3rm"},
    {"find_me", "3rm", 1},
    {"find_me", "2lm"},
    {"visits", "es3m"},
    {"help", "es3lm"},
    // Forms: each control, and those that change most with the way they are shown.
    {"form.choice"},
    {"form.declined"},
    {"form.required"},
    {"form.any"},
    {"form.yes_no"},
    {"form.other_typed"},
    {"form.many"},
    {"form.many_open"},
    {"form.text"},
    {"form.number_wrong"},
    {"form.quantity"},
    {"form.date"},
    {"form.moment"},
    {"form.slider"},
    {"form.grid"},
    {"form.group"},
    {"form.texts"},
    {"form.photo_taken"},
    {"form.consent"},
    {"form.read_only"},
    {"form_review.problem"},
    {"form_sign"},
    {"form_sign.drawn"},
    {"forms_offered"},
    {"form_leaving"},
    {"hand_over.teen"},
    {"form_ended.signed"},
    {"form_trouble"},
    {"form.choice_es", "es3"},
    {"form.choice_es", "es2r"},
    {"form.choice", "cl"},
    {"form.text", "3rm"},
    {"form.moment", "es3l"},
    {"form.slider", "c"},
    {"form.grid", "l"},
    {"form.consent", "l"},
    {"form_review.many", "es3c", 1},
    {"form_sign", "lm"},
};
static_assert(std::size(shots) <= 130);

/// Pictures are kept in steps of this much a channel, which halves their files.
constexpr int step = 4;
/// A channel may differ by a step: rounding of another machine's arithmetic.
constexpr int channel_tolerance = step;
/// So many pixels may differ by more.
constexpr std::size_t pixel_tolerance = 12;

const fs::path accepted = fs::path(FOYER_SOURCE_DIR) / "tests/pictures";
const fs::path leftovers = fs::path(FOYER_BINARY_DIR) / "tests/pictures";

void PrintTo(const Shot& shot, std::ostream* out) {
    *out << shot.name();
}

bool differs(const Picture& a, const Picture& b, std::size_t pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const auto at = pixel * 4 + channel;
        if (std::abs(int(static_cast<unsigned char>(a.rgba[at])) -
                     int(static_cast<unsigned char>(b.rgba[at]))) > channel_tolerance)
            return true;
    }
    return false;
}

std::size_t pixels_apart(const Picture& a, const Picture& b) {
    const auto all = a.rgba.size() / 4;
    if (a.width != b.width || a.height != b.height)
        return std::max(all, b.rgba.size() / 4);
    std::size_t count = 0;
    for (std::size_t pixel = 0; pixel < all; ++pixel)
        count += differs(a, b, pixel) ? 1 : 0;
    return count;
}

/// What was accepted, what is drawn, and the latter in grey with what differs in red.
Picture beside_each_other(const Picture& old, const Picture& now) {
    constexpr std::uint32_t grey = 0xFF808080;
    const int gap = 16;
    auto marked = now;
    for (std::size_t pixel = 0; pixel < marked.rgba.size() / 4; ++pixel) {
        const bool same_size = old.rgba.size() == now.rgba.size();
        auto* rgba = marked.rgba.data() + pixel * 4;
        if (same_size && differs(old, now, pixel)) {
            rgba[0] = char(0xE0);
            rgba[1] = rgba[2] = 0;
        } else {
            const int mean = (int(static_cast<unsigned char>(rgba[0])) +
                              int(static_cast<unsigned char>(rgba[1])) +
                              int(static_cast<unsigned char>(rgba[2]))) /
                             3;
            rgba[0] = rgba[1] = rgba[2] = char(170 + mean / 4);
        }
    }
    auto all = plain(old.width + 2 * now.width + 4 * gap,
                     std::max(old.height, now.height) + 2 * gap, grey);
    put(all, old, gap, gap);
    put(all, now, old.width + 2 * gap, gap);
    put(all, marked, old.width + now.width + 3 * gap, gap);
    return all;
}

Picture in_steps(Picture picture) {
    for (char& channel : picture.rgba) {
        const int value = static_cast<unsigned char>(channel);
        channel = static_cast<char>(std::min(255, (value + step / 2) / step * step));
    }
    return picture;
}

class Pictures : public testing::TestWithParam<Shot> {
protected:
    Pictures() { EXPECT_TRUE(open_translations(asset("locale").string())); }

    static Picture draw(const Shot& shot) {
        Stage stage(shot.display());
        for (const auto& sample : samples()) {
            if (sample.name != shot.sample) continue;
            const auto& tree = stage.build(sample, shot.comfort(), shot.page);
            EXPECT_EQ(tree.page, shot.page) << "there is no such page";
            auto picture = stage.draw();
            EXPECT_TRUE(picture);
            return picture ? in_steps(reduced(*picture, 2)) : Picture{};
        }
        ADD_FAILURE() << "there is no sample " << shot.sample;
        return {};
    }
};

}  // namespace

TEST_P(Pictures, LookAsAccepted) {
    const auto drawn = draw(GetParam());
    const auto file = GetParam().name() + ".png";
    const auto path = (accepted / file).string();
    if (std::getenv("FOYER_ACCEPT_PICTURES") != nullptr) {
        // Left alone where it is the same: a new file is a new version for git.
        const auto old = read_png(path);
        if (!old || pixels_apart(*old, drawn) > 0) {
            ASSERT_TRUE(write_png(drawn, path));
        }
        return;
    }
    const auto old = read_png(path);
    ASSERT_TRUE(old) << path << ": " << old.error().what;
    const auto apart = pixels_apart(*old, drawn);
    if (apart <= pixel_tolerance) return;
    fs::create_directories(leftovers);
    const auto actual = (leftovers / file).string();
    const auto diff = (leftovers / (GetParam().name() + "-diff.png")).string();
    EXPECT_TRUE(write_png(drawn, actual));
    EXPECT_TRUE(write_png(beside_each_other(*old, drawn), diff));
    FAIL() << apart << " pixels differ: " << diff << "\n(accepted, drawn, difference); "
           << "if it is meant, ./dev accept-pictures";
}

INSTANTIATE_TEST_SUITE_P(OfEveryScreen, Pictures, testing::ValuesIn(shots),
                         [](const auto& shot) {
                             auto name = shot.param.name();
                             for (char& c : name)
                                 if (c == '.' || c == '-') c = '_';
                             return name;
                         });

TEST(PicturesKept, AreAllOfAShot) {
    for (const auto& entry : fs::directory_iterator(accepted)) {
        if (entry.path().extension() != ".png") continue;
        const auto name = entry.path().stem().string();
        EXPECT_TRUE(std::ranges::any_of(
            shots, [&](const Shot& shot) { return shot.name() == name; }))
            << entry.path() << " belongs to no shot";
    }
}
