#pragma once

#include <string_view>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/pull/pull_state.h"

namespace foyer {

/// Which rounds are due, and which request is the most urgent. Pure: no store, no
/// server.
struct PullPlan {
    const Site* site = nullptr;
    SiteTime time;
    /// What is held is not read again before; see Puller::hold_off().
    Instant held_not_before{};

    enum class Errand {
        none,
        wanted,    ///< what something held names, by id
        changes,   ///< a page of what changed
        window,    ///< a page of days read in full
        doubtful,  ///< one that a chunk did not show, by its address
        held,      ///< a chunk of what is held
        forms,     ///< a page of forms, Consents, Questionnaires, our Device and Tasks
    };
    /// Patients first: a visit without its patient cannot be checked in to.
    static Errand next(const PullState& state);

    /// Opens the rounds that are due.
    void open(PullState& state, Instant now) const;
    /// When open() would open another one.
    Instant next_opening(const PullState& state, Instant now) const;

private:
    Instant new_day_at(Date day) const;
    Instant night_at(Date day) const;
    bool whole_window_due(const PullState& state, Instant now) const;
    Instant changes_at(const PullState& state, Instant now) const;
    Instant held_at(const PullState& state, Instant now) const;
};

/// Whether the server refused a search lately.
bool is_unsupported(const PullState& state, std::string_view search, Instant now);

}  // namespace foyer
