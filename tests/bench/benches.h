#pragma once

namespace foyer {

// Each adds its benchmarks to Google Benchmark's list.
void add_frames();    ///< frames_bench.cpp: building and drawing every screen
void add_tap();       ///< tap_bench.cpp: from a finger to the picture
void add_finding();   ///< finding_bench.cpp: a patient among many
void add_fhirpath();  ///< fhirpath_bench.cpp: expressions of forms
void add_forms();   ///< forms_bench.cpp: reading forms, and what follows from an answer
void add_ledger();  ///< ledger_bench.cpp: hours of 200 patients over 90 days
void add_check_in();  ///< check_in_bench.cpp: a check-in beside bare SQLite

}  // namespace foyer
