#include <fcntl.h>
#include <linux/input.h>
#include <linux/uinput.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <ctime>
#include <filesystem>
#include <gtest/gtest.h>

#include "platform/key_map.h"
#include "platform/scanner_evdev.h"

namespace foyer {
namespace {

TEST(KeyMap, IsThatOfAUsKeyboard) {
    EXPECT_EQ(us_character(KEY_A, false), 'a');
    EXPECT_EQ(us_character(KEY_Z, true), 'Z');
    EXPECT_EQ(us_character(KEY_0, false), '0');
    EXPECT_EQ(us_character(KEY_SEMICOLON, true), ':');
    EXPECT_EQ(us_character(KEY_SLASH, true), '?');
    EXPECT_EQ(us_character(KEY_GRAVE, false), '`');
    EXPECT_EQ(us_character(KEY_KP5, false), '5');
    EXPECT_EQ(us_character(KEY_KPDOT, false), '.');
    EXPECT_EQ(us_character(KEY_F1, false), std::nullopt);
    EXPECT_EQ(us_character(KEY_ENTER, false), std::nullopt);
    EXPECT_EQ(us_character(KEY_MAX, false), std::nullopt);
}

/// A named pipe stands for the device: it gives the same bytes, and comes and goes.
class AnEvdevScanner : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/scanner-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        path = folder / "by-id" / "scanner";
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        seconds = now.tv_sec;
    }
    void TearDown() override {
        if (keys >= 0) close(keys);
        std::filesystem::remove_all(folder);
    }

    void plug_in() {
        std::filesystem::create_directories(path.parent_path());
        ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
        keys = open(path.c_str(), O_RDWR | O_NONBLOCK);
        ASSERT_GE(keys, 0);
    }
    std::unique_ptr<Scanner> scanner() const {
        return std::move(evdev_scanner(path, Grab::shared).value());
    }
    void event(std::uint16_t key, int value, long ms = 0) const {
        input_event e{};
        e.type = EV_KEY;
        e.code = key;
        e.value = value;
        e.input_event_sec = seconds + ms / 1000;
        e.input_event_usec = ms % 1000 * 1000;
        ASSERT_EQ(write(keys, &e, sizeof e), ssize_t(sizeof e));
    }
    void press(std::uint16_t key, long ms = 0) const {
        event(key, 1, ms);
        event(key, 0, ms);
    }
    static bool readable(const Scanner& scanner, int wait_ms = 0) {
        pollfd one{scanner.fd(), POLLIN, 0};
        return poll(&one, 1, wait_ms) == 1;
    }

    std::filesystem::path folder, path;
    int keys = -1;
    long seconds = 0;
};

TEST_F(AnEvdevScanner, ReadsAScanWithShift) {
    plug_in();
    const auto reader = scanner();
    EXPECT_FALSE(readable(*reader));
    event(KEY_LEFTSHIFT, 1);
    press(KEY_F);
    press(KEY_SEMICOLON);
    event(KEY_LEFTSHIFT, 0);
    press(KEY_7);
    event(KEY_7, 2);
    press(KEY_ENTER);
    EXPECT_TRUE(readable(*reader));
    EXPECT_EQ(reader->take(), "F:7");
    EXPECT_EQ(reader->take(), std::nullopt);
    EXPECT_FALSE(readable(*reader));
}

TEST_F(AnEvdevScanner, HandsOnHalfACodeWhenItsPauseEnds) {
    plug_in();
    const auto reader = scanner();
    press(KEY_A);
    EXPECT_EQ(reader->take(), std::nullopt);
    // The stamps are of this second's start, so at most a second and the pause remain.
    ASSERT_TRUE(readable(*reader, 2000));
    EXPECT_EQ(reader->take(), "a");
    EXPECT_FALSE(readable(*reader));
}

