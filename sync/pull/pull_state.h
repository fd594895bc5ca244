#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "sync/pull/reading.h"
#include "sync/records/store.h"

namespace foyer {

/// How far reading has come: one note in the records, written in the transaction of the
/// page it speaks of.
struct PullState {
    /// The server's address and which Appointments are asked for. When it changes,
    /// nothing else here is true any more.
    std::string source;
    /// Of another server: what is held is taken again whatever its version says.
    bool afresh = false;

    /// By type: the latest of the server's own times up to which changes are known.
    std::map<std::string, Instant> cursors;
    Instant changes_due{};
    std::vector<Reading> changes;
    std::optional<Instant> changes_began;  ///< the server's time

    /// Days of the window: up to which one they were read, and up to which they will
    /// have been when `window` is done.
    std::optional<Date> through, reading_to;
    std::vector<Reading> window;
    Instant window_began{};                     ///< ours
    std::optional<Instant> window_server_time;  ///< the server's, at the first page
    bool window_whole = false;                  ///< not only new days
    std::optional<Date> night;                  ///< the last site day with a whole one
    std::optional<Instant> schedule_read;       ///< when the last whole one ended
    bool again = false;                         ///< a whole one was asked for

    /// What was last seen before this is read again; `deep`: of every type.
    std::optional<Instant> held_began;
    bool holding = false, deep = false;
    std::vector<std::string> doubtful;  ///< "Type/id" that a chunk did not show

    std::vector<std::string> wants;  ///< "Type/id" that something held names
    std::set<std::string> missing;   ///< wanted, and not shown to us

    std::vector<Reading> forms;
    std::set<std::string> forms_of;     ///< patients whose forms were read in full
    std::optional<Instant> forms_read;  ///< the server's time, of the last round
    Instant waits_due{};                ///< when begun visits are asked for again
    std::string device;                 ///< our Device's id there; empty: not known

    /// What the server refuses to search for, and until when it is not asked again.
    std::map<std::string, Instant> unsupported;

    bool operator==(const PullState&) const = default;
};

std::string to_text(const PullState& state);
/// A note that cannot be read (of another version) counts as none: all is read again.
PullState pull_state_from(std::string_view text);

/// Its name in Store::memo, and that of what was refused.
inline constexpr std::string_view pull_state_memo = "pull";
inline constexpr std::string_view pull_refused_memo = "pull|refused";

}  // namespace foyer
