#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "kiosk/commands/attendance.h"
#include "kiosk/commands/attendance_words.h"
#include "kiosk/setup.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using State = Attended::State;

const char* words(State state) {
    switch (state) {
        case State::expected:
            return "not seen";
        case State::present:
            return "here";
        case State::on_break:
            return "on a break";
        case State::gone:
            return "gone";
    }
    return "";
}

const char* code_of(State state) {
    switch (state) {
        case State::expected:
            return "expected";
        case State::present:
            return "present";
        case State::on_break:
            return "on-break";
        case State::gone:
            return "gone";
    }
    return "";
}

bool is_late(const RosterLine& line) {
    return line.visit.check_in && line.visit.check_in->late;
}

/// How many of a session are where.
struct Count {
    int here = 0, on_break = 0, gone = 0, missing = 0;
};
Count count(const std::vector<RosterLine>& lines, Instant now) {
    Count all;
    for (const auto& line : lines) {
        const auto stands = attended(line.events, now);
        all.here += stands.state == State::present;
        all.on_break += stands.state == State::on_break;
        all.gone += stands.state == State::gone;
        all.missing += stands.missing_sign_out;
    }
    return all;
}

Json optional_time(const std::optional<Instant>& at) {
    return at ? Json(format_instant(*at)) : Json();
}

Json to_json(const AttendanceEvent& event) {
    Json json = {{"unit", event.unit},
                 {"kind", code(event.kind)},
                 {"at", format_instant(event.at)},
                 {"clock", code(event.clock)},
                 {"method", code(event.method)},
                 {"attested", event.attested},
                 {"by_hand", event.by_hand},
                 {"device", event.device},
                 {"recorded", format_instant(event.recorded)}};
    if (!event.by.empty()) json["by"] = event.by;
    if (!event.amends.empty()) json["amends"] = event.amends;
    if (!event.reason.empty()) json["reason"] = event.reason;
    if (event.voided) json["void"] = true;
    return json;
}

Json to_json(const RosterSession& session, const Count& all) {
    return {{"appointment", session.appointment},
            {"service", code(session.service)},
            {"starts", format_instant(session.starts)},
            {"ends", format_instant(session.ends)},
            {"place", session.place},
            {"clinician", session.clinician},
            {"expected", session.expected},
            {"present", all.here},
            {"on_break", all.on_break},
            {"gone", all.gone},
            {"missing_sign_outs", all.missing}};
}

Json to_json(const RosterLine& line, Instant now) {
    const auto stands = attended(line.events, now);
    Json json = {{"patient", line.patient.id},
                 {"family", line.patient.family},
                 {"given", line.patient.given},
                 {"appointment", line.visit.appointment},
                 {"state", code_of(stands.state)},
                 {"in", optional_time(stands.in)},
                 {"out", optional_time(stands.out)},
                 {"open", optional_time(stands.open)},
                 {"late", is_late(line)},
                 {"missing_sign_out", stands.missing_sign_out},
                 {"doubtful", stands.doubtful},
                 {"amended", stands.amended},
                 {"oddities", stands.oddities},
                 {"events", Json::array()}};
    for (const auto& event : line.events) json["events"].push_back(to_json(event));
    return json;
}

