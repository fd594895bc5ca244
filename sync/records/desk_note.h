#pragma once

#include <optional>
#include <string>

#include "platform/clock.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// Why a patient was sent to the desk. Goes to the desk (outbox), never to the screen.
enum class DeskReason {
    no_match,        ///< nobody of that name and birth date
    no_visit_today,  ///< known, nothing today
    other_day,
    other_site,
    cancelled,
    too_early,
    over,
    late,
    not_me,     ///< "This isn't me"
    ambiguous,  ///< two of the same name and birth date, and the third answer fit none
    bad_slip,   ///< unreadable, foreign or expired
    unknown_slip,  ///< authentic, and no visit of ours
    contact_changed,
    walk_in,
    guest,
    help,  ///< "Ask a person to come"
    save_failed,
    form_refused,      ///< would rather not fill in a form
    form_failed,       ///< an answer could not be saved
    private_room,      ///< of a visit by video: would like a room for it
    see_at_once,       ///< a crisis visit is here; says no more than that
    guardian_away,     ///< a minor is here alone, and something needs their guardian
    class_help,        ///< wants to be in a class, and the kiosk could not help
    not_signed_in,     ///< was at a group, and no sign-in is known
    sign_out_missed,   ///< comes to sign out long after the end
    sign_in_disputed,  ///< "Not you?" after a slip signed somebody in
};

/// A line for the desk's list.
struct DeskNote {
    DeskReason reason{};
    Instant at{};
    std::optional<Alias> visit;
    std::optional<Alias> patient;
    std::string form = {};  ///< Questionnaire.url, of form_refused and form_failed
};

}  // namespace foyer
