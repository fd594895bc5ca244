#include "platform/wedge.h"

#include <utility>

namespace foyer {

void Wedge::text(std::string_view utf8, Time at) {
    passed(at);
    // A code is plain ASCII.
    if (utf8.size() != 1) {
        release(Output::Kind::typed);
        if (!utf8.empty()) out_.push_back({Output::Kind::typed, std::string(utf8)});
        return;
    }
    if (held_.size() <= kLongest) held_ += utf8;
    last_ = at;
}

void Wedge::enter(Time at) {
    passed(at);
    if (is_burst()) {
        release(Output::Kind::scan);
    } else {
        release(Output::Kind::typed);
        out_.push_back({Output::Kind::enter, {}});
    }
}

void Wedge::passed(Time now) {
    if (const auto when = due(); when && now > *when)
        release(is_burst() ? Output::Kind::scan : Output::Kind::typed);
}

std::optional<Wedge::Time> Wedge::due() const {
    if (held_.empty()) return std::nullopt;
    return last_ + (is_burst() ? kPause : kScannersGap);
}

std::optional<Wedge::Output> Wedge::take() {
    if (out_.empty()) return std::nullopt;
    Output next = std::move(out_.front());
    out_.pop_front();
    return next;
}

void Wedge::release(Output::Kind kind) {
    if (!held_.empty()) out_.push_back({kind, std::exchange(held_, {})});
}

}  // namespace foyer
