#pragma once

#include <string>
#include <string_view>

namespace foyer {

/// What XHTML from a form says, as plain text: blocks become lines, list items get a
/// bullet; scripts, styles, links and everything else that could act are left out.
/// Any bytes are taken.
std::string plain_of_xhtml(std::string_view xhtml);

/// The same for CommonMark; HTML inside of it is left out.
std::string plain_of_markdown(std::string_view markdown);

}  // namespace foyer
