#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// One page for an 80 mm printer, already rendered (kiosk/slip renders it). Both forms
/// show the same layout; a printer takes the one it can.
struct PrintJob {
    std::string png;         ///< bytes of a PNG, 203 dpi, black on white
    std::string pdf;         ///< bytes of a PDF, 80 mm wide
    double height_mm = 0.0;  ///< the paper's length
};

/// The slip printer. Blocks until the paper is out (about 2 s), so only the worker
/// thread prints.
class Printer {
public:
    virtual ~Printer() = default;

    /// Fails with `offline` when unplugged and `out_of_paper` when empty; a failed slip
    /// is never half printed.
    virtual Result<void> print(const PrintJob& job) = 0;
};

}  // namespace foyer
