#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/call_name.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

constexpr std::string_view waiting_memo = "arrivals|waiting";
/// A visit that has not come by then is another clinic's.
constexpr std::chrono::hours waits_at_most{48};
constexpr std::size_t waiting_at_most = 500;

/// The earliest trusted time wins; two devices decide alike.
bool comes_first(const CheckIn& one, const CheckIn& other) {
    const auto rank = [](const CheckIn& check_in) {
        return std::tuple(check_in.clock == ClockQuality::untrusted, check_in.at,
                          check_in.call_name);
    };
    return rank(one) < rank(other);
}

/// One arrival, told twice: a server may keep no fractions of a second.
bool is_same(const CheckIn& one, const CheckIn& other) {
    return one.call_name == other.call_name &&
           std::chrono::abs(one.at - other.at) < std::chrono::seconds(1);
}

std::string side(const CheckIn& check_in) {
    return Json{{"at", format_instant(check_in.at)},
                {"clock", code(check_in.clock)},
                {"call_name", spoken(check_in.call_name, "en")}}
        .dump();
}

Json to_json(const ArrivalSeen& arrival, Instant kept) {
    return {{"unit", arrival.unit},
            {"appointment", arrival.appointment},
            {"patient", arrival.patient},
            {"checkIn", to_text(arrival.check_in)},
            {"device", arrival.device},
            {"method", code(arrival.method)},
            {"attested", arrival.attested},
            {"by_hand", arrival.by_hand},
            {"kept", kept.time_since_epoch().count()}};
}

Result<ArrivalSeen> arrival_from(const Json& kept) {
    return ArrivalSeen{.unit = kept.value("unit", ""),
                       .appointment = kept.value("appointment", ""),
                       .patient = kept.value("patient", ""),
                       .check_in = TRY(check_in_from(kept.value("checkIn", ""))),
                       .device = kept.value("device", -1),
                       .method = attendance_method(kept.value("method", ""))
                                     .value_or(AttendanceMethod::name),
                       .attested = kept.value("attested", false),
                       .by_hand = kept.value("by_hand", false)};
}

Json list_in(const std::optional<std::string>& text) {
    auto list = Json::parse(text.value_or("[]"), nullptr, false);
    return list.is_array() ? list : Json::array();
}

bool is_over(const Json& kept, Instant now) {
    if (!kept.is_object()) return true;
    const auto since =
        Instant(std::chrono::milliseconds(kept.value("kept", std::int64_t(0))));
    return now - since > waits_at_most;
}

}  // namespace

std::string two_arrivals_id(std::string_view unit, Instant one, Instant other) {
    return "two-arrivals|" + std::string(unit) + "|" +
           format_instant(std::min(one, other)) + "|" +
           format_instant(std::max(one, other));
}

Result<Taken> Store::Batch::put(const ArrivalSeen& arrival) {
    const auto taken = TRY(inside_->store.hear(arrival, inside_->now));
    if (taken) return *taken;
    TRY(inside_->store.keep_waiting(arrival, inside_->now));
    return Taken::unchanged;
}

Result<std::optional<Taken>> Store::Inside::hear(const ArrivalSeen& arrival,
                                                 Instant now) {
    const Alias row = visit_row(arrival.appointment, arrival.patient);
    auto held = TRY(
        database.select_one([&](const Row& found) { return found_from(found); }, R"sql(
        select v.id, v.slip, v.sealed, c.sealed
          from visit v left join check_in c on c.visit = v.id
         where v.id = ?1
    )sql",
                            row));
    if (!held) return std::optional<Taken>();

    const CheckIn theirs = arrival.check_in;
    const Alias patient = patient_alias(arrival.patient);
    const Date day = time.day_of(held->sealed.starts);
    if (!held->check_in) {
        held->check_in = theirs;
        TRY(record(*held, day));
        TRY(sign_in(*held, arrival));
        TRY(settle_call_name(day, patient));
        TRY(audit(AuditAction::arrival_heard, now, slip_alias(held->sealed)));
        return std::optional(Taken::added);
    }
    const CheckIn ours = *held->check_in;
    if (is_same(ours, theirs)) return std::optional(Taken::unchanged);
    TRY(record(Conflict{.id = two_arrivals_id(arrival.unit, ours.at, theirs.at),
                        .kind = "two-arrivals",
                        .at = now,
                        .unit = arrival.unit,
                        .ours = side(ours),
                        .theirs = side(theirs),
                        .settled = "earliest-trusted",
                        .visit = row,
                        .patient = patient}));
    if (!comes_first(theirs, ours)) return std::optional(Taken::unchanged);
    TRY(database.execute("update check_in set sealed = ?2 where visit = ?1", row,
                         seal("check_in", row, to_text(theirs))));
    TRY(sign_in(*held, arrival));
    TRY(settle_call_name(day, patient));
    TRY(audit(AuditAction::arrival_heard, now, slip_alias(held->sealed)));
    return std::optional(Taken::changed);
}

Result<void> Store::Inside::settle_call_name(Date day, const Alias& patient) {
    const auto read = [&](const Row& row) -> Result<CheckIn> {
        const auto text = TRY(open("check_in", row.alias(0), row.blob(1)));
        return check_in_from(text.view());
    };
    const auto arrivals = TRY(database.select(read, R"sql(
        select c.visit, c.sealed
          from check_in c join visit v on v.id = c.visit
         where v.patient = ?1 and c.day = ?2
    )sql",
                                              patient, day));
    const auto first = std::ranges::min_element(arrivals, comes_first);
    if (first == arrivals.end()) return {};
    // A name given here keeps its count, so that nobody else gets it.
    TRY(database.execute(R"sql(
        insert into call_name (day, patient, count, plant, number)
        select ?1, ?2, min(-1, coalesce(min(count), 0) - 1), ?3, ?4
          from call_name
         where day = ?1
            on conflict (day, patient) do update
           set plant = excluded.plant, number = excluded.number
    )sql",
                         day, patient, first->call_name.plant,
                         first->call_name.number));
    return {};
}

// --- before the visit has come ---------------------------------------------------

Result<void> Store::Inside::keep_waiting(const ArrivalSeen& arrival, Instant now) {
    Json list = list_in(TRY(read_memo(waiting_memo)));
    const Json wanted = to_json(arrival, now);
    const auto is_it = [&](const Json& kept) {
        return kept.is_object() &&
               kept.value("appointment", "") == arrival.appointment &&
               kept.value("patient", "") == arrival.patient &&
               kept.value("checkIn", "") == wanted["checkIn"];
    };
    if (std::ranges::any_of(list, is_it)) return {};
    list.push_back(wanted);
    while (list.size() > waiting_at_most) list.erase(list.begin());
    return write_memo(waiting_memo, list.dump());
}

Result<void> Store::Inside::hear_waiting(Instant now) {
    const Json list = list_in(TRY(read_memo(waiting_memo)));
    Json left = Json::array();
    for (const Json& kept : list) {
        if (is_over(kept, now)) continue;
        const auto arrival = arrival_from(kept);
        if (arrival && !TRY(hear(*arrival, now))) left.push_back(kept);
    }
    if (left.size() == list.size()) return {};
    return write_memo(waiting_memo, left.dump());
}

}  // namespace foyer
