#include <SDL.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <gtest/gtest.h>
#include <thread>

#include "platform/input_devices.h"
#include "platform/wake.h"
#include "platform/window.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

class Wait : public testing::Test {
protected:
    std::unique_ptr<EventWait> wait = std::move(EventWait::create(nullptr).value());
};

TEST_F(Wait, ReturnsWhenTheTimeHasPassedAndNotBefore) {
    const auto begun = steady_clock::now();
    EXPECT_EQ(wait->wait(30ms), Woken::time);
    EXPECT_GE(steady_clock::now() - begun, 30ms);
}

TEST_F(Wait, LooksOnceWhenThereIsNoTime) {
    EXPECT_EQ(wait->wait(0ms), Woken::time);
}

TEST_F(Wait, IsEndedFromAnotherThread) {
    std::thread other([this] { wait->wake(); });
    EXPECT_EQ(wait->wait(std::nullopt), Woken::call);
    other.join();
}

TEST_F(Wait, RemembersAWakeThatCameBefore) {
    wait->wake();
    wait->wake();
    EXPECT_EQ(wait->wait(std::nullopt), Woken::call);
    EXPECT_EQ(wait->wait(0ms), Woken::time);
}

TEST_F(Wait, EndsWhenAWatchedDescriptorCanBeRead) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    wait->watch(ends[0]);
    EXPECT_EQ(wait->wait(0ms), Woken::time);
    ASSERT_EQ(write(ends[1], "x", 1), 1);
    EXPECT_EQ(wait->wait(std::nullopt), Woken::descriptor);
    wait->unwatch(ends[0]);
    EXPECT_EQ(wait->wait(0ms), Woken::time);
    close(ends[0]);
    close(ends[1]);
}

TEST_F(Wait, EndsWhenTheOtherSideOfADescriptorCloses) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    wait->watch(ends[0]);
    close(ends[1]);
    EXPECT_EQ(wait->wait(std::nullopt), Woken::descriptor);
    close(ends[0]);
}

/// Each time the kernel puts this thread to sleep counts as one voluntary switch.
long sleeps_of_this_thread() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
}

/// SDL_WaitEventTimeout fails this without a display: it sleeps a hundred times.
TEST(WaitWithoutADisplay, SleepsOnceWhileNothingHappens) {
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    const auto window = std::move(Window::on_screen({.width = 4, .height = 4}).value());
    const auto wait = std::move(EventWait::create(window.get()).value());
    SDL_PumpEvents();
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    const long before = sleeps_of_this_thread();
    EXPECT_EQ(wait->wait(100ms), Woken::time);
    EXPECT_LE(sleeps_of_this_thread() - before, 3);
}

TEST(WaitWithoutADisplay, DoesNotSleepWhileSdlHasAnEvent) {
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    const auto window = std::move(Window::on_screen({.width = 4, .height = 4}).value());
    const auto wait = std::move(EventWait::create(window.get()).value());
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    SDL_Event event{};
    event.type = SDL_USEREVENT;
    SDL_PushEvent(&event);
    EXPECT_EQ(wait->wait(std::nullopt), Woken::input);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    EXPECT_EQ(wait->wait(0ms), Woken::time);
}

/// Named pipes stand for devices.
class Devices : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/input-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    int plug_in(const char* name) {
        const std::string path = folder / name;
        EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
        return open(path.c_str(), O_RDWR | O_NONBLOCK);
    }
    std::filesystem::path folder;
};

TEST_F(Devices, AreHeardOnceForEachTouch) {
    const int touch = plug_in("event0");
    InputDevices devices(folder);
    EXPECT_FALSE(devices.drain());
    ASSERT_EQ(write(touch, "x", 1), 1);
    EXPECT_TRUE(devices.drain());
    EXPECT_FALSE(devices.drain());
    close(touch);
}

TEST_F(Devices, AreFoundWhenPluggedInLater) {
    InputDevices devices(folder);
    const std::size_t before = devices.descriptors().size();
    const int touch = plug_in("event7");
    EXPECT_TRUE(devices.drain());
    EXPECT_EQ(devices.descriptors().size(), before + 1);
    ASSERT_EQ(write(touch, "x", 1), 1);
    EXPECT_TRUE(devices.drain());
    close(touch);
}

TEST_F(Devices, AreLetGoWhenUnplugged) {
    const int touch = plug_in("event0");
    InputDevices devices(folder);
    const std::size_t before = devices.descriptors().size();
    close(touch);
    devices.drain();
    EXPECT_EQ(devices.descriptors().size(), before - 1);
}

TEST_F(Devices, OtherFilesAreLeftAlone) {
    const int mouse = plug_in("mice");
    InputDevices devices(folder);
    EXPECT_LE(devices.descriptors().size(), 1U);
    close(mouse);
}

}  // namespace
}  // namespace foyer
