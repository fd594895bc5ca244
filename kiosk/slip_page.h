#pragma once

#include <memory>
#include <string_view>

#include "kiosk/qr_code.h"
#include "platform/printer.h"
#include "platform/result.h"

namespace foyer {

/// How a text stands on a slip.
struct SlipText {
    double size = 32;  ///< of the letters, in dots before the page's scale
    bool bold = false;
    bool centred = false;
    int most_lines = 0;  ///< the rest is cut with "…"; 0: as many as it takes
};

/// The paper of an 80 mm printer, filled from top to bottom and drawn twice from the
/// same layout. Lengths are dots at 203 dpi, 8 to the millimetre. A page belongs to one
/// thread; several may fill pages at once.
class SlipPage {
public:
    static constexpr int width = 576;  ///< the 72 mm an 80 mm printer reaches
    static constexpr int margin = 8;   ///< paper may lie a millimetre askew

    /// `scale` enlarges texts and gaps. `language` decides the shapes of letters and on
    /// which side a text without letters begins.
    SlipPage(std::string_view language, double scale);
    ~SlipPage();
    SlipPage(const SlipPage&) = delete;
    SlipPage& operator=(const SlipPage&) = delete;

    /// A paragraph, wrapped, with lines about equally long when centred; begins on the
    /// right when its letters run leftwards. `**word**` is bold.
    void text(std::string_view words, const SlipText& as);
    /// One line, as large as `as` says or as fits.
    void line(std::string_view words, SlipText as);
    /// Whether no line of a text would have to be wrapped.
    bool fits(std::string_view words, const SlipText& as) const;
    void gap(double dots);
    /// A dashed rule from edge to edge.
    void rule();
    /// A PNG of dark ink on white, as wide as the page.
    Result<void> picture(std::string_view png);
    /// In the middle, with its quiet zone of 4 modules. A module is a whole number of
    /// dots: at most `module`, at least 4 (0.5 mm), or else `bad_input`.
    Result<void> qr(const QrCode& code, int module);

    /// The page as far as it is filled. PNG: every dot is black or white, cut at half
    /// coverage, so that a thermal printer has nothing to dither; it says its 203 dpi.
    /// PDF: 80 mm wide, as long as the page, its text is text.
    Result<PrintJob> print() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
