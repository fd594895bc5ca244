#include "platform/input_devices.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace foyer {

namespace {

enum class Heard { nothing, something, gone };

/// Reads a non-blocking descriptor empty.
Heard read_all(int fd) {
    std::array<char, 4096> thrown_away{};
    Heard heard = Heard::nothing;
    for (;;) {
        const ssize_t n = read(fd, thrown_away.data(), thrown_away.size());
        if (n > 0) {
            heard = Heard::something;
        } else if (n == 0) {
            return Heard::gone;
        } else if (errno == EAGAIN) {
            return heard;
        } else if (errno != EINTR) {
            return Heard::gone;
        }
    }
}

}  // namespace

InputDevices::InputDevices(std::filesystem::path folder) : folder_(std::move(folder)) {
    notify_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    // A device's file appears before udev lets our group read it: IN_ATTRIB tells when.
    if (notify_ >= 0)
        inotify_add_watch(notify_, folder_.c_str(),
                          IN_CREATE | IN_ATTRIB | IN_MOVED_TO);
    open_new();
}

InputDevices::~InputDevices() {
    for (const auto& [path, fd] : devices_) close(fd);
    if (notify_ >= 0) close(notify_);
}

std::vector<int> InputDevices::descriptors() const {
    std::vector<int> all;
    if (notify_ >= 0) all.push_back(notify_);
    for (const auto& [path, fd] : devices_) all.push_back(fd);
    return all;
}

bool InputDevices::drain() {
    bool heard = false;
    for (auto at = devices_.begin(); at != devices_.end();) {
        const Heard now = read_all(at->second);
        heard = heard || now != Heard::nothing;
        if (now == Heard::gone) {
            close(at->second);
            at = devices_.erase(at);
        } else {
            ++at;
        }
    }
    if (notify_ >= 0 && read_all(notify_) == Heard::something) {
        open_new();
        heard = true;
    }
    return heard;
}

void InputDevices::open_new() {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, none)) {
        const std::filesystem::path& path = entry.path();
        if (!path.filename().string().starts_with("event") || devices_.contains(path))
            continue;
        const int fd = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd >= 0) devices_[path] = fd;
    }
}

}  // namespace foyer
