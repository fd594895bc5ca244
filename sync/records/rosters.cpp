#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sync/records/attendance_unit.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

bool called_off(const SealedVisit& visit) {
    return visit.status == AppointmentStatus::cancelled ||
           visit.status == AppointmentStatus::entered_in_error;
}

/// What makes Appointments of one patient each a session.
auto session_of(const SealedVisit& visit) {
    return std::tuple(visit.service, visit.starts, visit.ends, visit.location,
                      visit.practitioner);
}

bool same_session(const SealedVisit& one, const SealedVisit& other) {
    if (one.appointment == other.appointment) return true;
    return !one.shared && !other.shared && session_of(one) == session_of(other);
}

Json stretch(const char* status, Instant from, Instant until) {
    return {{"status", status},
            {"from", format_instant(from)},
            {"until", format_instant(until)}};
}

/// What becomes of an Encounter in the course of a session: being there, and breaks. A
/// patient who signed out and came back was nowhere in between.
Json history_of(const Attended& attended, const std::vector<AttendanceEvent>& stands) {
    const auto broke_off = [&](Instant at) {
        return std::ranges::any_of(stands, [&](const AttendanceEvent& event) {
            return event.kind == AttendanceKind::break_out && event.at == at;
        });
    };
    Json history = Json::array();
    const auto& spans = attended.spans;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        history.push_back(stretch("in-progress", spans[i].from, spans[i].until));
        const Instant back = i + 1 < spans.size()
                                 ? spans[i + 1].from
                                 : attended.out.value_or(spans[i].until);
        if (back > spans[i].until && broke_off(spans[i].until))
            history.push_back(stretch("onleave", spans[i].until, back));
    }
    return history;
}

}  // namespace

Result<std::vector<RosterSession>> Store::roster_sessions(Date day) {
    const auto visits = TRY(inside_->database.select(
        [&](const Row& row) { return inside_->found_from(row); }, R"sql(
        select v.id, v.slip, v.sealed, null
          from visit v join patient p on p.id = v.patient
         where v.day = ?1
         order by v.starts_at, v.appointment, v.id
    )sql",
        day));
    std::vector<const Inside::Found*> firsts;
    std::vector<RosterSession> sessions;
    for (const auto& visit : visits) {
        if (!takes_attendance(visit.sealed.service) || called_off(visit.sealed))
            continue;
        const auto known = std::ranges::find_if(firsts, [&](const auto* first) {
            return same_session(first->sealed, visit.sealed);
        });
        if (known != firsts.end()) {
            auto& session = sessions[std::size_t(known - firsts.begin())];
            ++session.expected;
            session.appointment =
                std::min(session.appointment, visit.sealed.appointment);
            continue;
        }
        firsts.push_back(&visit);
        const Visit named = inside_->with_names(visit);
        sessions.push_back({.appointment = named.appointment,
                            .service = named.service,
                            .starts = named.starts,
                            .ends = named.ends,
                            .place = named.place,
                            .clinician = named.clinician,
                            .expected = 1});
    }
    return sessions;
}

Result<std::vector<RosterLine>> Store::roster(std::string_view appointment) {
    const auto asked = TRY(inside_->database.select_one(
        [&](const Row& row) { return inside_->found_from(row); }, R"sql(
        select v.id, v.slip, v.sealed, null
          from visit v
         where v.appointment = ?1
         order by v.id
    )sql",
        inside_->site.alias_of("Appointment", appointment)));
    if (!asked) return fail(Error::Code::not_found, "there is no such appointment");
    return inside_->roster_of(*asked);
}

