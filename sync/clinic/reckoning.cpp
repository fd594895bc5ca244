#include "sync/clinic/reckoning.h"

#include <algorithm>
#include <utility>

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using Span = Attended::Span;

/// So much of a service makes it one, or all of it if it is shorter.
constexpr minutes service_needs{45};

Span session_of(const LedgerVisit& visit) {
    return {visit.starts, visit.ends};
}
bool is_sensible(const LedgerVisit& visit) {
    return visit.starts < visit.ends;
}

Service other_level_of(Service level) {
    return level == Service::php ? Service::iop : Service::php;
}

using Days = std::vector<std::chrono::sys_days>;

void settle(Days& list) {
    if (!std::ranges::is_sorted(list)) std::ranges::sort(list);
    const auto rest = std::ranges::unique(list);
    list.erase(rest.begin(), rest.end());
}
bool has(const Days& list, std::chrono::sys_days day) {
    return std::ranges::binary_search(list, day);
}

bool long_enough(milliseconds attended, milliseconds whole) {
    return attended > milliseconds(0) &&
           attended >= std::min<milliseconds>(service_needs, whole);
}

}  // namespace

Reckoning::Reckoning(Service level, ProgramRule rule, const SiteTime& time,
                     std::chrono::weekday week_start, Instant now)
    : level_(level),
      other_level_(other_level_of(level)),
      rule_(std::move(rule)),
      week_start_(week_start),
      now_(now),
      days_(time, rule_.blocks),
      today_(time.day_of(now)) {}

LedgerOf Reckoning::of(std::span<const LedgerVisit* const> visits) {
    LedgerOf ledger;
    if (!visits.empty()) ledger.patient = visits.front()->patient;
    ledger.program = level_;
    find_days(visits);
    reckon(visits, Time::attended);
    list_days(visits, ledger);
    count_services(visits, ledger);
    ledger.program_days =
        int(std::ranges::upper_bound(there_, today_) - there_.begin());
    ledger.recertify_by = recertify_by();
    list_weeks(visits, ledger);  // last: it reckons what can still come
    return ledger;
}

// --- whose time it is
// ------------------------------------------------------------------

bool Reckoning::was_there(const LedgerVisit& visit) const {
    return visit.attended.open ||
           std::ranges::any_of(visit.attended.spans, [&](const Span& span) {
               return span.from < visit.ends && span.until > visit.starts;
           });
}

bool Reckoning::can_come(const LedgerVisit& visit) const {
    return visit.attended.state != Attended::State::gone && visit.ends > now_;
}

void Reckoning::find_days(std::span<const LedgerVisit* const> visits) {
    for (Days* list : {&there_, &there_other_, &coming_, &coming_other_}) list->clear();
    for (const auto* visit : visits) {
        const bool ours = visit->service == level_;
        if (!ours && visit->service != other_level_) continue;
        const bool there = was_there(*visit);
        if (!there && !can_come(*visit)) continue;
        const Day day = day_of(visit->starts);
        if (there) (ours ? there_ : there_other_).push_back(day);
        (ours ? coming_ : coming_other_).push_back(day);
    }
    for (Days* days : {&there_, &there_other_, &coming_, &coming_other_}) settle(*days);
}

bool Reckoning::is_treatment(const LedgerVisit& visit, const Days& program_days,
                             const Days& other_days) {
    switch (visit.service) {
        case Service::individual:
        case Service::group:
        case Service::medication:
        case Service::family:
            break;
        default:
            return false;
    }
    const Day day = day_of(visit.starts);
    // Where both levels could count it, only the higher one does.
    return has(program_days, day) && (level_ == Service::php || !has(other_days, day));
}

void Reckoning::add_time(const LedgerVisit& visit, Time time, Spans& into) const {
    const Span session = session_of(visit);
    for (const Span& span : visit.attended.spans) add_part(span, session, into);
    const bool counts_open =
        time == Time::possible || visit.service == Service::holistic_class;
    if (visit.attended.open && counts_open)
        add_part({*visit.attended.open, visit.ends}, session, into);
    if (time == Time::possible && can_come(visit))
        add_part({now_, visit.ends}, session, into);
}

