#include "kiosk/commands/ledger.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "kiosk/effects.h"
#include "sync/clinic/ledger_csv.h"
#include "sync/fhir/ledger_bundle.h"

namespace foyer {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

/// Longer than a course of either program, so that its first day is in it.
constexpr days looks_back{26 * 7};

struct Desk {
    Workplace place;
    Store store;
    SiteKeys keys;

    Instant now() const { return place.clock->now(); }
    Date week() const {
        return week_of(place.time.day_of(now()), place.site.week_start);
    }
    ProgramRule rule(Service program) const {
        return program_rule(place.site.programs, program);
    }
};

Result<Desk> open_desk(const Options& options) {
    auto place = TRY(set_up(options));
    auto store = TRY(open_store(place.data, place.site, place.time));
    auto keys = TRY(site_keys(place.data));
    return Desk{std::move(place), std::move(store), std::move(keys)};
}

struct Period {
    Date from{}, to{};
};

Result<Period> period_of(const Desk& desk, const LedgerOptions& options) {
    const sys_days today(desk.place.time.day_of(desk.now()));
    Period period{Date(today - looks_back), Date(sys_days(desk.week()) + days(6))};
    if (!options.from.empty()) period.from = TRY(parse_date(options.from));
    if (!options.to.empty()) period.to = TRY(parse_date(options.to));
    if (period.to < period.from)
        return fail(Error::Code::bad_input, "--from is after --to");
    return period;
}

/// What of the schedule may still be attended, for whom nothing is told yet.
Result<void> add_expected(Desk& desk, Period period, std::vector<LedgerVisit>& visits) {
    std::set<std::pair<std::string, std::string>> told;
    for (const auto& visit : visits) told.emplace(visit.appointment, visit.patient);
    const sys_days today(desk.place.time.day_of(desk.now()));
    for (sys_days day = std::max(today, sys_days(period.from));
         day <= std::min(sys_days(period.to), today + days(14)); day += days(1)) {
        const auto sessions = TRY(desk.store.roster_sessions(Date(day)));
        for (const RosterSession& session : sessions) {
            const auto lines = TRY(desk.store.roster(session.appointment));
            for (const RosterLine& line : lines) {
                const Visit& visit = line.visit;
                if (visit.status == AppointmentStatus::noshow ||
                    !told.emplace(visit.appointment, line.patient.id).second)
                    continue;
                visits.push_back({.patient = line.patient.id,
                                  .appointment = visit.appointment,
                                  .service = visit.service,
                                  .starts = visit.starts,
                                  .ends = visit.ends,
                                  .attended = attended(line.events, desk.now())});
            }
        }
    }
    return {};
}

Result<std::vector<LedgerVisit>> visits_of(Desk& desk, Period period,
                                           const std::string& patient) {
    const auto events = TRY(desk.store.attendance_between(period.from, period.to));
    auto visits = attended_visits(events, desk.now());
    TRY(add_expected(desk, period, visits));
    if (patient.empty()) return visits;
    std::erase_if(visits, [&](const auto& visit) { return visit.patient != patient; });
    if (visits.empty())
        return fail(Error::Code::not_found,
                    "no attendance of that patient is known in this period");
    return visits;
}

// --- for people
// ------------------------------------------------------------------------

std::string hours(minutes time) {
    return fmt::format("{} h {:02} min", time.count() / 60, time.count() % 60);
}

/// "Lovelace, Ada (ada)"; who has left the schedule is known by the id alone.
std::string person(Desk& desk, const std::string& id) {
    const auto patient = desk.store.patient(desk.keys.alias_of("Patient", id));
    if (!patient) return id;
    std::string text = fmt::format("{}, {} ({})", patient->family, patient->given, id);
    // A terminal obeys control characters, whoever wrote them into a name.
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    return text;
}

const char* program_name(Service program) {
    return program == Service::php ? "PHP" : "IOP";
}

void print_week(const LedgerWeek& week, const ProgramRule& rule, bool running) {
    std::cout << fmt::format("  week of {}  {}", format_date(week.first),
                             hours(week.counted));
    if (rule.hours_min > 0 && rule.hours_max > 0)
        std::cout << fmt::format(" of {} to {} h", rule.hours_min, rule.hours_max);
    else if (rule.hours_min > 0)
        std::cout << fmt::format(" of {} h", rule.hours_min);
    if (running && week.projected != week.counted)
        std::cout << ", " << hours(week.projected) << " at most";
    std::cout << (week.under ? ", too few" : "") << (week.over ? ", too many" : "")
              << '\n';
}

void print_day(const LedgerDay& day) {
    std::cout << fmt::format("    {}  {}", format_date(day.day), hours(day.counted));
    if (day.excluded > minutes(0)) std::cout << ", not counted " << hours(day.excluded);
    std::cout << fmt::format(", {} service{}", day.services,
                             day.services == 1 ? "" : "s");
    if (day.open) std::cout << ", a sign-out is missing";
    if (day.doubtful) std::cout << ", by a clock in doubt";
    if (day.two_levels) std::cout << ", PHP and IOP on one day";
    std::cout << '\n';
}

void print(Desk& desk, const std::vector<LedgerOf>& all, bool with_days) {
    if (all.empty()) std::cout << "Nobody was at PHP or IOP in this period.\n";
    for (const LedgerOf& ledger : all) {
        const ProgramRule rule = desk.rule(ledger.program);
        std::cout << fmt::format("{}  {}, day {}", person(desk, ledger.patient),
                                 program_name(ledger.program), ledger.program_days);
        if (rule.days > 0) std::cout << fmt::format(" of {}", rule.days);
        if (ledger.recertify_by)
            std::cout << ", recertify by " << format_date(*ledger.recertify_by);
        std::cout << '\n';
        auto day = ledger.days.begin();
        for (const LedgerWeek& week : ledger.weeks) {
            print_week(week, rule, week.first == desk.week());
            for (; with_days && day != ledger.days.end() &&
                   sys_days(day->day) < sys_days(week.first) + days(7);
                 ++day)
                print_day(*day);
        }
        const bool two = std::ranges::any_of(ledger.days, &LedgerDay::two_levels);
        if (two && !with_days) std::cout << "  PHP and IOP on one day: see --patient\n";
    }
}

void print(Desk& desk, const std::vector<UnderHours>& all) {
    if (all.empty()) std::cout << "Everybody can still reach this week's hours.\n";
    for (const UnderHours& one : all)
        std::cout << fmt::format("{}  {}, {} of {}, {} at most\n",
                                 person(desk, one.patient), program_name(one.program),
                                 hours(one.week.counted), hours(one.asked),
                                 hours(one.week.projected));
}

// --- for programs
// ----------------------------------------------------------------------

Json json_of(const LedgerWeek& week) {
    return {{"first", format_date(week.first)},
            {"counted", week.counted.count()},
            {"projected", week.projected.count()},
            {"under", week.under},
            {"over", week.over}};
}

Json json_of(const LedgerOf& ledger) {
    Json json = {{"patient", ledger.patient},
                 {"program", code(ledger.program)},
                 {"program_days", ledger.program_days},
                 {"days", Json::array()},
                 {"weeks", Json::array()}};
    if (ledger.recertify_by) json["recertify_by"] = format_date(*ledger.recertify_by);
    for (const LedgerDay& day : ledger.days)
        json["days"].push_back({{"day", format_date(day.day)},
                                {"counted", day.counted.count()},
                                {"excluded", day.excluded.count()},
                                {"services", day.services},
                                {"two_levels", day.two_levels},
                                {"open", day.open},
                                {"doubtful", day.doubtful}});
    for (const LedgerWeek& week : ledger.weeks) json["weeks"].push_back(json_of(week));
    return json;
}

Json json_of(const UnderHours& one) {
    return {{"patient", one.patient},
            {"program", code(one.program)},
            {"asked", one.asked.count()},
            {"week", json_of(one.week)}};
}

template <class Each>
void print_json(const char* name, const std::vector<Each>& all) {
    Json json = {{name, Json::array()}};
    for (const Each& each : all) json[name].push_back(json_of(each));
    std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// What is under Part 2 leaves with its consent; whoever exports hears of what lacks
/// it.
Result<void> export_fhir(Desk& desk, const std::vector<LedgerVisit>& visits) {
    const Part2Settings& part2 = desk.place.site.part2;
    const auto patients = part2_patients(visits, part2);
    const auto consents = TRY(part2_consents_of(desk.store, patients));
    auto without = patients;
    for (const auto& consent : consents) without.erase(consent.patient);
    std::cout << ledger_bundle(visits, part2, consents, desk.now()) << '\n';
    if (!without.empty())
        std::cerr << fmt::format(
            "foyer: no consent under 42 CFR Part 2 is held here of: {}\n",
            fmt::join(without, ", "));
    return {};
}

Result<void> tell(Desk& desk, const LedgerOptions& wanted, bool as_json) {
    const Period period = TRY(period_of(desk, wanted));
    const auto visits = TRY(visits_of(desk, period, wanted.patient));
    const Site& site = desk.place.site;
    if (wanted.fhir) return export_fhir(desk, visits);
    const auto all =
        ledgers(visits, site.programs, desk.place.time, site.week_start, desk.now());
    if (wanted.csv) {
        std::cout << ledger_csv(all, site.part2);
    } else if (wanted.under) {
        const auto under = under_hours(all, site.programs, desk.week());
        if (as_json)
            print_json("under", under);
        else
            print(desk, under);
    } else if (as_json) {
        print_json("ledgers", all);
    } else {
        print(desk, all, !wanted.patient.empty());
    }
    return {};
}

}  // namespace

Exit ledger_command(const Options& options, const LedgerOptions& wanted) {
    if (wanted.csv + wanted.fhir + options.json > 1 ||
        (wanted.under && (wanted.csv || wanted.fhir)))
        return complain({Error::Code::bad_input,
                         "write one of --csv, --fhir, --json; --under goes "
                         "with --json only"});
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    const auto told = tell(*desk, wanted, options.json);
    return told ? Exit::ok : complain(told.error());
}

}  // namespace foyer
