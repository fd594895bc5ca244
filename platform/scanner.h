#pragma once

#include <optional>
#include <string>

namespace foyer {

/// The code reader for paper slips. Main thread only.
class Scanner {
public:
    virtual ~Scanner() = default;

    /// A descriptor that can be read when take() may have something: for
    /// EventWait::watch. The same for the scanner's whole life, also while the device
    /// is unplugged. Owned by the scanner.
    virtual int fd() const = 0;

    /// The oldest finished scan not yet taken, as bytes from an unknown hand: 1 to 513
    /// of them, not always a whole code. Never blocks. Call until there is none.
    virtual std::optional<std::string> take() = 0;

    /// False while the device is unplugged or cannot be opened.
    virtual bool is_there() const = 0;
};

}  // namespace foyer
