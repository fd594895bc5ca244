#pragma once

#include "kiosk/setup.h"
#include "sync/clinic/site.h"

namespace foyer {

/// `foyer lan key`: this device's public key, for the foyer.toml of the others.
Exit lan_key_command(const Options& options);

/// `foyer lan status [--json]`: the other devices of the site, when they were last
/// heard and what waits for them. Exit `unclean` when something has waited for over 15
/// minutes.
Exit lan_status_command(const Options& options);

/// `foyer lan desk`, `foyer lan run`: this device on the site's own network without a
/// screen, as the front desk or as a kiosk, until SIGTERM or SIGINT. What it hears is a
/// line of JSON each on stdout, and taken as seen by a person with `attended`. Reads
/// orders from stdin, a line each, and answers each with a line:
///   check-in APPOINTMENT   a patient arrives here
///   help                   somebody asks for a person
///   call NAME [| PLACE]    a patient is called ("call Fern 27 | Suite 210"), from a
///                          desk
struct LanOptions {
    LanSettings::Peer::Role role = LanSettings::Peer::Role::kiosk;
    bool attended = true;
};
Exit lan_run_command(const Options& options, const LanOptions& how);

}  // namespace foyer
