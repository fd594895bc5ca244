#pragma once

#include <string>

#include "kiosk/setup.h"

namespace foyer {

/// `foyer sync`: what the exchange with the clinic's server comes to, by hand.
struct SyncOptions {
    bool once = false;  ///< until nothing is left to do; without it until told to end
};
Exit sync_command(const Options& options, const SyncOptions& sync);

/// `foyer sync parked`: units the server refused, with its words. For staff who may see
/// them: the server's words can name a patient's data.
Exit parked_command(const Options& options);
/// `foyer sync retry UNIT`, "all" for each.
Exit retry_command(const Options& options, const std::string& unit);
/// `foyer sync give-up UNIT`: it is never sent.
Exit give_up_command(const Options& options, const std::string& unit);
/// `foyer sync conflicts`: where we and the server differ, both sides.
Exit conflicts_command(const Options& options, bool all);
/// `foyer sync decide CONFLICT WORDS`: what staff decided, for the record.
Exit decide_command(const Options& options, const std::string& conflict,
                    const std::string& decision);

/// "just now", "5 min ago", "3 h ago", "2 days ago".
std::string age(Instant from, Instant now);

}  // namespace foyer