void Reckoning::add_blocks(const LedgerVisit& visit) {
    if (rule_.blocks.empty() || !is_sensible(visit)) return;
    for (Instant at = visit.starts; at < visit.ends;) {
        const auto& day = days_.of(at);
        off_.insert(off_.end(), day.off.begin(), day.off.end());
        at = day.whole.until;
    }
}

void Reckoning::reckon(std::span<const LedgerVisit* const> visits, Time time) {
    for (Spans* spans : {&program_, &off_, &classes_, &others_}) spans->clear();
    const bool so_far = time == Time::attended;
    for (const auto* visit : visits) {
        if (visit->service == level_) {
            const auto before = program_.size();
            add_time(*visit, time, program_);
            if (program_.size() > before) add_blocks(*visit);
        } else if (visit->service == Service::holistic_class) {
            add_time(*visit, time, classes_);
        } else if (is_treatment(*visit, so_far ? there_ : coming_,
                                so_far ? there_other_ : coming_other_)) {
            add_time(*visit, time, others_);
        }
    }
    for (Spans* spans : {&program_, &off_, &classes_, &others_}) put_in_order(*spans);

    take_away(program_, off_, scratch_);
    take_away(scratch_, classes_, own_);
    take_away(others_, classes_, elsewhere_);
    counted_ = own_;
    counted_.insert(counted_.end(), elsewhere_.begin(), elsewhere_.end());
    put_in_order(counted_);
    scratch_ = program_;
    scratch_.insert(scratch_.end(), classes_.begin(), classes_.end());
    put_in_order(scratch_);
    take_away(scratch_, counted_, excluded_);
}

// --- days
// ------------------------------------------------------------------------------

void Reckoning::touch(const Spans& spans) {
    for (const Span& span : spans)
        for (Instant at = span.from; at < span.until;) {
            const auto& day = days_.of(at);
            if (touched_.empty() || touched_.back() != day.day)
                touched_.push_back(day.day);
            at = day.whole.until;
        }
}

LedgerDay* Reckoning::listed(LedgerOf& ledger, Day day) const {
    const auto found = std::ranges::lower_bound(
        ledger.days, day, {}, [](const LedgerDay& one) { return Day(one.day); });
    return found != ledger.days.end() && Day(found->day) == day ? &*found : nullptr;
}

void Reckoning::list_days(std::span<const LedgerVisit* const> visits,
                          LedgerOf& ledger) {
    touched_ = there_;
    touch(program_);
    touch(others_);
    settle(touched_);
    ledger.days.reserve(touched_.size());
    for (const Day day : touched_) {
        const Span whole = days_.on(day).whole;
        ledger.days.push_back(
            {.day = Date(day),
             .counted = std::chrono::floor<minutes>(length_within(counted_, whole)),
             .excluded = std::chrono::floor<minutes>(length_within(excluded_, whole)),
             .two_levels = has(there_, day) && has(there_other_, day)});
    }
    for (const auto* visit : visits) mark(*visit, ledger);
}

/// What is to be known of the days that a visit is part of.
void Reckoning::mark(const LedgerVisit& visit, LedgerOf& ledger) {
    const bool is_class = visit.service == Service::holistic_class;
    const bool ours = visit.service == level_ || is_class ||
                      is_treatment(visit, there_, there_other_);
    if (!ours) return;
    const bool open =
        !is_class && (visit.attended.open || visit.attended.missing_sign_out);
    // Without an end there is nothing to clip to, and nothing counts.
    const bool doubtful =
        was_there(visit) && (visit.attended.doubtful || !is_sensible(visit));
    if (!open && !doubtful) return;
    Instant at = visit.starts;
    do {
        const auto& day = days_.of(at);
        if (LedgerDay* one = listed(ledger, day.day)) {
            one->open = one->open || open;
            one->doubtful = one->doubtful || doubtful;
        }
        at = day.whole.until;
    } while (at < visit.ends);
}

// --- services
// --------------------------------------------------------------------------

bool Reckoning::meets_block(const LedgerVisit& visit) {
    for (Instant at = visit.starts; at < visit.ends;) {
        const auto& day = days_.of(at);
        for (const Span& block : day.services)
            if (block.from < visit.ends && visit.starts < block.until) return true;
        at = day.whole.until;
    }
    return false;
}

