#include "platform/scan_assembler.h"

#include <utility>

namespace foyer {

void ScanAssembler::character(char c, Time at) {
    passed(at);
    if (current_.size() <= kLongest) current_ += c;
    last_ = at;
}

void ScanAssembler::end(Time at) {
    passed(at);
    finish();
}

void ScanAssembler::passed(Time now) {
    if (const auto when = due(); when && now >= *when) finish();
}

std::optional<ScanAssembler::Time> ScanAssembler::due() const {
    if (current_.empty()) return std::nullopt;
    return last_ + kPause;
}

std::optional<std::string> ScanAssembler::take() {
    if (finished_.empty()) return std::nullopt;
    std::string scan = std::move(finished_.front());
    finished_.pop_front();
    return scan;
}

void ScanAssembler::finish() {
    if (!current_.empty()) finished_.push_back(std::exchange(current_, {}));
}

}  // namespace foyer
