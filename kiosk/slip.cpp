#include "kiosk/slip.h"

#include <algorithm>

#include "kiosk/qr_code.h"
#include "kiosk/slip_page.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/text_utf8.h"
#include "kiosk/ui/words.h"
#include "sync/clinic/call_name.h"
#include "sync/clinic/guest_code.h"

namespace foyer {
namespace {

// Sizes in dots, 8 to the millimetre: 32 dots are 11 pt, and 16 pt in large print,
// which is what large print means.
constexpr double large = 1.4;
/// A module of the QR code: a good millimetre, and wider for who sees less.
constexpr int module = 9, large_module = 10;

constexpr SlipText clinic_name{
    .size = 35, .bold = true, .centred = true, .most_lines = 3};
constexpr SlipText title{.size = 30, .centred = true};
constexpr SlipText call_name_size{.size = 112, .bold = true, .centred = true};
constexpr SlipText guest_code_size{.size = 64, .bold = true, .centred = true};
constexpr SlipText seat{.size = 32, .centred = true, .most_lines = 6};
constexpr SlipText when{.size = 34, .bold = true};
constexpr SlipText body{.size = 32};
constexpr SlipText place{.size = 32, .most_lines = 5};
constexpr SlipText hint{.size = 30, .centred = true};
constexpr SlipText small{.size = 26};

/// Names of the clinic may hold anything; on paper each is one paragraph.
std::string name(const std::string& text) {
    return one_clean_line(text);
}

void say_when(const Slip& slip, SlipPage& page) {
    const auto date = short_date_words(slip.language, slip.starts.day);
    const auto time = time_words(slip.language, slip.starts.minutes);
    const auto both =
        translate(slip.language, "paper.when", {{"date", date}, {"time", time}});
    if (page.fits(both, when)) return page.text(both, when);
    page.text(date, when);
    page.text(time, when);
}

void say_call_name(const Slip& slip, const std::string& called, SlipPage& page) {
    page.text(translate(slip.language, "paper.call_name"), title);
    page.line(called, call_name_size);
    if (const auto where = name(slip.waiting_place); !where.empty())
        page.text(translate(slip.language, "paper.seat_in", {{"place", where}}), seat);
    page.gap(28);
}

/// To be read aloud or torn off; it says nothing of who gave it.
void say_guest_code(const Slip& slip, SlipPage& page) {
    page.gap(20);
    page.text(translate(slip.language, "paper.guest_code"), body);
    page.line(spaced(slip.guest_code), guest_code_size);
}

/// The catalogs break a hint where it reads well; in large print it breaks where it
/// must.
void say_hint(std::string words, SlipPage& page) {
    if (!page.fits(words, hint)) std::ranges::replace(words, '\n', ' ');
    page.text(words, hint);
}

}  // namespace

Result<PrintJob> render_slip(const Slip& slip) {
    const QrCode code = TRY(encode_qr(slip.token));
    const std::string called =
        slip.call_name ? spoken(*slip.call_name, slip.language) : std::string();
    const bool here = slip.call_name.has_value();
    const auto words = [&](const char* key) {
        return translate(slip.language, key, {{"call_name", called}});
    };

    SlipPage page(slip.language, slip.large_print ? large : 1.0);
    page.gap(28);
    page.text(name(slip.clinic), clinic_name);
    page.gap(4);
    page.text(words(here ? "paper.checked_in" : "paper.appointment"), title);
    page.gap(20);
    page.rule();
    page.gap(24);
    if (here) say_call_name(slip, called, page);
    say_when(slip, page);
    if (const auto where = name(slip.place); !where.empty()) page.text(where, place);
    if (!here) page.text(words("paper.early"), body);
    if (!slip.guest_code.empty()) say_guest_code(slip, page);
    if (slip.class_news) page.text(words("paper.class_news"), body);
    page.gap(12);
    TRY(page.qr(code, slip.large_print ? large_module : module));
    page.gap(4);
    say_hint(words(here ? "paper.scan_again" : "paper.scan"), page);
    page.gap(20);
    page.rule();
    page.gap(24);
    page.text(words(here ? "paper.today_only" : "paper.nothing_private"), small);
    page.gap(28);
    page.text(words("paper.lifeline"), small);
    page.gap(28);
    return page.print();
}

}  // namespace foyer
