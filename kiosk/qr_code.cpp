#include "kiosk/qr_code.h"

#include <qrencode.h>

#include <memory>

namespace foyer {

Result<QrCode> encode_qr(std::string_view text) {
    if (text.empty())
        return fail(Error::Code::bad_input, "nothing to put in a QR code");
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1),
        &QRcode_free);
    if (!code) return fail(Error::Code::bad_input, "too long for a QR code");
    QrCode modules{code->width, {}};
    modules.dark.reserve(std::size_t(code->width) * std::size_t(code->width));
    for (int i = 0; i < code->width * code->width; ++i)
        modules.dark.push_back((code->data[i] & 1U) != 0);
    return modules;
}

}  // namespace foyer
