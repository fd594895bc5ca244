#include "platform/simulated/printer.h"

#include <fstream>
#include <string>
#include <system_error>

namespace foyer {

namespace fs = std::filesystem;

namespace {

/// Whole or not at all: whoever watches the folder never sees half a slip.
Result<void> write_file(const fs::path& path, const std::string& bytes) {
    const fs::path unfinished = path.string() + ".unfinished";
    std::ofstream file(unfinished, std::ios::binary);
    file << bytes;
    file.close();
    std::error_code failed;
    if (file) fs::rename(unfinished, path, failed);
    if (file && !failed) return {};
    fs::remove(unfinished, failed);
    return fail(Error::Code::read_only, path.string() + ": cannot be written");
}

}  // namespace

SimulatedPrinter::SimulatedPrinter(std::optional<fs::path> folder)
    : folder_(std::move(folder)) {}

Result<void> SimulatedPrinter::print(const PrintJob& job) {
    const std::lock_guard lock(mutex_);
    if (!plugged_in_) return fail(Error::Code::offline, "the printer is unplugged");
    if (paper_ <= 0) return fail(Error::Code::out_of_paper, "the printer has no paper");
    if (folder_) TRY(write_files(job));
    --paper_;
    printed_.push_back(job);
    return {};
}

Result<void> SimulatedPrinter::write_files(const PrintJob& job) {
    std::error_code ignored;
    fs::create_directories(*folder_, ignored);
    int number = 1;
    const auto slip = [&](const char* kind) {
        return *folder_ / ("slip-" + std::to_string(number) + kind);
    };
    while (fs::exists(slip(".png"), ignored) || fs::exists(slip(".pdf"), ignored))
        ++number;
    if (!job.pdf.empty()) TRY(write_file(slip(".pdf"), job.pdf));
    if (!job.png.empty()) TRY(write_file(slip(".png"), job.png));
    return {};
}

void SimulatedPrinter::set_plugged_in(bool plugged_in) {
    const std::lock_guard lock(mutex_);
    plugged_in_ = plugged_in;
}

void SimulatedPrinter::set_paper(int slips) {
    const std::lock_guard lock(mutex_);
    paper_ = slips;
}

int SimulatedPrinter::paper() const {
    const std::lock_guard lock(mutex_);
    return paper_;
}

bool SimulatedPrinter::is_plugged_in() const {
    const std::lock_guard lock(mutex_);
    return plugged_in_;
}

std::vector<PrintJob> SimulatedPrinter::printed() const {
    const std::lock_guard lock(mutex_);
    return printed_;
}

}  // namespace foyer