Result<std::vector<RosterLine>> Store::Inside::roster_of(const Found& asked) {
    // Everything of the session begins at one time: one search for the people, one for
    // what was said of them, however many they are.
    const Date day = time.day_of(asked.sealed.starts);
    std::map<Alias, std::vector<AttendanceEvent>> said;
    const auto read_event = [&](const Row& row) -> Result<bool> {
        auto event = TRY(attendance_row(row));
        said[row.alias(2)].push_back(std::move(event));
        return true;
    };
    TRY(database.select(read_event, R"sql(
        select a.id, a.sealed, a.visit
          from attendance a join visit v on v.id = a.visit
         where v.day = ?1 and v.starts_at = ?2
    )sql",
                        day, asked.sealed.starts));
    const auto read_person = [&](const Row& row) -> Result<std::pair<Found, Patient>> {
        auto found = TRY(found_from(row));
        const auto text = TRY(open("patient", row.alias(4), row.blob(5)));
        return std::pair(std::move(found), TRY(patient_from(text.view())));
    };
    const auto people = TRY(database.select(read_person, R"sql(
        select v.id, v.slip, v.sealed, c.sealed, p.id, p.sealed
          from visit v join patient p on p.id = v.patient
          left join check_in c on c.visit = v.id
         where v.day = ?1 and v.starts_at = ?2
    )sql",
                                            day, asked.sealed.starts));

    const Visit named = with_names(asked);
    std::vector<RosterLine> lines;
    for (const auto& [found, person] : people) {
        if (!same_session(asked.sealed, found.sealed) || called_off(found.sealed))
            continue;
        auto events = std::move(said[found.row]);
        std::ranges::sort(events, {}, [](const AttendanceEvent& event) {
            return std::tuple(event.at, event.kind, event.unit);
        });
        lines.push_back({.visit = as_visit(found, named.clinician, named.place),
                         .patient = person,
                         .events = std::move(events)});
    }
    std::ranges::sort(lines, {}, [](const RosterLine& line) {
        return std::tie(line.patient.family, line.patient.given, line.patient.id);
    });
    return lines;
}

// --- the end of a session
// --------------------------------------------------------------------

Result<SessionClosing> Store::close_attendance(const SessionClose& close) {
    if (close.by.empty())
        return fail(Error::Code::bad_input, "records: a facilitator without a name");
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto lines = TRY(roster(close.appointment));
    SessionClosing closing;
    std::vector<std::pair<const RosterLine*, Attended>> here;
    for (const auto& line : lines) {
        auto all = attended(line.events, close.at);
        if (all.state == Attended::State::expected && all.oddities.empty()) continue;
        const bool whole = all.state == Attended::State::gone && !all.spans.empty();
        if (whole)
            here.emplace_back(&line, std::move(all));
        else
            closing.open.push_back(line);
    }
    if (!closing.open.empty()) return closing;
    for (const auto& [line, all] : here) {
        TRY(inside_->close(close, *line, all));
        ++closing.closed;
    }
    TRY(transaction.commit());
    return closing;
}

Result<void> Store::Inside::close(const SessionClose& close, const RosterLine& line,
                                  const Attended& attended) {
    const Visit& visit = line.visit;
    const Json history = history_of(attended, standing(line.events));
    const std::string check_in =
        check_in_act(visit.appointment, line.patient.id, visit.shared);
    // Closed again after an amendment, it is another act; without one, the same.
    const std::string act =
        "attendance-close|" + unit_id(check_in) + "|" + history.dump();
    const Json body = {{"act", "attendance-close"},
                       {"appointment", visit.appointment},
                       {"patient", line.patient.id},
                       {"shared", visit.shared},
                       {"service", code(visit.service)},
                       {"from", format_instant(attended.spans.front().from)},
                       {"until", format_instant(attended.spans.back().until)},
                       {"history", history},
                       {"at", format_instant(close.at)},
                       {"clock", code(close.clock)},
                       {"device", device_index},
                       {"by", close.by}};
    TRY(queue({.id = unit_id(act),
               .lane = Lane::attendance,
               .at = close.at,
               .visit = visit_row(visit.appointment, line.patient.id),
               .patient = visit.patient,
               .body = body.dump(-1, ' ', false, Json::error_handler_t::replace),
               .after = unit_id(check_in)}));
    return audit(AuditAction::attendance_closed, close.at, visit.id);
}

}  // namespace foyer
