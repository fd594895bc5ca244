#include <nlohmann/json.hpp>

#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

/// A clock that was set back must not keep a unit waiting for days: no wait is longer
/// than this.
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(1);

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string act_in(std::string_view body) {
    const auto parsed = Json::parse(body, nullptr, false);
    if (!parsed.is_object()) return {};
    const auto act = parsed.find("act");
    return act != parsed.end() && act->is_string() ? act->get<std::string>() : "";
}

std::string to_text(const Conflict& conflict) {
    return dumped({{"id", conflict.id},
                   {"kind", conflict.kind},
                   {"unit", conflict.unit},
                   {"ours", conflict.ours},
                   {"theirs", conflict.theirs},
                   {"settled", conflict.settled}});
}

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::optional<Alias> optional_alias(const Row& row, int column) {
    return row.null(column) ? std::nullopt : std::optional<Alias>(row.alias(column));
}

}  // namespace

// --- units
// -----------------------------------------------------------------------------

Result<std::vector<Unit>> Store::ready_units(Instant now, int at_most) {
    return inside_->database.select(
        [&](const Row& row) { return unit_from(row, inside_->device); }, R"sql(
        select unit, lane, at, visit, patient, sealed, attempts
          from outbox
         where (next_at <= ?1 or next_at > ?2)
           and unit not in (select unit from parked)
           and (after is null or after not in (select unit from outbox))
         order by lane, seq
         limit ?3
    )sql",
        now, now + longest_wait, at_most);
}

Result<std::optional<Instant>> Store::next_ready() {
    return inside_->database.select_one(
        [](const Row& row) -> Result<Instant> { return row.instant(0); }, R"sql(
        select next_at
          from outbox
         where unit not in (select unit from parked)
           and (after is null or after not in (select unit from outbox))
         order by next_at
         limit 1
    )sql");
}

Result<bool> Store::nothing_waits(Lane up_to) {
    const auto waits = TRY(inside_->database.select_one(
        [](const Row&) -> Result<bool> { return true; },
        "select 1 from outbox where lane <= ?1 limit 1", std::int64_t(up_to)));
    return !waits.has_value();
}

Result<bool> Store::arrival_waits(const Alias& visit) {
    const auto held = TRY(inside_->visit_for(visit));
    if (!held) return false;
    const auto waits = TRY(inside_->database.select_one(
        [](const Row&) -> Result<bool> { return true; },
        "select 1 from outbox where unit = ?1",
        inside_->site.alias_of("Unit", unit_id(act_of_check_in(held->sealed)))));
    return waits.has_value();
}

Result<void> Store::begin_tries(const std::vector<Unit>& units) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    for (const auto& unit : units)
        TRY(inside_->database.execute(
            "update outbox set attempts = attempts + 1 where unit = ?1",
            inside_->site.alias_of("Unit", unit.id)));
    return transaction.commit();
}

Result<void> Store::settle(const std::vector<Settled>& all) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    for (const auto& settled : all) TRY(inside_->settle(settled));
    return transaction.commit();
}

Result<void> Store::Inside::settle(const Settled& settled) {
    const Alias row = site.alias_of("Unit", settled.unit);
    switch (settled.how) {
        case Settled::How::acknowledged:
            TRY(database.execute("delete from outbox where unit = ?1", row));
            break;
        case Settled::How::later:
            TRY(database.execute("update outbox set next_at = ?2 where unit = ?1", row,
                                 settled.next_at));
            break;
        case Settled::How::parked:
            TRY(database.execute(R"sql(
                insert into parked (unit, at, sealed)
                select unit, ?2, ?3 from outbox where unit = ?1
                    on conflict (unit) do nothing
            )sql",
                                 row, settled.next_at,
                                 seal("parked", row, settled.why)));
            break;
    }
    for (const auto& conflict : settled.conflicts) TRY(record(conflict));
    for (const auto& unit : settled.follow_ups) TRY(queue(unit));
    if (settled.sign_up) TRY(apply(*settled.sign_up));
    return {};
}

