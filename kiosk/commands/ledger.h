#pragma once

#include <string>

#include "kiosk/setup.h"

namespace foyer {

struct LedgerOptions {
    std::string from, to;  ///< dates; empty: 26 weeks back, the end of this week
    std::string patient;   ///< FHIR id; empty: all
    bool under = false;    ///< who does not reach this week's hours
    bool csv = false, fhir = false;
};

/// `foyer ledger`: hours, services and dates of the patients in PHP and IOP, from what
/// is known of attendance here. On a terminal with their names, for staff; as CSV, FHIR
/// or JSON with their ids only. `usage` for what is no date or for two formats at once,
/// `failed` for a patient of whom no attendance is known.
Exit ledger_command(const Options& options, const LedgerOptions& wanted);

}  // namespace foyer
