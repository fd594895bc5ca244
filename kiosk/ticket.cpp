#include "kiosk/ticket.h"

#include "kiosk/slip_page.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/text_utf8.h"
#include "kiosk/ui/words.h"
#include "sync/clinic/call_name.h"

namespace foyer {

namespace {

// As on a slip (slip.cpp): dots at 203 dpi, large print is 16 pt.
constexpr double large = 1.4;
constexpr SlipText clinic_name{
    .size = 35, .bold = true, .centred = true, .most_lines = 3};
constexpr SlipText title{.size = 30, .centred = true};
constexpr SlipText call_name_size{.size = 112, .bold = true, .centred = true};
constexpr SlipText guest_size{.size = 72, .bold = true, .centred = true};
constexpr SlipText seat{.size = 32, .centred = true, .most_lines = 6};
constexpr SlipText small{.size = 26};

}  // namespace

Result<PrintJob> render_ticket(const Ticket& ticket) {
    const auto& language = ticket.language;
    const std::string called = spoken(ticket.call_name, language);
    SlipPage page(language, ticket.large_print ? large : 1.0);
    page.gap(28);
    page.text(one_clean_line(ticket.clinic), clinic_name);
    page.gap(4);
    page.text(short_date_words(language, ticket.day), title);
    page.gap(20);
    page.rule();
    page.gap(24);
    if (ticket.kind != Ticket::Kind::waiting)
        page.line(translate(language, "paper.guest"), guest_size);
    else
        page.text(translate(language, "paper.call_name"), title);
    page.line(called, call_name_size);
    if (ticket.kind != Ticket::Kind::waiting) {
        page.text(translate(language, ticket.kind == Ticket::Kind::guest_in_lobby
                                          ? "paper.guest_lobby"
                                          : "paper.guest_visit"),
                  seat);
        page.gap(28);
        return page.print();
    }
    if (const auto where = one_clean_line(ticket.waiting_place); !where.empty())
        page.text(translate(language, "paper.seat_in", {{"place", where}}), seat);
    page.gap(28);
    page.rule();
    page.gap(24);
    page.text(translate(language, "paper.today_only", {{"call_name", called}}), small);
    page.gap(28);
    page.text(translate(language, "paper.lifeline"), small);
    page.gap(28);
    return page.print();
}

}  // namespace foyer
