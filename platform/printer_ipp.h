#pragma once

#include <chrono>
#include <memory>

#include "platform/printer.h"

namespace foyer {

/// A printer spoken to by IPP (RFC 8011): a network or USB (ipp-usb) printer itself, or
/// a CUPS queue. Sends PDF, else PNG, else PWG raster, whichever the printer takes
/// first. Each print opens its own connection; nothing is kept on disk. One thread at a
/// time.
class IppPrinter final : public Printer {
public:
    struct Options {
        /// "ipp://host[:port]/path" or "ipps://...": of a printer usually /ipp/print,
        /// of a CUPS queue /printers/<name>.
        std::string uri;
        /// From the first byte sent to the paper being out.
        std::chrono::milliseconds patience{30'000};
    };

    /// Fails with `bad_input` for what is no such URI. Does not connect.
    static Result<std::unique_ptr<IppPrinter>> create(const Options& options);

    /// Returns once the printer says that the job is done. Fails with
    ///   `out_of_paper` when it says media-empty or media-needed, before or while
    ///     printing,
    ///   `offline` when it cannot be reached, is shut down or stopped, or is not done
    ///     after `patience`,
    ///   `refused` when it is there and does not print: jam, open cover, no format in
    ///     common, job aborted or cancelled by somebody.
    /// After a failure the job has been cancelled, so that nothing comes out later for
    /// somebody else to find.
    Result<void> print(const PrintJob& job) override;

    ~IppPrinter() override;
    IppPrinter(const IppPrinter&) = delete;
    IppPrinter& operator=(const IppPrinter&) = delete;

private:
    struct Inside;
    explicit IppPrinter(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