void Reckoning::count_services(std::span<const LedgerVisit* const> visits,
                               LedgerOf& ledger) {
    sessions_.clear();
    blocks_.clear();
    for (const auto* visit : visits)
        if (visit->service == level_) sessions_.push_back(session_of(*visit));
    put_in_order(sessions_);
    for (LedgerDay& day : ledger.days)
        for (const Span& block : days_.on(Day(day.day)).services)
            if (long_enough(length_within(own_, block),
                            length_within(sessions_, block))) {
                ++day.services;
                blocks_.push_back(block);
            }
    put_in_order(blocks_);
    take_away(elsewhere_, blocks_, free_);

    for (const auto* visit : visits) {
        const bool ours = visit->service == level_;
        if (!is_sensible(*visit) || visit->attended.spans.empty()) continue;
        if (ours ? meets_block(*visit) : !is_treatment(*visit, there_, there_other_))
            continue;
        const Span session = session_of(*visit);
        milliseconds whole = session.until - session.from, attended{0};
        if (ours) whole -= length_within(off_, session);
        scratch_.clear();
        for (const Span& span : visit->attended.spans)
            add_part(span, session, scratch_);
        for (const Span& part : scratch_)
            attended += length_within(ours ? own_ : free_, part);
        LedgerDay* day = listed(ledger, day_of(visit->starts));
        if (day != nullptr && long_enough(attended, whole)) ++day->services;
    }
}

// --- weeks and dates
// -------------------------------------------------------------------

minutes Reckoning::projected(std::span<const LedgerVisit* const> visits, Day week) {
    const Span whole{days_.on(week).whole.from, days_.on(week + days(7)).whole.from};
    std::vector<const LedgerVisit*> of_week;
    for (const auto* visit : visits)
        if (visit->starts < whole.until && whole.from < visit->ends)
            of_week.push_back(visit);
    reckon(of_week, Time::possible);
    minutes sum{0};
    for (Day day = week; day < week + days(7); day += days(1))
        sum +=
            std::chrono::floor<minutes>(length_within(counted_, days_.on(day).whole));
    return sum;
}

void Reckoning::list_weeks(std::span<const LedgerVisit* const> visits,
                           LedgerOf& ledger) {
    const auto week = [&](Day day) { return Day(week_of(Date(day), week_start_)); };
    const Day running = week(today_);
    std::optional<Day> first, last;
    const auto reach = [&](Day day) {
        if (week(day) > running) return;
        first = std::min(first.value_or(week(day)), week(day));
        last = std::max(last.value_or(week(day)), week(day));
    };
    for (const auto* visit : visits)
        if (visit->service == level_) reach(day_of(visit->starts));
    for (const LedgerDay& day : ledger.days) reach(Day(day.day));
    if (!first) return;

    ledger.weeks.reserve(std::size_t((*last - *first) / days(7)) + 1);
    auto day = ledger.days.begin();
    for (Day start = *first; start <= *last; start += days(7)) {
        LedgerWeek one{.first = Date(start)};
        for (; day != ledger.days.end() && Day(day->day) < start + days(7); ++day)
            one.counted += day->counted;
        one.projected = start == running ? projected(visits, start) : one.counted;
        one.under = one.projected < hours(rule_.hours_min);
        one.over = rule_.hours_max > 0 && one.counted > hours(rule_.hours_max);
        ledger.weeks.push_back(one);
    }
}

std::optional<Date> Reckoning::recertify_by() const {
    const days every(rule_.recertified_every);
    Day due;
    if (rule_.recertified_on_day > 0) {
        const auto place = std::size_t(rule_.recertified_on_day) - 1;
        if (place >= coming_.size()) return std::nullopt;
        due = coming_[place];
    } else {
        if (there_.empty() || every <= days(0)) return std::nullopt;
        due = there_.front() + every;
    }
    if (due < today_) {
        if (every <= days(0)) return std::nullopt;
        due += (today_ - due + every - days(1)) / every * every;
    }
    return Date(due);
}

}  // namespace foyer
