#include "kiosk/commands/attendance.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <ostream>

#include "kiosk/commands/attendance_words.h"
#include "kiosk/setup.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using Kind = AttendanceKind;
using State = Attended::State;
using std::chrono::hours;
using std::chrono::minutes;

/// A time of the clock means the session's day, or the night after it.
constexpr hours before_the_start{6};

std::optional<minutes> time_of_day(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos || text.size() > 5) return std::nullopt;
    int hour = -1, minute = -1;
    const char* middle = text.data() + colon;
    const char* end = text.data() + text.size();
    const bool read = std::from_chars(text.data(), middle, hour).ptr == middle &&
                      std::from_chars(middle + 1, end, minute).ptr == end &&
                      end - middle == 3;
    if (!read || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return std::nullopt;
    return hours(hour) + minutes(minute);
}

Result<Instant> time_said(const std::string& text, Instant starts,
                          const AttendanceDesk& desk) {
    Instant at{};
    if (const auto day_time = time_of_day(text)) {
        const Date day = desk.time.day_of(starts);
        at = desk.time.at(day, *day_time);
        if (at < starts - before_the_start)
            at = desk.time.at(std::chrono::sys_days(day) + std::chrono::days(1),
                              *day_time);
    } else if (const auto instant = parse_instant(text)) {
        at = *instant;
    } else {
        return fail(Error::Code::bad_input,
                    "--at takes a time like 15:40, or 2026-11-23T15:40:00-05:00");
    }
    if (at > desk.now) return fail(Error::Code::refused, "that time has not come yet");
    return at;
}

/// Why it does not fit what is known, and what to write instead.
Result<void> fits(const AttendanceOptions& options, Kind kind, Instant at,
                  const std::vector<AttendanceEvent>& events,
                  const AttendanceDesk& desk) {
    const auto stands = attended(events, desk.now);
    const auto no = [](const std::string& why) {
        return fail(Error::Code::refused, why);
    };
    if (kind == Kind::sign_in) return {};
    if (!stands.in)
        return no(
            fmt::format("they have not signed in; say first when they came: foyer "
                        "attendance confirm {} {} --kind sign-in --at TIME "
                        "--by NAME",
                        options.appointment, options.patient));
    if (at < *stands.in)
        return no("they signed in at " + clock_time(*stands.in, desk.time) +
                  ", after that");
    if (kind != Kind::sign_out || stands.state != State::gone) return {};
    for (const auto& event : events)
        if (event.kind == Kind::sign_out && event.at == at) return {};
    return no(
        fmt::format("they signed out at {}; to correct that: foyer attendance "
                    "amend UNIT --at TIME --by NAME --reason TEXT, with the UNIT "
                    "that foyer roster {} --events shows",
                    stands.out ? clock_time(*stands.out, desk.time) : "another time",
                    options.appointment));
}

void print(const AttendanceEvent& event, const AttendanceDesk& desk,
           std::ostream& out) {
    if (desk.json) {
        const Json json = {{"unit", event.unit},       {"patient", event.patient},
                           {"kind", code(event.kind)}, {"at", format_instant(event.at)},
                           {"by", event.by},           {"amends", event.amends},
                           {"void", event.voided}};
        out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        return;
    }
    out << fmt::format(
        "{} {} by {}  {}\n", code(event.kind),
        event.voided ? "never happened" : "at " + clock_time(event.at, desk.time),
        one_line(event.by), event.unit);
}

FacilitatorAct act_of(const AttendanceOptions& options, const AttendanceDesk& desk) {
    FacilitatorAct act;
    act.appointment = options.appointment;
    act.patient = options.patient;
    act.by = options.by;
    act.reason = options.reason;
    act.recorded = desk.now;
    act.clock = desk.clock;
    return act;
}

Result<AttendanceEvent> confirm(const AttendanceOptions& options,
                                const AttendanceDesk& desk) {
    const auto kind = attendance_kind(options.kind);
    if (!kind)
        return fail(Error::Code::bad_input,
                    "--kind takes sign-in, break-out, break-in or sign-out");
    const auto visit = TRY(desk.store.visit_of(options.appointment, options.patient));
    const auto events = TRY(desk.store.attendance_of(visit.id));
    FacilitatorAct act = act_of(options, desk);
    act.kind = *kind;
    act.at = TRY(time_said(options.at, visit.starts, desk));
    TRY(fits(options, *kind, act.at, events, desk));
    return desk.store.attest(act);
}

Result<AttendanceEvent> amend(const AttendanceOptions& options,
                              const AttendanceDesk& desk) {
    if (options.voided == !options.at.empty())
        return fail(Error::Code::bad_input,
                    "say --at TIME, or --void if it never happened");
    const auto event = TRY(desk.store.attendance_event(options.unit));
    if (!event)
        return fail(Error::Code::not_found,
                    "there is no such event; foyer roster APPOINTMENT --events shows "
                    "their units");
    FacilitatorAct act = act_of(options, desk);
    act.appointment = event->appointment;
    act.patient = event->patient;
    act.amends = options.unit;
    act.voided = options.voided;
    if (!options.voided) act.at = TRY(time_said(options.at, event->starts, desk));
    return desk.store.attest(act);
}

int failed(const Error& error, const char* what, std::ostream& err) {
    std::string why = error.what;
    if (const std::string_view prefix = "records: "; why.starts_with(prefix))
        why.erase(0, prefix.size());
    err << "foyer attendance " << what << ": " << why;
    if (error.code == Error::Code::not_found && why.find("foyer roster") == why.npos)
        err << "; foyer roster lists the sessions of a day";
    err << '\n';
    return int(error.code == Error::Code::bad_input ? Exit::usage : Exit::failed);
}

}  // namespace

int confirm_attendance_command(const AttendanceOptions& options,
                               const AttendanceDesk& desk, std::ostream& out,
                               std::ostream& err) {
    const auto said = confirm(options, desk);
    if (!said) return failed(said.error(), "confirm", err);
    print(*said, desk, out);
    return int(Exit::ok);
}

int amend_attendance_command(const AttendanceOptions& options,
                             const AttendanceDesk& desk, std::ostream& out,
                             std::ostream& err) {
    const auto said = amend(options, desk);
    if (!said) return failed(said.error(), "amend", err);
    print(*said, desk, out);
    return int(Exit::ok);
}

int close_attendance_command(const AttendanceOptions& options,
                             const AttendanceDesk& desk, std::ostream& out,
                             std::ostream& err) {
    const auto closing =
        desk.store.close_attendance({.appointment = options.appointment,
                                     .by = options.by,
                                     .at = desk.now,
                                     .clock = desk.clock});
    if (!closing) return failed(closing.error(), "close", err);
    if (closing->open.empty()) {
        if (desk.json)
            out << Json{{"closed", closing->closed}}.dump() << '\n';
        else
            out << fmt::format("closed for {} patients\n", closing->closed);
        return int(Exit::ok);
    }
    err << "foyer attendance close: it is not known when these were there:\n";
    for (const auto& line : closing->open) {
        const auto stands = attended(line.events, desk.now);
        err << fmt::format(
            "  {}: foyer attendance confirm {} {} {}--at TIME --by NAME\n",
            name_of(line.patient), line.visit.appointment, line.patient.id,
            stands.in ? "" : "--kind sign-in ");
    }
    return int(Exit::failed);
}

}  // namespace foyer
