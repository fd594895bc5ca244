#pragma once

#include <string>
#include <vector>

#include "kiosk/forms/view.h"
#include "platform/printer.h"
#include "platform/result.h"
#include "sync/clinic/site_time.h"

namespace foyer {

/// What was signed, as it stood on the screen.
struct FormCopy {
    std::string clinic;  ///< the site's name
    std::string title;   ///< of the form
    std::string version;
    std::string language;  ///< the text was read in
    LocalTime signed_at;
    std::vector<ItemState> items;
    std::string signature_png;
};

/// The patient's own copy on the slip printer: the text, the answers, the signature.
/// Needs open_translations(). Any thread, one at a time.
Result<PrintJob> render_copy(const FormCopy& copy);

}  // namespace foyer
