#include "platform/wake.h"

#include <SDL.h>
#include <SDL_syswm.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include "platform/input_devices.h"
#include "platform/window.h"

namespace foyer {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The kernel hands an event to one reader after the other; SDL's copy can be this much
/// later than ours.
constexpr milliseconds kSecondReader{2};

/// A function of a library that SDL has loaded already. SDL is our only link to X11 and
/// Wayland, so that the program starts where neither is installed.
template <class Function>
Function loaded(const char* library, const char* function) {
    void* handle = SDL_LoadObject(library);
    return handle ? reinterpret_cast<Function>(SDL_LoadFunction(handle, function))
                  : nullptr;
}

/// The descriptor a desktop's display server speaks through, -1 if there is none.
int connection(SDL_Window* window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE) return -1;
    if (info.subsystem == SDL_SYSWM_X11) {
        const auto number =
            loaded<int (*)(Display*)>("libX11.so.6", "XConnectionNumber");
        return number ? number(info.info.x11.display) : -1;
    }
    if (info.subsystem == SDL_SYSWM_WAYLAND) {
        const auto number =
            loaded<int (*)(wl_display*)>("libwayland-client.so.0", "wl_display_get_fd");
        return number ? number(info.info.wl.display) : -1;
    }
    return -1;
}

bool is_kmsdrm() {
    const char* driver = SDL_GetCurrentVideoDriver();
    return driver && std::strcmp(driver, "KMSDRM") == 0;
}

}  // namespace

struct EventWait::Inside {
    int called = -1;  ///< eventfd
    int desktop = -1;
    bool has_input = false;
    std::unique_ptr<InputDevices> devices;
    std::vector<int> watched;
    std::vector<pollfd> polled;

    ~Inside() {
        if (called >= 0) close(called);
    }

    /// Order: the eventfd, the watched ones, then what brings input.
    void gather() {
        polled.clear();
        const auto add = [this](int fd) { polled.push_back({fd, POLLIN, 0}); };
        add(called);
        std::for_each(watched.begin(), watched.end(), add);
        if (desktop >= 0) add(desktop);
        if (!devices) return;
        for (const int fd : devices->descriptors()) add(fd);
    }

    /// True if SDL has something for us.
    bool input() const {
        if (!has_input) return false;
        SDL_PumpEvents();
        return SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT) == SDL_TRUE;
    }

    /// Sees to it that what a device said has reached SDL.
    bool input_from_devices() {
        if (!devices || !devices->drain()) return false;
        if (input()) return true;
        poll(nullptr, 0, static_cast<int>(kSecondReader.count()));
        return input();
    }
};

EventWait::EventWait(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
EventWait::~EventWait() = default;

Result<std::unique_ptr<EventWait>> EventWait::create(const Window* window) {
    auto inside = std::make_unique<Inside>();
    inside->called = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (inside->called < 0)
        return fail(Error::Code::busy, std::string("eventfd: ") + std::strerror(errno));
    inside->has_input = window && window->is_on_screen();
    if (inside->has_input && is_kmsdrm()) {
        inside->devices = std::make_unique<InputDevices>();
    } else if (inside->has_input) {
        inside->desktop = connection(window->sdl_window());
    }
    return std::unique_ptr<EventWait>(new EventWait(std::move(inside)));
}

void EventWait::watch(int fd) {
    assert(fd >= 0);
    if (std::find(inside_->watched.begin(), inside_->watched.end(), fd) ==
        inside_->watched.end())
        inside_->watched.push_back(fd);
}

void EventWait::unwatch(int fd) {
    std::erase(inside_->watched, fd);
}

Woken EventWait::wait(std::optional<milliseconds> timeout) {
    const auto deadline = steady_clock::now() + timeout.value_or(milliseconds{0});
    for (;;) {
        if (inside_->input()) return Woken::input;

        int left = -1;
        if (timeout) {
            const auto rest =
                std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
            left = static_cast<int>(std::clamp<milliseconds::rep>(rest, 0, 1 << 30));
        }
        inside_->gather();
        std::vector<pollfd>& polled = inside_->polled;
        const int ready = poll(polled.data(), polled.size(), left);
        if (ready < 0) {
            assert(errno == EINTR);
            continue;
        }
        if (ready == 0) return Woken::time;

        // SDL first, so that its events are not left lying when something else came
        // too.
        const bool input = inside_->input_from_devices() || inside_->input();
        bool called = false;
        if (polled.front().revents != 0) {
            std::uint64_t calls = 0;
            called = read(inside_->called, &calls, sizeof calls) == sizeof calls;
        }
        const auto first = polled.begin() + 1;
        const bool descriptor = std::any_of(
            first, first + static_cast<std::ptrdiff_t>(inside_->watched.size()),
            [](const pollfd& p) { return p.revents != 0; });
        if (input) return Woken::input;
        if (called) return Woken::call;
        if (descriptor) return Woken::descriptor;
        // The display server or a device spoke of nothing SDL cares for: sleep on.
    }
}

void EventWait::wake() {
    const std::uint64_t one = 1;
    // A full counter means that a wake is pending already.
    [[maybe_unused]] const ssize_t written = write(inside_->called, &one, sizeof one);
}

Result<int> end_signals() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGHUP);
    const int fd = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        return fail(Error::Code::busy,
                    std::string("signalfd: ") + std::strerror(errno));
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    return fd;
}

}  // namespace foyer
