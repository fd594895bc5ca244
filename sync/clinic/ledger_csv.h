#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/clinic/ledger.h"
#include "sync/clinic/site.h"

namespace foyer {

/// What goes with every record of a program under 42 CFR Part 2: the short notice of
/// 42 CFR 2.32(a)(2).
inline constexpr std::string_view part2_notice =
    "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";
/// Whether the site says that a service is under Part 2.
bool is_part2(const Part2Settings& part2, Service service);

/// One line a patient, program and day (RFC 4180: CRLF, a header). Patients by FHIR id,
/// nobody by name. `notice` is part2_notice where the program is under Part 2. Opens in
/// a spreadsheet without running anything: see csv_cell().
std::string ledger_csv(const std::vector<LedgerOf>& ledgers,
                       const Part2Settings& part2);

/// A value as a cell. What a spreadsheet would take for a formula (it begins with = + -
/// @, a tab or a line break) gets a ' before it; quotes where they are needed.
std::string csv_cell(std::string_view value);

}  // namespace foyer
