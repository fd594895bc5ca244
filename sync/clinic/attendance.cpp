#include "sync/clinic/attendance.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sync/clinic/standing_events.h"

namespace foyer {

namespace {

using std::chrono::minutes;

/// W5: until then a patient may still sign out; afterwards the facilitator is asked.
constexpr minutes sign_out_by{10};

constexpr std::pair<AttendanceKind, const char*> kinds[] = {
    {AttendanceKind::sign_in, "sign-in"},
    {AttendanceKind::break_out, "break-out"},
    {AttendanceKind::break_in, "break-in"},
    {AttendanceKind::sign_out, "sign-out"},
};

constexpr std::pair<AttendanceMethod, const char*> methods[] = {
    {AttendanceMethod::slip, "slip"},
    {AttendanceMethod::name, "name"},
    {AttendanceMethod::facilitator, "facilitator"},
};

/// Goes through the events that stand, in order.
class Fold {
public:
    void take(const AttendanceEvent& event) {
        switch (event.kind) {
            case AttendanceKind::sign_in:
                return sign_in(event.at);
            case AttendanceKind::break_out:
                return break_out(event.at);
            case AttendanceKind::break_in:
                return break_in(event.at);
            case AttendanceKind::sign_out:
                return sign_out(event.at);
        }
    }
    Attended take_result() {
        if (is(State::present)) so_far_.open = since_;
        return std::move(so_far_);
    }

private:
    using State = Attended::State;

    bool is(State state) const { return so_far_.state == state; }

    void sign_in(Instant at) {
        if (!so_far_.in) so_far_.in = at;
        if (is(State::present)) return odd("two-sign-ins");
        if (is(State::on_break)) odd("two-sign-ins");
        begin(at);
    }
    void break_out(Instant at) {
        if (is(State::expected)) return odd("out-before-in");
        if (is(State::gone)) return odd("two-sign-outs");
        if (is(State::on_break)) return odd("two-break-outs");
        end(at);
        so_far_.state = State::on_break;
    }
    /// Who says "I am back" is back, whatever was said or lost before.
    void break_in(Instant at) {
        if (!is(State::on_break)) odd("back-without-break");
        if (!is(State::present)) begin(at);
    }
    void sign_out(Instant at) {
        if (is(State::expected)) return odd("out-before-in");
        so_far_.out = at;
        if (is(State::gone)) return odd("two-sign-outs");
        if (is(State::on_break)) odd("out-from-break");
        if (is(State::present)) end(at);
        so_far_.state = State::gone;
    }

    void begin(Instant at) {
        so_far_.state = State::present;
        so_far_.out.reset();
        since_ = at;
    }
    void end(Instant at) {
        if (at <= since_) return;
        auto& spans = so_far_.spans;
        if (!spans.empty() && spans.back().until == since_)
            spans.back().until = at;
        else
            spans.push_back({since_, at});
    }
    void odd(const char* what) {
        if (std::ranges::count(so_far_.oddities, what) == 0)
            so_far_.oddities.emplace_back(what);
    }

    Attended so_far_;
    Instant since_{};
};

}  // namespace

bool counts_hours(Service service) {
    return service == Service::group || service == Service::php ||
           service == Service::iop;
}

bool takes_attendance(Service service) {
    switch (service) {
        case Service::group:
        case Service::php:
        case Service::iop:
        case Service::family:
        case Service::holistic_class:
            return true;
        default:
            return false;
    }
}

Attended attended(const StandingEvents& events, Instant now) {
    Fold fold;
    for (const auto* event : events.all()) fold.take(*event);
    Attended attended = fold.take_result();
    attended.amended = events.amended();
    attended.doubtful =
        std::ranges::any_of(events.all(), [](const AttendanceEvent* event) {
            return event->clock == ClockQuality::untrusted;
        });
    const auto* latest = events.latest_told();
    attended.missing_sign_out = latest != nullptr && latest->ends > latest->starts &&
                                (attended.state == Attended::State::present ||
                                 attended.state == Attended::State::on_break) &&
                                now >= latest->ends + sign_out_by;
    return attended;
}

Attended attended(const std::vector<AttendanceEvent>& events, Instant now) {
    std::vector<const AttendanceEvent*> all;
    all.reserve(events.size());
    for (const auto& event : events) all.push_back(&event);
    return attended(StandingEvents(std::move(all)), now);
}

const char* code(AttendanceKind kind) {
    for (const auto& [entry, text] : kinds)
        if (entry == kind) return text;
    return "";
}

const char* code(AttendanceMethod method) {
    for (const auto& [entry, text] : methods)
        if (entry == method) return text;
    return "";
}

std::optional<AttendanceKind> attendance_kind(std::string_view code) {
    for (const auto& [entry, text] : kinds)
        if (text == code) return entry;
    return std::nullopt;
}

std::optional<AttendanceMethod> attendance_method(std::string_view code) {
    for (const auto& [entry, text] : methods)
        if (text == code) return entry;
    return std::nullopt;
}

}  // namespace foyer
