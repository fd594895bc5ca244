#include <system_error>

#include "sync/records/inside.h"

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

// sync.md decision 4.
constexpr days window_before{1};
constexpr days window_after{14};

/// Program hours are counted back over 90 days (clinic/ledger.h). What is older can be
/// read from the server again (sync.md decision 11).
constexpr days attendance_kept{100};

/// What a time server corrects without anybody noticing.
constexpr std::chrono::minutes tolerated_step{2};
/// How often the latest time is written: flash wears, and a restart takes longer than
/// this.
constexpr std::chrono::seconds mark_written_every{15};

std::int64_t size_of(const std::filesystem::path& file) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file, missing);
    return missing ? 0 : std::int64_t(size);
}

Result<std::int64_t> number(const Row& row) {
    return row.integer(0);
}

}  // namespace

Result<std::int64_t> Store::purge(Instant now) {
    if (inside_->clock_doubted || now + tolerated_step < inside_->clock_mark)
        return fail(Error::Code::refused,
                    "records: nothing is purged while the clock is in doubt");
    const Date today = inside_->time.day_of(now);
    const Date first = sys_days(today) - window_before;
    const Date last = sys_days(today) + window_after;

    Database& database = inside_->database;
    auto transaction = TRY(Transaction::begin(database));
    const auto visits = TRY(database.execute(R"sql(
        delete from visit
         where (day < ?1 or day > ?2)
           and id not in (select visit from outbox where visit is not null)
    )sql",
                                             first, last));
    TRY(database.execute("delete from call_name where day < ?1", first));
    TRY(database.execute(R"sql(
        delete from safety_event
         where day < ?1 and id not in (select unit from outbox)
    )sql",
                         first));
    TRY(database.execute(R"sql(
        delete from sign_up
         where day < ?1 and unit not in (select unit from outbox)
    )sql",
                         first));
    TRY(database.execute(R"sql(
        delete from attendance
         where (day < ?1 or patient not in (select patient from visit))
           and id not in (select unit from outbox)
    )sql",
                         Date(sys_days(today) - attendance_kept)));
    TRY(inside_->forget_waits(today));
    TRY(database.execute("delete from lease where expires_at < ?1",
                         inside_->time.start_of(first)));
    const auto patients = TRY(database.execute(R"sql(
        delete from patient
         where id not in (select patient from visit)
           and id not in (select patient from outbox where patient is not null)
           and id not in (select patient from call_name where day = ?1)
           and id not in (select patient from form_draft)
           and id not in (select patient from sign_up)
    )sql",
                                               today));
    TRY(database.execute("delete from conflict where open = 0 and at < ?1",
                         inside_->time.start_of(first)));
    TRY(database.execute(R"sql(
        delete from known
         where (type = 'Patient' and id not in (select id from patient))
            or (type = 'Appointment' and id not in (select appointment from visit))
    )sql"));
    if (visits + patients > 0) TRY(inside_->audit(AuditAction::purged, now));
    TRY(transaction.commit());

    // What was deleted must not linger in the log either. Another process that reads
    // just now prevents it; the next purge makes up for it.
    const auto emptied = database.script("pragma wal_checkpoint(truncate)");
    static_cast<void>(emptied);
    return visits;
}

Result<ClockQuality> Store::see_clock(Instant now) {
    // The server may have set it right through another store of these records.
    if (inside_->clock_doubted) TRY(inside_->recall_clock());
    const Instant mark = inside_->clock_mark;
    const bool doubted =
        now < mark && (inside_->clock_doubted || mark - now > tolerated_step);
    const bool turned = doubted != inside_->clock_doubted;
    if (turned || now >= inside_->clock_written + mark_written_every)
        TRY(inside_->write_clock(std::max(now, mark), doubted, now));
    inside_->clock_mark = std::max(now, mark);
    inside_->clock_doubted = doubted;
    return inside_->clock_quality();
}

Result<void> Store::set_clock(Instant now) {
    TRY(inside_->write_clock(now, false, now));
    inside_->clock_mark = now;
    inside_->clock_doubted = false;
    return {};
}

Result<void> Store::Inside::write_clock(Instant mark, bool doubted, Instant now) {
    auto transaction = TRY(Transaction::begin(database));
    TRY(database.execute(R"sql(
        insert into clock (id, mark, doubted) values (1, ?1, ?2)
            on conflict (id) do update set mark = excluded.mark, doubted = excluded.doubted
    )sql",
                         mark, doubted));
    if (doubted) TRY(audit(AuditAction::clock_doubted, now));
    TRY(transaction.commit());
    clock_written = mark;
    return {};
}

Result<void> Store::Inside::recall_clock() {
    TRY(database.select(
        [&](const Row& row) -> Result<bool> {
            clock_mark = clock_written = row.instant(0);
            clock_doubted = row.integer(1) != 0;
            return true;
        },
        "select mark, doubted from clock where id = 1"));
    return {};
}

ClockQuality Store::Inside::clock_quality() const {
    return clock_doubted ? ClockQuality::untrusted : ClockQuality::trusted;
}

Result<StoreCounts> Store::counts(Instant now) {
    const Date today = inside_->time.day_of(now);
    Database& database = inside_->database;
    StoreCounts counts;
    counts.patients = *TRY(database.select_one(number, "select count(*) from patient"));
    counts.visits = *TRY(database.select_one(number, "select count(*) from visit"));
    counts.visits_today = *TRY(database.select_one(
        number, "select count(*) from visit where day = ?1", today));
    counts.check_ins_today = *TRY(database.select_one(
        number, "select count(*) from check_in where day = ?1", today));
    counts.waiting_units =
        *TRY(database.select_one(number, "select count(*) from outbox"));
    counts.oldest_waiting = TRY(database.select_one(
        [](const Row& row) -> Result<Instant> { return row.instant(0); },
        "select at from outbox order by at limit 1"));
    counts.parked_units =
        *TRY(database.select_one(number, "select count(*) from parked"));
    counts.open_conflicts = *TRY(
        database.select_one(number, "select count(*) from conflict where open = 1"));
    counts.settled_conflicts = *TRY(
        database.select_one(number, "select count(*) from conflict where open = 0"));
    counts.drafts =
        *TRY(database.select_one(number, "select count(*) from form_draft"));
    counts.safety_events =
        *TRY(database.select_one(number, "select count(*) from safety_event"));
    counts.audit_entries =
        *TRY(database.select_one(number, "select count(*) from audit"));
    counts.bytes = size_of(inside_->file) + size_of(inside_->file.string() + "-wal");
    return counts;
}

}  // namespace foyer
