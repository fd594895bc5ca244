#pragma once

#include <string>
#include <string_view>

#include "platform/canvas.h"

namespace foyer {

// `write_png` is declared with Picture in platform/canvas.h.

/// Reads a PNG file of any colour type as RGBA. Fails with `not_found` when there is no
/// such file and with `bad_input` when it is no PNG, is cut short, or is larger than
/// 256 MB unpacked.
Result<Picture> read_png(const std::string& path);

/// The bytes of a PNG file.
Result<std::string> encode_png(const Picture& picture);

/// The reverse; the same errors as read_png.
Result<Picture> decode_png(std::string_view bytes);

}  // namespace foyer
