#include "sync/pull/plan.h"

#include <algorithm>

#include "sync/fhir/intake.h"
#include "sync/pull/searches.h"
#include "sync/tuning.h"

namespace foyer {

namespace {
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;
}  // namespace

bool is_unsupported(const PullState& state, std::string_view search, Instant now) {
    const auto found = state.unsupported.find(std::string(search));
    return found != state.unsupported.end() && now < found->second;
}

PullPlan::Errand PullPlan::next(const PullState& state) {
    if (!state.wants.empty()) return Errand::wanted;
    if (!state.changes.empty()) return Errand::changes;
    if (!state.window.empty()) return Errand::window;
    if (!state.doubtful.empty()) return Errand::doubtful;
    if (state.holding) return Errand::held;
    return state.forms.empty() ? Errand::none : Errand::forms;
}

Instant PullPlan::new_day_at(Date day) const {
    return time.start_of(day) + tuning::device_apart * site->device_index;
}

Instant PullPlan::night_at(Date day) const {
    return time.at(day, tuning::night_at) + tuning::device_apart * site->device_index;
}

bool PullPlan::whole_window_due(const PullState& state, Instant now) const {
    if (state.again || !state.through) return true;
    // Without a search for changes the whole is read as often as what is held.
    if (is_unsupported(state, "Appointment _lastUpdated", now) &&
        now >= state.window_began + tuning::held_again_every)
        return true;
    const Date today = time.day_of(now);
    return state.night != today && now >= night_at(today);
}

Instant PullPlan::changes_at(const PullState& state, Instant now) const {
    // A clock that was put back must not silence it.
    const auto latest = now + tuning::changes_every + tuning::changes_jitter;
    return state.changes_due > latest ? now : state.changes_due;
}

Instant PullPlan::held_at(const PullState& state, Instant now) const {
    // A clock that was put back must not put it off for long.
    const Instant earliest =
        held_not_before > now + tuning::held_again_every ? Instant{} : held_not_before;
    if (!state.held_began || *state.held_began > now) return std::max(now, earliest);
    return std::max(*state.held_began + tuning::held_again_every, earliest);
}

void PullPlan::open(PullState& state, Instant now) const {
    std::erase_if(state.unsupported,
                  [&](const auto& each) { return now >= each.second; });
    const auto drop = [&](std::vector<Reading>& all) {
        std::erase_if(all, [&](const Reading& each) {
            return is_unsupported(state, each.type + " search", now) ||
                   (each.start &&
                    is_unsupported(state, each.type + " _lastUpdated", now));
        });
    };
    const auto window = schedule_window(time, now);
    const Date today = time.day_of(now);
    if (state.window.empty() && whole_window_due(state, now)) {
        state.window = searches_of_days(*site, time, window.first, window.last);
        state.window_whole = true;
        state.window_began = now;
        state.window_server_time.reset();
        state.reading_to = window.last;
        state.again = false;
        if (now >= night_at(today)) state.night = today;
    } else if (state.window.empty() && state.through &&
               sys_days(*state.through) < sys_days(window.last) &&
               now >= new_day_at(today)) {
        const Date from =
            std::max(sys_days(*state.through) + days(1), sys_days(window.first));
        state.window = searches_of_days(*site, time, from, window.last);
        state.window_whole = false;
        state.window_began = now;
        state.reading_to = window.last;
    }
    drop(state.window);
    if (state.changes.empty() && !state.cursors.empty() &&
        now >= changes_at(state, now)) {
        // Who arrived and left elsewhere counts from the beginning of the day.
        const auto read_to = state.cursors.find("Appointment");
        if (read_to != state.cursors.end())
            for (const char* type : {"Provenance", "Observation"})
                state.cursors.try_emplace(type,
                                          time.start_of(time.day_of(read_to->second)));
        state.changes = searches_for_changes(*site, state);
        state.changes_began.reset();
        drop(state.changes);
        if (state.changes.empty()) state.changes_due = now + tuning::changes_every;
    }
    // Begun by a clock that was ahead: nothing read now would ever count as read since.
    if (state.holding && state.held_began && *state.held_began > now)
        state.held_began = now;
    if (!state.holding && state.schedule_read && now >= held_at(state, now)) {
        state.holding = true;
        state.deep = false;
        state.held_began = now;
    }
    drop(state.forms);
}

Instant PullPlan::next_opening(const PullState& state, Instant now) const {
    if (!state.through) {
        const auto until = state.unsupported.find("Appointment search");
        return until == state.unsupported.end() ? now : until->second;
    }
    const Date today = time.day_of(now), tomorrow = sys_days(today) + days(1);
    Instant next = new_day_at(tomorrow);
    next = std::min(next, night_at(state.night == today ? tomorrow : today));
    if (!state.cursors.empty()) next = std::min(next, changes_at(state, now));
    if (state.schedule_read) next = std::min(next, held_at(state, now));
    return next;
}

}  // namespace foyer
