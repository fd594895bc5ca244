#include <nlohmann/json.hpp>

#include "sync/records/inside.h"

namespace foyer {

namespace {

const char* code(DeskReason reason) {
    switch (reason) {
        case DeskReason::no_match:
            return "no-match";
        case DeskReason::no_visit_today:
            return "no-visit-today";
        case DeskReason::other_day:
            return "other-day";
        case DeskReason::other_site:
            return "other-site";
        case DeskReason::cancelled:
            return "cancelled";
        case DeskReason::too_early:
            return "too-early";
        case DeskReason::over:
            return "over";
        case DeskReason::late:
            return "late";
        case DeskReason::not_me:
            return "not-me";
        case DeskReason::ambiguous:
            return "ambiguous";
        case DeskReason::bad_slip:
            return "bad-slip";
        case DeskReason::unknown_slip:
            return "unknown-slip";
        case DeskReason::contact_changed:
            return "contact-changed";
        case DeskReason::walk_in:
            return "walk-in";
        case DeskReason::guest:
            return "guest";
        case DeskReason::help:
            return "help";
        case DeskReason::save_failed:
            return "save-failed";
        case DeskReason::form_refused:
            return "form-refused";
        case DeskReason::form_failed:
            return "form-failed";
        case DeskReason::private_room:
            return "private-room";
        case DeskReason::see_at_once:
            return "see-at-once";
        case DeskReason::guardian_away:
            return "guardian-away";
        case DeskReason::class_help:
            return "class-help";
        case DeskReason::not_signed_in:
            return "not-signed-in";
        case DeskReason::sign_out_missed:
            return "sign-out-missed";
        case DeskReason::sign_in_disputed:
            return "sign-in-disputed";
    }
    return "";
}

/// Somebody who needs a person now must not wait behind the day's arrivals.
Lane lane_of(DeskReason reason) {
    return reason == DeskReason::help || reason == DeskReason::see_at_once
               ? Lane::safety
               : Lane::desk;
}

}  // namespace

Result<void> Store::tell_desk(const DeskNote& note) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->note(note));
    return transaction.commit();
}

Result<void> Store::Inside::note(const DeskNote& note) {
    nlohmann::json body = {{"act", "desk"},
                           {"reason", code(note.reason)},
                           {"at", format_instant(note.at)},
                           {"clock", code(clock_quality())},
                           {"device", device_index}};
    if (!note.form.empty()) body["form"] = note.form;
    std::optional<Alias> visit_row;
    if (note.visit) {
        body["slip"] = note.visit->hex();
        if (const auto visit = TRY(visit_for(*note.visit))) {
            visit_row = visit->row;
            body["appointment"] = visit->sealed.appointment;
            body["patient"] = visit->sealed.patient;
        }
    }
    if (note.patient)
        if (const auto known = patient(*note.patient)) body["patient"] = known->id;

    // Each time is an act of its own; only the same note said twice is one.
    const std::string act = "desk|" + body.dump();
    TRY(queue({.id = unit_id(act),
               .lane = lane_of(note.reason),
               .at = note.at,
               .visit = visit_row,
               .patient = note.patient,
               .body = body.dump()}));
    return audit(AuditAction::desk_told, note.at,
                 note.visit ? note.visit : note.patient);
}

Result<void> Store::confirm_contact(const Alias& patient, Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    Patient known = TRY(this->patient(patient));
    const Date day = inside_->time.day_of(at);
    if (known.contact_confirmed == day) return {};

    known.contact_confirmed = day;
    const Bytes sealed = inside_->seal("patient", patient, to_text(known));
    TRY(inside_->database.execute("update patient set sealed = ?2 where id = ?1",
                                  patient, sealed));
    const nlohmann::json body = {{"act", "contact-confirmed"},
                                 {"patient", known.id},
                                 {"at", format_instant(at)},
                                 {"clock", code(inside_->clock_quality())},
                                 {"device", inside_->device_index}};
    TRY(inside_->queue(
        {.id = unit_id("contact|Patient/" + known.id + "|" + format_date(day)),
         .lane = Lane::contact,
         .at = at,
         .visit = std::nullopt,
         .patient = patient,
         .body = body.dump()}));
    TRY(inside_->audit(AuditAction::contact_confirmed, at, patient));
    return transaction.commit();
}

}  // namespace foyer