Result<void> Store::retry_unit(std::string_view unit, Instant now) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const Alias row = inside_->site.alias_of("Unit", unit);
    if (TRY(inside_->database.execute("delete from parked where unit = ?1", row)) == 0)
        return fail(Error::Code::not_found, "records: no such unit is parked");
    TRY(inside_->database.execute("update outbox set next_at = 0 where unit = ?1",
                                  row));
    TRY(inside_->audit(AuditAction::unit_retried, now, row));
    return transaction.commit();
}

Result<void> Store::give_up_unit(std::string_view unit, Instant now) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const Alias row = inside_->site.alias_of("Unit", unit);
    const auto gone = TRY(inside_->database.execute(
        "delete from outbox where unit = ?1 and unit in (select unit from parked)",
        row));
    if (gone == 0)
        return fail(Error::Code::not_found, "records: no such unit is parked");
    TRY(inside_->audit(AuditAction::unit_given_up, now, row));
    return transaction.commit();
}

Result<std::vector<ParkedUnit>> Store::parked_units() {
    return inside_->database.select(
        [&](const Row& row) -> Result<ParkedUnit> {
            ParkedUnit parked;
            parked.unit = TRY(unit_from(row, inside_->device));
            parked.parked = row.instant(7);
            parked.why = TRY(inside_->open("parked", row.alias(0), row.blob(8))).view();
            return parked;
        },
        R"sql(
        select o.unit, o.lane, o.at, o.visit, o.patient, o.sealed, o.attempts,
               p.at, p.sealed
          from outbox o join parked p on p.unit = o.unit
         order by o.lane, o.seq
    )sql");
}

Result<std::vector<WaitingUnit>> Store::waiting(int at_most) {
    return inside_->database.select(
        [&](const Row& row) -> Result<WaitingUnit> {
            const auto unit = TRY(unit_from(row, inside_->device));
            WaitingUnit waiting{.id = unit.id,
                                .lane = unit.lane,
                                .at = unit.at,
                                .attempts = unit.attempts,
                                .next_at = row.instant(7),
                                .parked = !row.null(8),
                                .act = act_in(unit.body),
                                .why = {}};
            if (waiting.parked)
                waiting.why =
                    TRY(inside_->open("parked", row.alias(0), row.blob(8))).view();
            return waiting;
        },
        R"sql(
        select o.unit, o.lane, o.at, o.visit, o.patient, o.sealed, o.attempts,
               o.next_at, p.sealed
          from outbox o left join parked p on p.unit = o.unit
         order by o.lane, o.seq
         limit ?1
    )sql",
        at_most);
}

Result<void> Store::hurry(Instant now) {
    TRY(inside_->database.execute("update outbox set next_at = 0 where next_at > ?1",
                                  now));
    return {};
}

Result<void> Store::queue_unit(const Unit& unit, std::string_view memo_name,
                               std::string_view memo_text) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->queue(unit));
    if (!memo_name.empty()) TRY(inside_->write_memo(memo_name, memo_text));
    return transaction.commit();
}

// --- what the patient's acts add
// ---------------------------------------------------------

Result<void> Store::paperwork_done(const std::vector<Alias>& visits, Instant at) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    for (const Alias& slip : visits) {
        const auto found = TRY(inside_->visit_for(slip));
        // A group's shared status is nobody's to change (sync.md decision 5).
        if (!found || !found->check_in || found->sealed.shared) continue;
        const auto& visit = found->sealed;
        const Json body = {{"act", "paperwork"},
                           {"appointment", visit.appointment},
                           {"patient", visit.patient},
                           {"shared", visit.shared},
                           {"at", format_instant(at)},
                           {"clock", code(inside_->clock_quality())},
                           {"device", inside_->device_index}};
        TRY(inside_->queue({.id = unit_id("paperwork|Appointment/" + visit.appointment),
                            .lane = Lane::arrivals,
                            .at = at,
                            .visit = found->row,
                            .patient = std::nullopt,
                            .body = body.dump(),
                            .after = unit_id(act_of_check_in(visit))}));
    }
    return transaction.commit();
}

