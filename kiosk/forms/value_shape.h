#pragma once

#include <string_view>

#include "kiosk/forms/element.h"

namespace foyer {

/// What keeps the object of a Coding, Quantity, Attachment or Reference from being
/// valid R4 (datatypes, with att-1 and qty-3), in words; nullptr: nothing. Other types
/// are not looked at. Extensions are looked at for their url only.
const char* flaw_of(std::string_view type, const Element& value);

/// R4's uri: no white space.
bool is_uri(std::string_view text);
/// R4's string: no control characters but tabs and line ends.
bool is_clean_text(std::string_view text);

}  // namespace foyer
