#include "platform/pwg_raster.h"

#include <cups/raster.h>
#include <memory>
#include <vector>

namespace foyer {

namespace {

ssize_t append(void* to, unsigned char* bytes, std::size_t length) {
    static_cast<std::string*>(to)->append(bytes, bytes + length);
    return static_cast<ssize_t>(length);
}

struct Close {
    void operator()(cups_raster_t* raster) const { cupsRasterClose(raster); }
};

cups_page_header2_t page(const Picture& slip) {
    constexpr unsigned kPointsPerInch = 72;
    cups_page_header2_t header{};
    header.HWResolution[0] = header.HWResolution[1] = kSlipDpi;
    header.cupsWidth = static_cast<unsigned>(slip.width);
    header.cupsHeight = static_cast<unsigned>(slip.height);
    header.PageSize[0] = header.cupsWidth * kPointsPerInch / kSlipDpi;
    header.PageSize[1] = header.cupsHeight * kPointsPerInch / kSlipDpi;
    header.cupsBitsPerColor = header.cupsBitsPerPixel = 8;
    header.cupsBytesPerLine = header.cupsWidth;
    header.cupsColorSpace = CUPS_CSPACE_SW;
    header.cupsNumColors = 1;
    header.NumCopies = 1;
    // PWG 5102.4 reuses CUPS's own fields: pages in all, and the two feed directions.
    header.cupsInteger[0] = header.cupsInteger[1] = header.cupsInteger[2] = 1;
    return header;
}

/// Brightness, Rec. 709.
unsigned char gray(const char* rgba) {
    const auto channel = [&](int i) { return rgba[i] & 0xFF; };
    return static_cast<unsigned char>(
        (channel(0) * 54 + channel(1) * 183 + channel(2) * 19) >> 8);
}

}  // namespace

Result<std::string> pwg_raster(const Picture& slip) {
    if (slip.width <= 0 || slip.height <= 0)
        return fail(Error::Code::bad_input, "an empty slip");
    std::string bytes;
    const std::unique_ptr<cups_raster_t, Close> raster(
        cupsRasterOpenIO(append, &bytes, CUPS_RASTER_WRITE_PWG));
    cups_page_header2_t header = page(slip);
    if (!raster || !cupsRasterWriteHeader2(raster.get(), &header))
        return fail(Error::Code::bad_input, "the slip is no page of PWG raster");
    std::vector<unsigned char> line(static_cast<std::size_t>(slip.width));
    for (int y = 0; y < slip.height; ++y) {
        for (int x = 0; x < slip.width; ++x)
            line[x] =
                gray(&slip.rgba[(static_cast<std::size_t>(y) * slip.width + x) * 4]);
        cupsRasterWritePixels(raster.get(), line.data(), header.cupsBytesPerLine);
    }
    return bytes;
}

}  // namespace foyer
