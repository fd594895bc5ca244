#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "tests/support/hours_checker.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using Kind = DayBlock::Kind;

/// All times are multiples of this.
constexpr seconds step = 30s;

/// Made-up weeks of one patient, as wild as the seed makes them: sessions that overlap
/// and run over midnight, events out of order, twice, amended, voided and in circles of
/// sense, around nights on which the clock changes.
class MadeUp {
public:
    explicit MadeUp(unsigned seed) : random_(seed) {
        constexpr std::array nights = {
            sys_days(std::chrono::year(2026) / 3 / 8),
            sys_days(std::chrono::year(2026) / 11 / 1),
            sys_days(std::chrono::year(2026) / 7 / 15),
        };
        first_ = nights[std::size_t(to(2))] - days(to(6));
        // Within the fortnight, so that the week may be running.
        now = time.at(Date(first_ + days(to(12))), minutes(to(24 * 60 - 1)));
        const int count = 2 + to(6);
        for (int i = 0; i < count; ++i) make_session(i);
        if (chance(70)) make_blocks();
        std::ranges::shuffle(events, random_);
        for (std::size_t i = 0; i < events.size(); ++i)
            if (chance(10)) events.push_back(AttendanceEvent(events[i]));
    }

    const SiteTime time = SiteTime::in_zone("America/New_York").value();
    Instant now;
    std::vector<AttendanceEvent> events;
    std::vector<LedgerVisit> expected;  ///< still without events
    ProgramRule rule;

private:
    int to(int last) { return std::uniform_int_distribution<>(0, last)(random_); }
    bool chance(int percent) { return to(99) < percent; }
    Instant about(Instant from, Instant until) {
        const auto between = (until - from) / step;
        return from + step * to(int(between));
    }

    void make_session(int number) {
        constexpr std::array services = {
            Service::php,        Service::php,   Service::php,
            Service::iop,        Service::iop,   Service::group,
            Service::individual, Service::group, Service::medication,
            Service::family,     Service::other, Service::holistic_class};
        AttendanceEvent like;
        like.appointment = "a" + std::to_string(number);
        like.patient = "ana";
        like.service = services[std::size_t(to(int(services.size()) - 1))];
        const minutes begins(chance(30) ? 20 * 60 + to(4 * 60 - 1) : 8 * 60 + to(600));
        like.starts = time.at(Date(first_ + days(to(3))), begins);
        like.ends = like.starts + minutes(10 + to(chance(50) ? 60 : 350));
        if (chance(20)) {
            expected.push_back({.patient = like.patient,
                                .appointment = like.appointment,
                                .service = like.service,
                                .starts = like.starts,
                                .ends = like.ends,
                                .attended = {}});
            return;
        }
        const std::size_t before = events.size();
        chance(60) ? tell_a_stay(like) : tell_anything(like);
        amend(before);
    }

