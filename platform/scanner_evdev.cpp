#include "platform/scanner_evdev.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>

#include "platform/key_map.h"
#include "platform/scan_assembler.h"

namespace foyer {

namespace {

using std::chrono::milliseconds;

class EvdevScanner final : public Scanner {
public:
    EvdevScanner(std::filesystem::path device, Grab grab)
        : path_(std::move(device)), grab_(grab) {}

    ~EvdevScanner() override {
        for (const int fd : {device_, timer_, notify_, epoll_})
            if (fd >= 0) close(fd);
    }
    EvdevScanner(const EvdevScanner&) = delete;
    EvdevScanner& operator=(const EvdevScanner&) = delete;

    /// False with errno when the system refuses.
    bool start() {
        epoll_ = epoll_create1(EPOLL_CLOEXEC);
        timer_ = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        notify_ = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (epoll_ < 0 || timer_ < 0 || notify_ < 0) return false;
        listen_to(timer_);
        listen_to(notify_);
        plug_in();
        return true;
    }

    int fd() const override { return epoll_; }
    bool is_there() const override { return device_ >= 0; }

    std::optional<std::string> take() override {
        if (auto scan = assembler_.take()) return scan;
        if (drained(notify_) && device_ < 0) plug_in();
        if (device_ >= 0) read_keys();
        if (drained(timer_)) assembler_.passed(now());
        set_timer();
        return assembler_.take();
    }

private:
    /// The clock of the kernel's time stamps once EVIOCSCLOCKID is set.
    static milliseconds now() {
        timespec time{};
        clock_gettime(CLOCK_MONOTONIC, &time);
        return milliseconds(time.tv_sec * 1000LL + time.tv_nsec / 1'000'000);
    }

    /// Reads a descriptor empty; true if there was anything.
    static bool drained(int fd) {
        std::array<char, 1024> thrown_away{};
        bool any = false;
        while (read(fd, thrown_away.data(), thrown_away.size()) > 0) any = true;
        return any;
    }

    void listen_to(int fd) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }

    /// Opens the device, or sees to it that its coming is noticed. udev makes
    /// /dev/input's by-id folder with the first device and removes it with the last, so
    /// both folders are watched.
    void plug_in() {
        const std::filesystem::path folder = path_.parent_path();
        for (const auto& watched : {folder.parent_path(), folder})
            inotify_add_watch(notify_, watched.c_str(),
                              IN_CREATE | IN_ATTRIB | IN_MOVED_TO | IN_ONLYDIR);
        device_ = open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (device_ < 0) return;
        if (grab_ == Grab::exclusive && ioctl(device_, EVIOCGRAB, 1) != 0) {
            close(std::exchange(device_, -1));
            return;
        }
        int clock = CLOCK_MONOTONIC;
        ioctl(device_, EVIOCSCLOCKID, &clock);
        shift_ = 0;
        listen_to(device_);
    }

    void unplug() { close(std::exchange(device_, -1)); }

    void read_keys() {
        std::array<input_event, 64> events{};
        for (;;) {
            const ssize_t n = read(device_, events.data(), sizeof events);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0 && errno == EAGAIN) return;
            if (n <= 0) return unplug();
            const auto count = static_cast<std::size_t>(n) / sizeof(input_event);
            for (std::size_t i = 0; i < count; ++i) key(events[i]);
        }
    }

    void key(const input_event& event) {
        constexpr int kUp = 0;
        constexpr int kRepeat = 2;
        if (event.type != EV_KEY || event.value == kRepeat) return;
        const bool down = event.value != kUp;
        if (event.code == KEY_LEFTSHIFT || event.code == KEY_RIGHTSHIFT) {
            shift_ = down ? shift_ + 1 : 0;
            return;
        }
        if (!down) return;
        const milliseconds at(event.input_event_sec * 1000LL +
                              event.input_event_usec / 1000);
        if (event.code == KEY_ENTER || event.code == KEY_KPENTER ||
            event.code == KEY_TAB) {
            assembler_.end(at);
        } else if (const auto c = us_character(event.code, shift_ > 0)) {
            assembler_.character(*c, at);
        }
    }

    /// Makes our descriptor readable when an unfinished scan's pause ends.
    void set_timer() {
        itimerspec when{};
        if (const auto due = assembler_.due()) {
            when.it_value.tv_sec = due->count() / 1000;
            when.it_value.tv_nsec = due->count() % 1000 * 1'000'000;
        }
        timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
    }

    const std::filesystem::path path_;
    const Grab grab_;
    int epoll_ = -1, timer_ = -1, notify_ = -1, device_ = -1;
    int shift_ = 0;
    ScanAssembler assembler_;
};

}  // namespace

Result<std::unique_ptr<Scanner>> evdev_scanner(std::filesystem::path device,
                                               Grab grab) {
    auto scanner = std::make_unique<EvdevScanner>(std::move(device), grab);
    if (!scanner->start())
        return fail(Error::Code::busy, std::string("scanner: ") + std::strerror(errno));
    return scanner;
}

}  // namespace foyer
