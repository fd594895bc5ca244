#pragma once

#include <string>

#include "kiosk/setup.h"

namespace foyer {

struct WaitlistOptions {
    std::string session;  ///< ClassSession::key(), as `foyer sign-up --list` shows it
    std::string patient;  ///< FHIR id
    std::string by;       ///< who of the staff
    bool no_shows = false;
};

/// `foyer waitlist [SESSION]`: who waits for which session, in order; offers that are
/// out, with their time; and the outcomes at this kiosk that their patients have not
/// been told. Asks the server; without it, what this kiosk knows of its own patients.
Exit waitlist_command(const Options& options, const WaitlistOptions& waitlist);

/// `foyer waitlist release SESSION PATIENT|--no-shows --by NAME`: gives the seat of who
/// has not come away. Nobody's who is known to be here. `failed` when that is nobody.
Exit waitlist_release_command(const Options& options, const WaitlistOptions& waitlist);

/// `foyer waitlist offer SESSION --by NAME`: what the elected device does by itself:
/// free seats are offered to who waits. `failed` when there is none, or nobody waits.
Exit waitlist_offer_command(const Options& options, const WaitlistOptions& waitlist);

}  // namespace foyer
