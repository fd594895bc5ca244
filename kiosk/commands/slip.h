#pragma once

#include <iosfwd>
#include <string>

#include "platform/printer.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// `foyer slip APPOINTMENT [--patient ID] [--out FILE] [--language L] [--large]
/// [--print]`: the front desk makes a slip for a visit, or again for somebody whose
/// printer trouble sent them there.
struct SlipOptions {
    std::string appointment;  ///< FHIR id, without "Appointment/"
    std::string patient;      ///< FHIR id; needed when the appointment has several
    /// Ends in .png or .pdf. Empty: slip-<first 8 hex digits of the visit's alias>.png
    /// in the current directory, or no file with `print`.
    std::string out;
    std::string language;  ///< empty: the patient's if the site speaks it, or its first
    bool large = false;
    bool print = false;
};

/// What the command works with. Nothing is kept.
struct SlipDesk {
    Store& store;
    const Site& site;
    const SiteTime& time;
    const SiteKeys& keys;
    Instant now;
    Printer* printer = nullptr;  ///< none: the site has no printer_uri
};

/// Makes the slip and prints the file's path to `out`; on failure writes one line to
/// `err`. A file that was there is replaced, whole or not at all; only its owner can
/// read it. Answers the exit code:
///   0  done
///   1  refused: no such appointment, cancelled, over; or the file could not be written
///      or the slip not printed
///   2  to be asked otherwise: several patients and no --patient, FILE neither .png nor
///      .pdf, a language the site does not speak, --print without a printer
/// A visit already checked in gets its call name. Needs open_translations().
int slip_command(const SlipOptions& options, const SlipDesk& desk, std::ostream& out,
                 std::ostream& err);

/// Written beside `path` and moved there, so that a full disk leaves what was there.
/// Only its owner can read it.
Result<void> write_file(const std::string& path, const std::string& bytes);

}  // namespace foyer
