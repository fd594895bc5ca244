#include <benchmark/benchmark.h>
#include <chrono>

#include "sync/clinic/ledger.h"
#include "tests/bench/benches.h"
#include "tests/bench/spread.h"

namespace foyer {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr int patients = 200, course = 90;

/// A quarter over a DST night: every patient has a program day each day, with a break,
/// a lunch and every third day an individual hour.
class Quarter {
public:
    Quarter() {
        for (const Service program : {Service::php, Service::iop}) {
            ProgramRule rule = default_program_rule(program);
            rule.blocks = {{hours(9), minutes(10 * 60 + 30), DayBlock::Kind::service},
                           {minutes(10 * 60 + 45), hours(12), DayBlock::Kind::service},
                           {hours(12), hours(13), DayBlock::Kind::lunch},
                           {hours(13), hours(15), DayBlock::Kind::service}};
            rules[program] = rule;
        }
        for (int day = 0; day < course; ++day)
            for (int patient = 0; patient < patients; ++patient) attend(patient, day);
        now = time.at(Date(first_ + days(course - 1)), hours(11));
        visits = attended_visits(events, now);
    }

    const SiteTime time = SiteTime::in_zone("America/New_York").value();
    Instant now;
    std::vector<AttendanceEvent> events;
    std::vector<LedgerVisit> visits;
    std::map<Service, ProgramRule> rules;

private:
    void attend(int patient, int day) {
        const Service program = patient % 2 == 0 ? Service::php : Service::iop;
        const Date date(first_ + days(day));
        AttendanceEvent event;
        event.patient = "made-up-patient-" + std::to_string(patient);
        event.service = program;
        event.appointment =
            "day-" + std::to_string(day) + "-" + std::to_string(patient % 2);
        event.starts = time.at(date, hours(9));
        event.ends = time.at(date, hours(15));
        const auto tell = [&](AttendanceKind kind, Instant at) {
            event.unit = event.patient + event.appointment + code(kind);
            event.kind = kind;
            event.at = event.recorded = at + minutes((patient * 7 + day) % 20);
            events.push_back(event);
        };
        tell(AttendanceKind::sign_in, event.starts - minutes(10));
        tell(AttendanceKind::break_out, event.starts + minutes(95));
        tell(AttendanceKind::break_in, event.starts + minutes(125));
        tell(AttendanceKind::sign_out, event.ends - minutes(15));
        if (day % 3 != 0) return;
        event.service = Service::individual;
        event.appointment += "-individual";
        event.starts = time.at(date, hours(15));
        event.ends = time.at(date, hours(16));
        tell(AttendanceKind::sign_in, event.starts);
        tell(AttendanceKind::sign_out, event.ends - minutes(5));
    }

    sys_days first_ = sys_days(std::chrono::year(2026) / 9 / 1);
};

const Quarter& the_quarter() {
    static const Quarter quarter;
    return quarter;
}

/// From visits to ledgers: what a screen or `foyer ledger` asks for.
void reckon(benchmark::State& state) {
    const Quarter& quarter = the_quarter();
    Spread spread;
    for ([[maybe_unused]] auto _ : state) {
        state.SetIterationTime(spread.time([&] {
            auto all = ledgers(quarter.visits, quarter.rules, quarter.time,
                               std::chrono::Sunday, quarter.now);
            benchmark::DoNotOptimize(all);
        }));
    }
    const auto all = ledgers(quarter.visits, quarter.rules, quarter.time,
                             std::chrono::Sunday, quarter.now);
    if (all.size() != patients || all[0].days.size() != course)
        return state.SkipWithError("the ledgers are not those of the quarter");
    spread.report(state);
}

/// Before that: which events stand, and what they come to.
void fold(benchmark::State& state) {
    const Quarter& quarter = the_quarter();
    Spread spread;
    for ([[maybe_unused]] auto _ : state) {
        state.SetIterationTime(spread.time([&] {
            auto visits = attended_visits(quarter.events, quarter.now);
            benchmark::DoNotOptimize(visits);
        }));
    }
    state.counters["events"] = double(quarter.events.size());
    spread.report(state);
}

}  // namespace

void add_ledger() {
    for (auto* bench : {benchmark::RegisterBenchmark("ledger/visits_to_hours", reckon),
                        benchmark::RegisterBenchmark("ledger/events_to_visits", fold)})
        bench->UseManualTime()->Unit(benchmark::kMillisecond);
}

}  // namespace foyer
