#pragma once

namespace foyer {

/// What somebody came to the kiosk for. Goes with them from Welcome until they are
/// known; a slip scanned at Welcome means check_in.
enum class Purpose { check_in, classes, forms, sign_out };

/// What a site has beside check-in: which ways in Welcome shows.
struct WaysIn {
    bool classes = true;
    bool forms = true;
    bool sign_out = true;
    bool drop_in = false;  ///< under "I don't have an appointment"
};

}  // namespace foyer