    void tell(AttendanceEvent like, AttendanceKind kind, Instant at) {
        like.unit = "u" + std::to_string(to(1 << 30)) + std::to_string(events.size());
        like.kind = kind;
        like.at = like.recorded = at;
        if (chance(5)) like.clock = ClockQuality::untrusted;
        events.push_back(like);
    }
    /// In, breaks, and mostly out.
    void tell_a_stay(const AttendanceEvent& like) {
        std::vector<Instant> times;
        const int breaks = to(2);
        for (int i = 0; i < 2 * breaks + 2; ++i)
            times.push_back(about(like.starts - 20min, like.ends + 20min));
        std::ranges::sort(times);
        tell(like, AttendanceKind::sign_in, times.front());
        for (std::size_t i = 1; i + 1 < times.size(); ++i)
            tell(like,
                 i % 2 == 1 ? AttendanceKind::break_out : AttendanceKind::break_in,
                 times[i]);
        if (chance(75)) tell(like, AttendanceKind::sign_out, times.back());
    }
    void tell_anything(const AttendanceEvent& like) {
        const int count = 1 + to(6);
        for (int i = 0; i < count; ++i)
            tell(like, AttendanceKind(to(3)),
                 about(like.starts - 20min, like.ends + 20min));
    }
    /// Corrects some of the events from `first` on, and some of the corrections.
    void amend(std::size_t first) {
        for (std::size_t i = first; i < events.size() && events.size() < first + 15;
             ++i) {
            if (!chance(15)) continue;
            const AttendanceEvent amended = events[i];
            AttendanceEvent like = amended;
            like.by = "Kim";
            like.method = AttendanceMethod::facilitator;
            tell(like, chance(80) ? amended.kind : AttendanceKind(to(3)),
                 about(like.starts, like.ends));
            events.back().amends = amended.unit;
            events.back().voided = chance(25);
            events.back().recorded = amended.recorded + minutes(to(3) - 1);
            if (chance(40)) --i;  // once more
        }
    }
    void make_blocks() {
        minutes at(8 * 60 + to(60));
        while (at < 24h - 3h) {
            const minutes length(15 + to(100));
            rule.blocks.push_back({at, at + length, Kind(to(4))});
            at += length + minutes(chance(50) ? 0 : to(90));
        }
        if (chance(50)) rule.blocks.push_back({23h, 24h, Kind(to(4))});
        if (chance(50))
            rule.blocks.insert(rule.blocks.begin(), {30min, 150min, Kind(to(4))});
    }

    std::mt19937 random_;
    sys_days first_;
};

TEST(CheckedLedger, IsWhatGoingThroughEveryHalfMinuteComesTo) {
    int counted = 0, projected = 0, services = 0, excluded = 0;
    for (unsigned seed = 1; seed <= 2000; ++seed) {
        MadeUp made(seed);
        auto visits = attended_visits(made.events, made.now);
        auto sessions = sessions_of(made.events);
        for (const auto& visit : made.expected) {
            visits.push_back(visit);
            sessions.push_back({visit.service, visit.starts, visit.ends, {}});
        }
        for (const Service program : {Service::php, Service::iop}) {
            const auto ledger = ledger_of(visits, program, made.rule, made.time,
                                          std::chrono::Sunday, made.now);
            const auto checked = check_hours(sessions, program, made.rule, made.time,
                                             std::chrono::Sunday, made.now, step);
            const auto told = days_of(ledger);
            ASSERT_EQ(told, checked.days)
                << "seed " << seed << ", " << code(program) << "\n  ledger  "
                << said(told) << "\n  checker " << said(checked.days);
            ASSERT_EQ(ledger.program_days, checked.program_days) << "seed " << seed;
            minutes in_weeks{0}, in_days{0};
            for (const auto& week : ledger.weeks) {
                const auto own = checked.weeks.find(week.first);
                ASSERT_EQ(week.counted, own == checked.weeks.end() ? 0min : own->second)
                    << "seed " << seed;
                in_weeks += week.counted;
                const bool running = week.first == week_of(made.time.day_of(made.now),
                                                           std::chrono::Sunday);
                ASSERT_EQ(week.projected, running ? checked.projected : week.counted)
                    << "seed " << seed;
                projected += running && week.projected != week.counted;
            }
            for (const auto& [day, one] : told) {
                counted += one.counted > 0min;
                excluded += one.excluded > 0min;
                services += one.services;
                if (day < Date(sys_days(week_of(made.time.day_of(made.now),
                                                std::chrono::Sunday)) +
                               std::chrono::days(7)))
                    in_days += one.counted;
            }
            ASSERT_EQ(in_weeks, in_days) << "seed " << seed;
        }
    }
    // What was made up was worth checking.
    EXPECT_GT(counted, 2000);
    EXPECT_GT(excluded, 700);
    EXPECT_GT(services, 700);
    EXPECT_GT(projected, 200);
}

}  // namespace
}  // namespace foyer
