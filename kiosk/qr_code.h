#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// A QR code's modules without the quiet zone, row by row.
struct QrCode {
    int size = 0;  ///< modules on a side
    std::vector<bool> dark;
    bool at(int x, int y) const { return dark[std::size_t(y * size + x)]; }
};

/// Encodes text with error correction level M (15 %: a creased slip still reads). Fails
/// with `bad_input` when the text is empty or does not fit.
Result<QrCode> encode_qr(std::string_view text);

}  // namespace foyer
