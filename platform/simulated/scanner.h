#pragma once

#include <deque>
#include <mutex>

#include "platform/scanner.h"

namespace foyer {

/// A scanner that sees what it is told to see.
class SimulatedScanner final : public Scanner {
public:
    SimulatedScanner();
    ~SimulatedScanner() override;
    SimulatedScanner(const SimulatedScanner&) = delete;
    SimulatedScanner& operator=(const SimulatedScanner&) = delete;

    /// Holds a code before the scanner. Any thread. Lost while unplugged.
    void scan(std::string text);
    /// Any thread.
    void set_plugged_in(bool plugged_in);

    int fd() const override { return event_; }
    std::optional<std::string> take() override;
    bool is_there() const override;

private:
    int event_;
    mutable std::mutex mutex_;
    std::deque<std::string> scans_;
    bool plugged_in_ = true;
};

}  // namespace foyer
