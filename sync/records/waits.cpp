#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/waiting.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// Of one day: {"day": "2026-11-23", "begun": {"<visit's row>": {"at": ms, "arrived":
/// ms, "history": true}}}. A clinic has some hundred visits a day.
constexpr std::string_view waits_memo = "waits";

/// Who writes the start of the period when a patient arrives has written it by then.
constexpr minutes written_at_arrival{2};

Json nothing_begun(Date day) {
    return {{"day", format_date(day)}, {"begun", Json::object()}};
}

Json note_of(const std::optional<std::string>& memo, Date day) {
    Json note = Json::parse(memo.value_or("{}"), nullptr, false);
    const bool good = note.is_object() && note.contains("begun") &&
                      note["begun"].is_object() &&
                      note.value("day", Json()) == format_date(day);
    return good ? note : nothing_begun(day);
}

std::int64_t number(Instant at) {
    return at.time_since_epoch().count();
}

std::optional<Instant> instant_in(const Json& kept, const char* name) {
    const auto found = kept.find(name);
    if (found == kept.end() || !found->is_number_integer()) return std::nullopt;
    return Instant(milliseconds(found->get<std::int64_t>()));
}

/// When the patient arrived: what a kiosk saw comes before what somebody wrote down.
std::optional<Instant> arrival_of(const std::optional<CheckIn>& check_in,
                                  const Json& kept) {
    if (check_in && check_in->clock == ClockQuality::trusted) return check_in->at;
    return instant_in(kept, "arrived");
}

std::optional<minutes> wait_of(const std::optional<CheckIn>& check_in,
                               const Json& kept) {
    if (!kept.is_object()) return std::nullopt;
    const auto begun = instant_in(kept, "at");
    const auto arrived = arrival_of(check_in, kept);
    if (!begun || !arrived) return std::nullopt;
    const bool from_history = kept.value("history", Json()) == true;
    if (!from_history && *begun < *arrived + written_at_arrival) return std::nullopt;
    return std::chrono::ceil<minutes>(*begun - *arrived);
}

bool is_counted(const SealedVisit& visit) {
    return is_waited_for(visit.service) && !visit.virtual_visit;
}

bool is_marked_here(AppointmentStatus status) {
    using enum AppointmentStatus;
    return status == arrived || status == checked_in || status == fulfilled;
}

/// All of a day, latest first; with the check-ins.
constexpr const char* visits_of_day = R"sql(
    select v.id, v.slip, v.sealed, c.sealed
      from visit v left join check_in c on c.visit = v.id
     where v.day = ?1
     order by v.starts_at desc, v.id
)sql";

}  // namespace

Result<Taken> Store::Batch::put(const BegunVisit& visit) {
    Store::Inside& store = inside_->store;
    const Date today = store.time.day_of(inside_->now);
    const auto held =
        TRY(store.visit_at(store.visit_row(visit.appointment, visit.patient)));
    if (!held || store.time.day_of(visit.begun) != today ||
        store.time.day_of(held->sealed.starts) != today || !is_counted(held->sealed))
        return Taken::unchanged;

    Json note = note_of(TRY(store.read_memo(waits_memo)), today);
    Json said = {{"at", number(visit.begun)}, {"history", visit.from_history}};
    if (visit.arrived && store.time.day_of(*visit.arrived) == today)
        said["arrived"] = number(*visit.arrived);
    Json& kept = note["begun"][held->row.hex()];
    if (kept == said) return Taken::unchanged;
    const bool is_new = kept.is_null();
    kept = std::move(said);
    TRY(store.write_memo(waits_memo, note.dump()));
    return inside_->taken(is_new ? Taken::added : Taken::changed);
}

Result<std::vector<minutes>> Store::waits_today(Instant now) {
    const Date today = inside_->time.day_of(now);
    const Json note = note_of(TRY(inside_->read_memo(waits_memo)), today);
    std::vector<minutes> waited;
    if (note["begun"].empty()) return waited;
    const auto visits = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->found_from(row); }, visits_of_day,
        today));
    for (const auto& visit : visits) {
        const auto kept = note["begun"].find(visit.row.hex());
        if (kept == note["begun"].end() || !is_counted(visit.sealed)) continue;
        if (const auto wait = wait_of(visit.check_in, *kept)) waited.push_back(*wait);
    }
    return waited;
}

Result<std::vector<std::string>> Store::not_known_begun(Instant now, int at_most) {
    const Date today = inside_->time.day_of(now);
    const Json note = note_of(TRY(inside_->read_memo(waits_memo)), today);
    const auto visits = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->found_from(row); }, visits_of_day,
        today));
    std::vector<std::string> asked;
    for (const auto& visit : visits) {
        if (int(asked.size()) >= at_most) break;
        const bool here = visit.check_in || is_marked_here(visit.sealed.status);
        if (here && is_counted(visit.sealed) &&
            !note["begun"].contains(visit.row.hex()) &&
            std::ranges::find(asked, visit.sealed.appointment) == asked.end())
            asked.push_back(visit.sealed.appointment);
    }
    return asked;
}

Result<void> Store::Inside::forget_waits(Date today) {
    const auto memo = TRY(read_memo(waits_memo));
    if (!memo) return {};
    Json old = Json::parse(*memo, nullptr, false);
    if (old.is_object() && old.value("day", Json()) == format_date(today)) return {};
    return write_memo(waits_memo, nothing_begun(today).dump());
}

}  // namespace foyer