Result<void> Store::propose_contact(const ContactChange& change) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto known = TRY(patient(change.patient));
    const Json body = {{"act", "contact"},
                       {"patient", known.id},
                       {"phone", change.phone},
                       {"email", change.email},
                       {"at", format_instant(change.at)},
                       {"clock", code(inside_->clock_quality())},
                       {"device", inside_->device_index}};
    const std::string act = "contact-change|Patient/" + known.id + "|" + change.phone +
                            "|" + change.email + "|" +
                            format_date(inside_->time.day_of(change.at));
    TRY(inside_->queue({.id = unit_id(act),
                        .lane = Lane::contact,
                        .at = change.at,
                        .visit = std::nullopt,
                        .patient = change.patient,
                        .body = dumped(body)}));
    TRY(inside_->audit(AuditAction::contact_proposed, change.at, change.patient));
    return transaction.commit();
}

// --- conflicts
// ---------------------------------------------------------------------------

Result<void> Store::Inside::record(const Conflict& conflict) {
    const Alias row = site.alias_of("Conflict", conflict.id);
    const auto added = TRY(database.execute(
        R"sql(
        insert into conflict (id, at, open, visit, patient, sealed)
        values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict (id) do nothing
    )sql",
        row, conflict.at, std::int64_t(conflict.settled.empty()), conflict.visit,
        conflict.patient, seal("conflict", row, to_text(conflict))));
    if (added == 0) return {};
    return audit(AuditAction::conflict_noted, conflict.at,
                 conflict.visit ? conflict.visit : conflict.patient);
}

Result<std::vector<Conflict>> Store::conflicts(bool open_only) {
    return inside_->database.select(
        [&](const Row& row) -> Result<Conflict> {
            const auto text = TRY(inside_->open("conflict", row.alias(0), row.blob(4)));
            const auto sealed = Json::parse(text.view(), nullptr, false);
            if (!sealed.is_object())
                return fail(Error::Code::corrupt, "records: a conflict is damaged");
            Conflict conflict;
            conflict.id = sealed.value("id", "");
            conflict.kind = sealed.value("kind", "");
            conflict.at = row.instant(1);
            conflict.unit = sealed.value("unit", "");
            conflict.ours = sealed.value("ours", "");
            conflict.theirs = sealed.value("theirs", "");
            conflict.settled = sealed.value("settled", "");
            conflict.visit = optional_alias(row, 2);
            conflict.patient = optional_alias(row, 3);
            return conflict;
        },
        R"sql(
        select id, at, visit, patient, sealed
          from conflict
         where open >= ?1
         order by at, id
    )sql",
        std::int64_t(open_only));
}

Result<void> Store::settle_conflict(std::string_view id, std::string_view decision,
                                    Instant now) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    const Alias row = inside_->site.alias_of("Conflict", id);
    auto open = TRY(conflicts(true));
    for (auto& conflict : open) {
        if (conflict.id != id) continue;
        conflict.settled = decision;
        TRY(inside_->database.execute(
            "update conflict set open = 0, sealed = ?2 where id = ?1", row,
            inside_->seal("conflict", row, to_text(conflict))));
        TRY(inside_->audit(AuditAction::conflict_settled, now, row));
        return transaction.commit();
    }
    return fail(Error::Code::not_found, "records: no such conflict is open");
}

// --- notes of the exchange to itself
// -------------------------------------------------------

Result<std::optional<std::string>> Store::memo(std::string_view name) {
    return inside_->read_memo(name);
}

Result<std::optional<std::string>> Store::Inside::read_memo(std::string_view name) {
    const Alias row = site.alias_of("Memo", name);
    return database.select_one(
        [&](const Row& found) -> Result<std::string> {
            return std::string(TRY(open("memo", row, found.blob(0))).view());
        },
        "select sealed from memo where id = ?1", row);
}

