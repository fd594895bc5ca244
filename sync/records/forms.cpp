#include <nlohmann/json.hpp>

#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

std::string dumped(const Json& value) {
    // A text that is not UTF-8 must not end the program.
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json milliseconds(Instant at) {
    return at.time_since_epoch().count();
}
Instant instant(const Json& value) {
    return Instant(std::chrono::milliseconds(value.get<std::int64_t>()));
}

std::string to_text(const FormDraft& draft) {
    return dumped({{"patient", draft.patient_id},
                   {"form", draft.form},
                   {"version", draft.version},
                   {"language", draft.language},
                   {"response", draft.response},
                   {"place", draft.place},
                   {"begun", milliseconds(draft.begun)},
                   {"saved", milliseconds(draft.saved)}});
}

/// Runs `read` on the parsed text; what it misses is `corrupt`.
template <class Value, class Read>
Result<Value> parsed(std::string_view text, Read read) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception&) {
        return fail(Error::Code::corrupt, "records: a sealed row lacks a field");
    }
}

Result<FormDraft> draft_from(const Alias& patient, std::string_view text) {
    return parsed<FormDraft>(text, [&](const Json& row) {
        FormDraft draft;
        draft.patient = patient;
        row.at("patient").get_to(draft.patient_id);
        row.at("form").get_to(draft.form);
        row.at("version").get_to(draft.version);
        row.at("language").get_to(draft.language);
        row.at("response").get_to(draft.response);
        row.at("place").get_to(draft.place);
        draft.begun = instant(row.at("begun"));
        draft.saved = instant(row.at("saved"));
        return draft;
    });
}

std::string to_text(const FormDone& done) {
    return dumped({{"form", done.form},
                   {"status", name(done.status)},
                   {"at", milliseconds(done.at)}});
}

Result<FormDone> done_from(std::string_view text) {
    return parsed<FormDone>(text, [](const Json& row) {
        FormDone done;
        row.at("form").get_to(done.form);
        const auto status = row.at("status").get<std::string>();
        for (const auto known : {FormEnd::Status::stopped, FormEnd::Status::declined})
            if (status == name(known)) done.status = known;
        done.at = instant(row.at("at"));
        return done;
    });
}

}  // namespace

const char* name(FormEnd::Status status) {
    switch (status) {
        case FormEnd::Status::completed:
            return "completed";
        case FormEnd::Status::stopped:
            return "stopped";
        case FormEnd::Status::declined:
            return "declined";
    }
    return "";
}

Alias Store::Inside::draft_row(const Alias& patient, std::string_view form,
                               Date day) const {
    return site.alias_of(
        "FormDraft", patient.hex() + "|" + format_date(day) + "|" + std::string(form));
}

Result<void> Store::Inside::write_safety(const Alias& patient,
                                         const std::string& patient_id,
                                         const std::vector<SafetyNote>& notes,
                                         Instant at) {
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const auto& note = notes[i];
        const Json body = {{"act", "safety"},          {"patient", patient_id},
                           {"form", note.form},        {"rule", note.rule},
                           {"level", note.level},      {"what", note.what},
                           {"path", note.path},        {"answer", note.answer},
                           {"at", format_instant(at)}, {"clock", code(clock_quality())},
                           {"device", device_index}};
        const std::string text = dumped(body);
        // Each answer is an act of its own, also when it is given twice.
        const std::string id = unit_id("safety|" + std::to_string(i) + "|" + text);
        const Alias row = site.alias_of("Unit", id);
        TRY(database.execute(R"sql(
            insert into safety_event (id, patient, day, sealed)
            values (?1, ?2, ?3, ?4)
                on conflict (id) do nothing
        )sql",
                             row, patient, time.day_of(at),
                             seal("safety_event", row, text)));
        TRY(queue({.id = id,
                   .lane = Lane::safety,
                   .at = at,
                   .visit = std::nullopt,
                   .patient = patient,
                   .body = text}));
        TRY(audit(AuditAction::safety_noted, at, patient));
    }
    return {};
}

Result<void> Store::Inside::queue_form(const FormUnit& unit, const Alias& patient,
                                       const std::string& patient_id,
                                       const std::string& form, const char* status,
                                       Instant at) {
    std::string body = dumped({{"act", "form"},
                               {"patient", patient_id},
                               {"form", form},
                               {"status", status},
                               {"after", unit.after},
                               {"at", format_instant(at)},
                               {"clock", code(clock_quality())},
                               {"device", device_index}});
    // Put in as it is: a JSON library would rewrite the digits of decimals.
    body.pop_back();
    body += ",\"bundle\":" + unit.bundle + "}";
    return queue({.id = unit.id,
                  .lane = unit.lane,
                  .at = at,
                  .visit = std::nullopt,
                  .patient = patient,
                  .body = body,
                  .after = unit.after});
}

