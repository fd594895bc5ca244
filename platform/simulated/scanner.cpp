#include "platform/simulated/scanner.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cassert>
#include <utility>

namespace foyer {

SimulatedScanner::SimulatedScanner() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    assert(event_ >= 0);
}

SimulatedScanner::~SimulatedScanner() {
    close(event_);
}

void SimulatedScanner::scan(std::string text) {
    const std::lock_guard lock(mutex_);
    if (!plugged_in_) return;
    scans_.push_back(std::move(text));
    eventfd_write(event_, 1);
}

void SimulatedScanner::set_plugged_in(bool plugged_in) {
    const std::lock_guard lock(mutex_);
    plugged_in_ = plugged_in;
}

std::optional<std::string> SimulatedScanner::take() {
    const std::lock_guard lock(mutex_);
    if (scans_.empty()) {
        eventfd_t all = 0;
        eventfd_read(event_, &all);
        return std::nullopt;
    }
    std::string scan = std::move(scans_.front());
    scans_.pop_front();
    return scan;
}

bool SimulatedScanner::is_there() const {
    const std::lock_guard lock(mutex_);
    return plugged_in_;
}

}  // namespace foyer
