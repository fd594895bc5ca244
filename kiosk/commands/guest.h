#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "platform/printer.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// `foyer guest code APPOINTMENT [--patient ID]`
struct GuestCodeOptions {
    std::string appointment;  ///< FHIR id, without "Appointment/"
    std::string patient;      ///< FHIR id; needed when the appointment has several
};

/// `foyer guest badge CALLNAME --to lobby|visit [--staff-decides NAME] [--out FILE]
/// [--language L]`
struct GuestBadgeOptions {
    std::vector<std::string> call_name;  ///< its words, as typed
    std::string to;
    std::string decided_by;  ///< who of the staff, where no release is on file
    std::string out;         ///< a file ending in .png or .pdf; empty: the printer
    std::string language;    ///< empty: the site's first
};

/// What the commands work with. Nothing is kept.
struct GuestDesk {
    Store& store;
    const Site& site;
    const SiteTime& time;
    const SiteKeys& keys;
    Instant now;
    Printer* printer = nullptr;  ///< none: the site has no printer_uri
};

/// "Fern 27" of the words of a command line, `fern` and `27`.
std::string joined(const std::vector<std::string>& words);

/// Prints the code that fits a visit to `out`. Exit codes as slip_command().
int guest_code_command(const GuestCodeOptions& options, const GuestDesk& desk,
                       std::ostream& out, std::ostream& err);

/// Prints a badge: "Guest", the call name, the date, how far it leads; no patient. Says
/// on `out` whether a release is on file and whom it names. A badge to a visit needs a
/// code that fits and a release (release.h), or a name in `decided_by`; it is written
/// to the audit log and to the clinic's Tasks. Exit codes: 0 done; 1 no such guest, or
/// no release; 2 to be asked otherwise.
int guest_badge_command(const GuestBadgeOptions& options, const GuestDesk& desk,
                        std::ostream& out, std::ostream& err);

}  // namespace foyer