Result<void> Store::save_draft(const FormDraft& draft,
                               const std::vector<SafetyNote>& safety) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    FormDraft whole = draft;
    whole.patient_id = TRY(patient(draft.patient)).id;
    const Date day = inside_->time.day_of(draft.begun);
    const Alias row = inside_->draft_row(draft.patient, draft.form, day);
    TRY(inside_->database.execute(R"sql(
        insert into form_draft (id, patient, form, day, sealed)
        values (?1, ?2, ?3, ?4, ?5)
            on conflict (id) do update set sealed = excluded.sealed
    )sql",
                                  row, draft.patient,
                                  inside_->site.alias_of("Form", draft.form), day,
                                  inside_->seal("form_draft", row, to_text(whole))));
    TRY(inside_->write_safety(draft.patient, whole.patient_id, safety, draft.saved));
    TRY(inside_->audit(AuditAction::answer_saved, draft.saved, draft.patient));
    return transaction.commit();
}

Result<std::optional<FormDraft>> Store::draft_of(const Alias& patient,
                                                 std::string_view form, Date day) {
    const Alias row = inside_->draft_row(patient, form, day);
    return inside_->database.select_one(
        [&](const Row& found) -> Result<FormDraft> {
            const auto text = TRY(inside_->open("form_draft", row, found.blob(0)));
            return draft_from(patient, text.view());
        },
        "select sealed from form_draft where id = ?1", row);
}

Result<std::vector<FormDraft>> Store::drafts_of(const Alias& patient, Date day) {
    return inside_->database.select(
        [&](const Row& row) -> Result<FormDraft> {
            const auto text =
                TRY(inside_->open("form_draft", row.alias(0), row.blob(1)));
            return draft_from(patient, text.view());
        },
        "select id, sealed from form_draft where patient = ?1 and day = ?2 order by id",
        patient, day);
}

Result<std::vector<FormDraft>> Store::drafts_before(Date day) {
    return inside_->database.select(
        [&](const Row& row) -> Result<FormDraft> {
            const auto text =
                TRY(inside_->open("form_draft", row.alias(0), row.blob(2)));
            return draft_from(row.alias(1), text.view());
        },
        "select id, patient, sealed from form_draft where day < ?1 order by day, id",
        day);
}

Result<void> Store::end_form(const FormEnd& end) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto known = TRY(patient(end.patient));
    TRY(inside_->database.execute(
        "delete from form_draft where id = ?1",
        inside_->draft_row(end.patient, end.form, inside_->time.day_of(end.begun))));
    TRY(inside_->write_done(end.patient, {end.form, end.status, end.at}));
    TRY(inside_->write_safety(end.patient, known.id, end.safety, end.at));
    for (const auto& unit : end.units)
        TRY(inside_->queue_form(unit, end.patient, known.id, end.form, name(end.status),
                                end.at));
    const bool over = end.status == FormEnd::Status::completed;
    if (!over)
        TRY(inside_->note({.reason = DeskReason::form_refused,
                           .at = end.at,
                           .visit = std::nullopt,
                           .patient = end.patient,
                           .form = end.form}));
    TRY(inside_->audit(over ? AuditAction::form_finished : AuditAction::form_refused,
                       end.at, end.patient));
    return transaction.commit();
}

Result<void> Store::park_draft(const FormDraft& draft, const FormUnit& unit,
                               Instant now) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->queue_form(unit, draft.patient, draft.patient_id, draft.form,
                            "in-progress", draft.saved));
    TRY(inside_->database.execute(
        "delete from form_draft where id = ?1",
        inside_->draft_row(draft.patient, draft.form,
                           inside_->time.day_of(draft.begun))));
    TRY(inside_->audit(AuditAction::draft_parked, now, draft.patient));
    return transaction.commit();
}

Result<void> Store::Inside::write_done(const Alias& patient, const FormDone& done) {
    const Alias row = site.alias_of("FormDone", patient.hex() + "|" + done.form);
    const auto read = [&](const Row& found) -> Result<FormDone> {
        const auto text = TRY(open("form_done", row, found.blob(0)));
        return done_from(text.view());
    };
    const auto held = TRY(
        database.select_one(read, "select sealed from form_done where id = ?1", row));
    if (held && held->at > done.at) return {};
    TRY(database.execute(R"sql(
        insert into form_done (id, patient, form, day, sealed)
        values (?1, ?2, ?3, ?4, ?5)
            on conflict (id) do update set day = excluded.day, sealed = excluded.sealed
    )sql",
                         row, patient, site.alias_of("Form", done.form),
                         time.day_of(done.at), seal("form_done", row, to_text(done))));
    return {};
}

Result<std::vector<FormDone>> Store::forms_done(const Alias& patient) {
    return inside_->database.select(
        [&](const Row& row) -> Result<FormDone> {
            const auto text =
                TRY(inside_->open("form_done", row.alias(0), row.blob(1)));
            return done_from(text.view());
        },
        "select id, sealed from form_done where patient = ?1 order by day, id",
        patient);
}

}  // namespace foyer
