#pragma once

#include <string>

#include "platform/printer.h"
#include "platform/result.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// The words of a small paper for somebody without a visit of their own: the name they
/// are called by today. Says neither who they are nor what they came for, nor whom a
/// guest is with.
struct Ticket {
    std::string clinic;    ///< the site's name
    std::string language;  ///< "en", "es"
    Date day{};
    CallName call_name;
    std::string waiting_place;  ///< where to wait, may be empty
    bool large_print = false;
    /// A guest's badge says that it is one, and how far it leads.
    enum class Kind { waiting, guest_in_lobby, guest_of_visit } kind = Kind::waiting;
};

/// Draws a ticket as render_slip() draws a slip. Needs open_translations(). Any thread,
/// one at a time.
Result<PrintJob> render_ticket(const Ticket& ticket);

}  // namespace foyer
