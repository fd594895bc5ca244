#pragma once

#include <filesystem>
#include <mutex>
#include <optional>

#include "platform/printer.h"

namespace foyer {

/// A printer that keeps its slips, in memory and, when given a folder, also as
/// slip-1.png and slip-1.pdf and so on, counting on after those already there. Every
/// function may be called from any thread.
class SimulatedPrinter final : public Printer {
public:
    static constexpr int kFullRoll = 100;

    explicit SimulatedPrinter(
        std::optional<std::filesystem::path> folder = std::nullopt);

    /// `offline` when unplugged, `out_of_paper` when empty, and the reason why a file
    /// cannot be written; then nothing is kept.
    Result<void> print(const PrintJob& job) override;

    void set_plugged_in(bool plugged_in);
    /// How many slips are left on the roll.
    void set_paper(int slips);
    int paper() const;
    bool is_plugged_in() const;

    std::vector<PrintJob> printed() const;

private:
    Result<void> write_files(const PrintJob& job);
    const std::optional<std::filesystem::path> folder_;
    mutable std::mutex mutex_;
    int paper_ = kFullRoll;
    bool plugged_in_ = true;
    std::vector<PrintJob> printed_;
};

}  // namespace foyer
