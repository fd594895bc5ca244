#pragma once

#include <optional>
#include <string>

#include "kiosk/screen.h"
#include "platform/printer.h"
#include "platform/result.h"

namespace foyer {

/// The words of an 80 mm paper slip. Names nobody and no service (domain.md W16).
struct Slip {
    std::string clinic;    ///< the site's name
    std::string language;  ///< of the patient, or the site's first
    LocalTime starts;
    std::string place;  ///< where to go, may be empty
    std::string token;  ///< what the QR code says (clinic/slip_token.h)
    /// Given at check-in; a slip for a next visit has none.
    std::optional<CallName> call_name;
    std::string waiting_place;  ///< with a call name: where to wait, may be empty
    bool large_print = false;   ///< for who chose larger text
    /// There is news of classes: said without any class's name.
    bool class_news = false;
    /// For somebody who came along (clinic/guest_code.h), if the patient asked for it.
    std::string guest_code{};
};

/// Draws a slip once, as PNG (203 dpi, 576 dots of an 80 mm printer) and as PDF. Needs
/// open_translations(). Fails with `bad_input` when the token does not fit a QR code.
/// Any thread, one at a time.
Result<PrintJob> render_slip(const Slip& slip);

}  // namespace foyer