Result<void> Store::set_memo(std::string_view name, std::string_view text) {
    return inside_->write_memo(name, text);
}

Result<void> Store::Inside::write_memo(std::string_view name, std::string_view text) {
    const Alias row = site.alias_of("Memo", name);
    TRY(database.execute(R"sql(
        insert into memo (id, sealed) values (?1, ?2)
            on conflict (id) do update set sealed = excluded.sealed
    )sql",
                         row, seal("memo", row, text)));
    return {};
}

// --- what the server was seen to have
// --------------------------------------------------------

Alias Store::Inside::held_as(std::string_view type, std::string_view id) const {
    if (type == "Patient") return patient_alias(id);
    if (type == "Appointment") return site.alias_of("Appointment", id);
    return site.alias_of("Resource", std::string(type) + "/" + std::string(id));
}

Result<Known> Store::Inside::known_from(const Row& row) const {
    const auto text = TRY(open("known", row.alias(0), row.blob(3)));
    const auto sealed = Json::parse(text.view(), nullptr, false);
    if (!sealed.is_object())
        return fail(Error::Code::corrupt, "records: a known version is damaged");
    return Known{.type = row.text(1),
                 .id = sealed.value("id", ""),
                 .version = sealed.value("version", ""),
                 .read = row.instant(2)};
}

Result<std::vector<Known>> Store::known(std::string_view type,
                                        std::optional<Instant> read_before,
                                        int at_most) {
    // A clock that was ahead and was put right must not keep anything from being read
    // again: what seems to be read in an hour from then was not.
    const Instant before = read_before.value_or(Instant::max() - std::chrono::hours(2));
    return inside_->database.select(
        [&](const Row& row) { return inside_->known_from(row); }, R"sql(
        select id, type, read_at, sealed
          from known
         where type = ?1 and (read_at < ?2 or read_at > ?3)
         order by read_at, id
         limit ?4
    )sql",
        type, before, before + std::chrono::hours(1), at_most);
}

Result<std::optional<Known>> Store::known_of(std::string_view type,
                                             std::string_view id) {
    return inside_->database.select_one(
        [&](const Row& row) { return inside_->known_from(row); },
        "select id, type, read_at, sealed from known where id = ?1",
        inside_->held_as(type, id));
}

Result<std::optional<std::string>> Store::resource(std::string_view type,
                                                   std::string_view id) {
    const Alias row = inside_->held_as(type, id);
    return inside_->database.select_one(
        [&](const Row& found) -> Result<std::string> {
            return std::string(
                TRY(inside_->open("resource", row, found.blob(0))).view());
        },
        "select sealed from resource where id = ?1", row);
}

Result<std::vector<std::string>> Store::patient_ids() {
    return inside_->database.select(
        [&](const Row& row) -> Result<std::string> {
            const auto text = TRY(inside_->open("patient", row.alias(0), row.blob(1)));
            return TRY(patient_from(text.view())).id;
        },
        "select id, sealed from patient order by id");
}

Result<std::vector<Store::AuditLine>> Store::audit_after(std::int64_t seq,
                                                         int at_most) {
    return inside_->database.select(
        [](const Row& row) -> Result<AuditLine> {
            return AuditLine{
                .seq = row.integer(0),
                .at = row.instant(1),
                .action = code(AuditAction(row.integer(2))),
                .subject = row.null(3) ? std::string() : row.alias(3).hex(),
                .device = int(row.integer(4)),
                .mac = hexadecimal(row.blob(5)),
            };
        },
        R"sql(
        select seq, at, action, subject, device, mac
          from audit
         where seq > ?1
         order by seq
         limit ?2
    )sql",
        seq, at_most);
}

void Store::on_commit(std::function<void()> told) {
    inside_->database.on_commit(std::move(told));
}

}  // namespace foyer