void print(std::ostream& out, const Json& json) {
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// "10:00-10:50  g1  group  12 expected, 9 here, 1 on a break"
std::string line_of(const RosterSession& session, const Count& all,
                    const SiteTime& time) {
    std::string text =
        fmt::format("{}-{}  {}  {}  {} expected", clock_time(session.starts, time),
                    clock_time(session.ends, time), session.appointment,
                    code(session.service), session.expected);
    if (all.here > 0) text += fmt::format(", {} here", all.here);
    if (all.on_break > 0) text += fmt::format(", {} on a break", all.on_break);
    if (all.gone > 0) text += fmt::format(", {} gone", all.gone);
    if (all.missing > 0) text += fmt::format(", {} without a sign-out", all.missing);
    for (const auto& more : {session.place, session.clinician})
        if (!more.empty()) text += "  " + one_line(more);
    return text;
}

/// "here        Lovelace, Ada (ada)  in 10:07 late". A time that nobody trusts: "?".
std::string line_of(const RosterLine& line, const AttendanceDesk& desk) {
    const auto stands = attended(line.events, desk.now);
    std::string text = fmt::format("{:<11} {} ({})", words(stands.state),
                                   name_of(line.patient), line.patient.id);
    const char* mark = stands.doubtful ? "?" : "";
    if (stands.in)
        text += fmt::format("  in {}{}", clock_time(*stands.in, desk.time), mark);
    if (is_late(line)) text += " late";
    if (stands.out)
        text += fmt::format("  out {}{}", clock_time(*stands.out, desk.time), mark);
    if (stands.amended) text += "  amended";
    if (stands.missing_sign_out) text += "  NO SIGN-OUT";
    for (const auto& odd : stands.oddities) text += "  " + odd;
    return text;
}

/// "    15:58 sign-out  by Amara Okafor: came early  6f0a5b0e-..."
std::string line_of(const AttendanceEvent& event, const SiteTime& time) {
    std::string text = fmt::format("    {}{} {}", clock_time(event.at, time),
                                   event.clock == ClockQuality::untrusted ? "?" : "",
                                   code(event.kind));
    if (event.voided) text += " never happened";
    if (!event.amends.empty()) text += ", amended";
    if (!event.by.empty()) text += " by " + one_line(event.by);
    if (!event.reason.empty()) text += ": " + one_line(event.reason);
    return text + "  " + event.unit;
}

Result<void> show_day(const AttendanceDesk& desk, Date day, std::ostream& out) {
    const auto sessions = TRY(desk.store.roster_sessions(day));
    Json json = {{"day", format_date(day)}, {"sessions", Json::array()}};
    for (const auto& session : sessions) {
        const auto lines = TRY(desk.store.roster(session.appointment));
        const Count all = count(lines, desk.now);
        if (desk.json)
            json["sessions"].push_back(to_json(session, all));
        else
            out << line_of(session, all, desk.time) << '\n';
    }
    if (desk.json)
        print(out, json);
    else if (sessions.empty())
        out << "no session at which attendance is taken on " << format_date(day)
            << '\n';
    return {};
}

Result<void> show_session(const AttendanceDesk& desk, const RosterOptions& options,
                          std::ostream& out) {
    const auto lines = TRY(desk.store.roster(options.appointment));
    if (lines.empty())
        return fail(Error::Code::refused, "everybody of that session is cancelled");
    const Visit& visit = lines.front().visit;
    const RosterSession session{.appointment = options.appointment,
                                .service = visit.service,
                                .starts = visit.starts,
                                .ends = visit.ends,
                                .place = visit.place,
                                .clinician = visit.clinician,
                                .expected = int(lines.size())};
    const Count all = count(lines, desk.now);
    if (desk.json) {
        Json json = to_json(session, all);
        json["patients"] = Json::array();
        for (const auto& line : lines)
            json["patients"].push_back(to_json(line, desk.now));
        print(out, json);
        return {};
    }
    out << format_date(desk.time.day_of(visit.starts)) << ' '
        << line_of(session, all, desk.time) << '\n';
    for (const auto& line : lines) {
        out << line_of(line, desk) << '\n';
        if (options.events)
            for (const auto& event : line.events)
                out << line_of(event, desk.time) << '\n';
    }
    if (all.missing > 0)
        out << fmt::format(
            "when they left: foyer attendance confirm {} PATIENT --at TIME --by NAME\n",
            options.appointment);
    return {};
}

}  // namespace

int roster_command(const RosterOptions& options, const AttendanceDesk& desk,
                   std::ostream& out, std::ostream& err) {
    const auto day = options.day.empty() ? Result<Date>(desk.time.day_of(desk.now))
                                         : parse_date(options.day);
    if (!day) {
        err << "foyer roster: --day takes a date like 2026-11-23\n";
        return int(Exit::usage);
    }
    const auto shown = options.appointment.empty() ? show_day(desk, *day, out)
                                                   : show_session(desk, options, out);
    if (shown) return int(Exit::ok);
    err << "foyer roster: " << shown.error().what;
    if (shown.error().code == Error::Code::not_found)
        err << "; foyer roster --day DATE lists the sessions of a day";
    err << '\n';
    return int(Exit::failed);
}

}  // namespace foyer