TEST_F(AnEvdevScanner, GoesByTheKernelsTimeStamps) {
    plug_in();
    const auto reader = scanner();
    press(KEY_A, 0);
    press(KEY_B, 300);
    press(KEY_ENTER, 310);
    EXPECT_EQ(reader->take(), "a");
    EXPECT_EQ(reader->take(), "b");
}

TEST_F(AnEvdevScanner, IsFoundWhenPluggedInLater) {
    const auto reader = scanner();
    EXPECT_FALSE(reader->is_there());
    EXPECT_EQ(reader->take(), std::nullopt);
    plug_in();
    EXPECT_TRUE(readable(*reader));
    EXPECT_EQ(reader->take(), std::nullopt);
    if (!reader->is_there()) reader->take();
    ASSERT_TRUE(reader->is_there());
    press(KEY_1);
    press(KEY_TAB);
    EXPECT_EQ(reader->take(), "1");
}

TEST_F(AnEvdevScanner, NoticesThatItIsUnpluggedAndComesBack) {
    plug_in();
    const auto reader = scanner();
    ASSERT_TRUE(reader->is_there());
    close(std::exchange(keys, -1));
    EXPECT_TRUE(readable(*reader));
    EXPECT_EQ(reader->take(), std::nullopt);
    EXPECT_FALSE(reader->is_there());
    EXPECT_FALSE(readable(*reader));
    std::filesystem::remove(path);
    plug_in();
    reader->take();
    EXPECT_TRUE(reader->is_there());
}

TEST_F(AnEvdevScanner, DoesNotUseADeviceItCannotHaveAlone) {
    plug_in();
    const auto reader = std::move(evdev_scanner(path).value());
    EXPECT_FALSE(reader->is_there());
}

/// A real device of the kernel's making; needs the uinput module and the right to use
/// it.
TEST(AnEvdevScannerOfTheKernel, KeepsItsKeysFromOthers) {
    const int uinput = open("/dev/uinput", O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (uinput < 0) GTEST_SKIP() << "/dev/uinput: " << std::strerror(errno);
    ioctl(uinput, UI_SET_EVBIT, EV_KEY);
    for (int key = KEY_ESC; key <= KEY_SPACE; ++key) ioctl(uinput, UI_SET_KEYBIT, key);
    uinput_setup setup{};
    setup.id.bustype = BUS_VIRTUAL;
    std::strcpy(setup.name, "foyer test scanner");
    ASSERT_EQ(ioctl(uinput, UI_DEV_SETUP, &setup), 0);
    ASSERT_EQ(ioctl(uinput, UI_DEV_CREATE), 0);
    char name[64]{};
    ASSERT_GE(ioctl(uinput, UI_GET_SYSNAME(sizeof name), name), 0);
    std::filesystem::path device;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path("/sys/devices/virtual/input") / name))
        if (entry.path().filename().string().starts_with("event"))
            device = "/dev/input" / entry.path().filename();
    const auto reader = std::move(evdev_scanner(device).value());
    pollfd one{reader->fd(), POLLIN, 0};
    while (!reader->is_there() && poll(&one, 1, 2000) == 1) reader->take();
    ASSERT_TRUE(reader->is_there());
    const int other = open(device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    for (const int key : {KEY_O, KEY_K, KEY_ENTER}) {
        for (const int value : {1, 0}) {
            input_event e{};
            e.type = EV_KEY;
            e.code = static_cast<std::uint16_t>(key);
            e.value = value;
            ASSERT_EQ(write(uinput, &e, sizeof e), ssize_t(sizeof e));
            e = {};
            ASSERT_EQ(write(uinput, &e, sizeof e), ssize_t(sizeof e));
        }
    }
    ASSERT_EQ(poll(&one, 1, 2000), 1);
    EXPECT_EQ(reader->take(), "ok");
    input_event seen{};
    EXPECT_LT(read(other, &seen, sizeof seen), 0);
    close(other);
    close(uinput);
}

}  // namespace
}  // namespace foyer
