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

bool was_there(const LedgerVisit& visit) {
    return visit.attended.open ||
           std::ranges::any_of(visit.attended.spans, [&](const Span& span) {
               return span.from < visit.ends && span.until > visit.starts;
           });
}
bool can_come(const LedgerVisit& visit, Instant now) {
    return visit.attended.state != Attended::State::gone && visit.ends > now;
}

Service other_level_of(Service level) {
    return level == Service::php ? Service::iop : Service::php;
}

using Days = std::vector<std::chrono::sys_days>;

void settle(Days& list) {
    if (!std::ranges::is_sorted(list)) std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
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
    read(visits);
    reckon(parts_, Time::attended);
    list_days(ledger);
    count_services(ledger);
    ledger.program_days =
        int(std::ranges::upper_bound(there_, today_) - there_.begin());
    ledger.recertify_by = recertify_by();
    list_weeks(ledger);  // last: it reckons what can still come
    return ledger;
}

// --- whose time it is
// ------------------------------------------------------------------

Reckoning::Role Reckoning::role_of(Service service) const {
    if (service == level_) return Role::program;
    if (service == other_level_) return Role::other_level;
    switch (service) {
        case Service::individual:
        case Service::group:
        case Service::medication:
        case Service::family:
            return Role::treatment;
        case Service::holistic_class:
            return Role::holistic_class;
        default:
            return Role::none;
    }
}

void Reckoning::read(std::span<const LedgerVisit* const> visits) {
    parts_.clear();
    for (Days* list : {&there_, &there_other_, &coming_, &coming_other_}) list->clear();
    for (const auto* visit : visits) {
        const Role role = role_of(visit->service);
        if (role == Role::none) continue;
        parts_.push_back({visit, role, days_.of(visit->starts).day, was_there(*visit),
                          can_come(*visit, now_)});
        const Part& part = parts_.back();
        const bool ours = role == Role::program;
        if (!ours && role != Role::other_level) continue;
        if (part.there) (ours ? there_ : there_other_).push_back(part.day);
        if (part.there || part.can_come)
            (ours ? coming_ : coming_other_).push_back(part.day);
    }
    for (Days* list : {&there_, &there_other_, &coming_, &coming_other_}) settle(*list);
    for (Part& part : parts_) part.counts = is_beside(part, there_, there_other_);
}

/// Whether it is a treatment on a day of the program. Where both levels could count it,
/// only the higher one does.
bool Reckoning::is_beside(const Part& part, const Days& program_days,
                          const Days& other_days) const {
    return part.role == Role::treatment && has(program_days, part.day) &&
           (level_ == Service::php || !has(other_days, part.day));
}

void Reckoning::add_time(const Part& part, Time time, Spans& into) const {
    const LedgerVisit& visit = *part.visit;
    const Span session = session_of(visit);
    for (const Span& span : visit.attended.spans) add_part(span, session, into);
    const bool counts_open =
        time == Time::possible || part.role == Role::holistic_class;
    if (visit.attended.open && counts_open)
        add_part({*visit.attended.open, visit.ends}, session, into);
    if (time == Time::possible && part.can_come)
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

void Reckoning::reckon(const Parts& parts, Time time) {
    for (Spans* spans : {&program_, &off_, &classes_, &others_}) spans->clear();
    for (const Part& part : parts) {
        if (part.role == Role::program) {
            const auto before = program_.size();
            add_time(part, time, program_);
            if (program_.size() > before) add_blocks(*part.visit);
        } else if (part.role == Role::holistic_class) {
            add_time(part, time, classes_);
        } else if (part.counts) {
            add_time(part, time, others_);
        }
    }
    for (Spans* spans : {&program_, &off_, &classes_, &others_}) put_in_order(*spans);

    take_away(program_, off_, scratch_);
    take_away(scratch_, classes_, own_);
    take_away(others_, classes_, elsewhere_);
    put_together(own_, elsewhere_, counted_);
    put_together(program_, classes_, scratch_);
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
    const auto found = std::ranges::lower_bound(touched_, day);
    if (found == touched_.end() || *found != day) return nullptr;
    return &ledger.days[std::size_t(found - touched_.begin())];
}

void Reckoning::list_days(LedgerOf& ledger) {
    touched_ = there_;
    // Signed in early, on a break before the start, and never seen again.
    for (const Part& part : parts_)
        if (part.role == Role::program && part.visit->attended.missing_sign_out)
            touched_.push_back(part.day);
    touch(program_);
    touch(others_);
    settle(touched_);
    ledger.days.reserve(touched_.size());
    LengthWithin counted(counted_), excluded(excluded_);
    for (const Day day : touched_) {
        const Span whole = days_.on(day).whole;
        ledger.days.push_back(
            {.day = Date(day),
             .counted = std::chrono::floor<minutes>(counted(whole)),
             .excluded = std::chrono::floor<minutes>(excluded(whole)),
             .two_levels = has(there_, day) && has(there_other_, day)});
    }
    for (const Part& part : parts_) mark(part, ledger);
}

/// What is to be known of the days that a visit is part of.
void Reckoning::mark(const Part& part, LedgerOf& ledger) {
    const LedgerVisit& visit = *part.visit;
    const bool is_class = part.role == Role::holistic_class;
    if (part.role != Role::program && !is_class && !part.counts) return;
    const bool open =
        !is_class && (visit.attended.open || visit.attended.missing_sign_out);
    // Without an end there is nothing to clip to, and nothing counts.
    const bool doubtful =
        part.there && (visit.attended.doubtful || !is_sensible(visit));
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

void Reckoning::count_services(LedgerOf& ledger) {
    sessions_.clear();
    blocks_.clear();
    for (const Part& part : parts_)
        if (part.role == Role::program) sessions_.push_back(session_of(*part.visit));
    put_in_order(sessions_);
    LengthWithin own(own_), sessions(sessions_);
    for (LedgerDay& day : ledger.days)
        for (const Span& block : days_.on(Day(day.day)).services)
            if (long_enough(own(block), sessions(block))) {
                ++day.services;
                blocks_.push_back(block);
            }
    put_in_order(blocks_);
    take_away(elsewhere_, blocks_, free_);
    LengthWithin off(off_), free(free_);

    for (const Part& part : parts_) {
        const LedgerVisit& visit = *part.visit;
        const bool ours = part.role == Role::program;
        if (!part.there || !is_sensible(visit)) continue;
        if (ours ? meets_block(visit) : !part.counts) continue;
        const Span session = session_of(visit);
        milliseconds whole = session.until - session.from, attended{0};
        if (ours) whole -= off(session);
        scratch_.clear();
        for (const Span& span : visit.attended.spans) add_part(span, session, scratch_);
        for (const Span& span : scratch_) attended += ours ? own(span) : free(span);
        LedgerDay* day = listed(ledger, part.day);
        if (day != nullptr && long_enough(attended, whole)) ++day->services;
    }
}

// --- weeks and dates
// -------------------------------------------------------------------

minutes Reckoning::projected(Day week) {
    const Span whole{days_.on(week).whole.from, days_.on(week + days(7)).whole.from};
    of_week_.clear();
    for (const Part& part : parts_) {
        if (part.visit->starts >= whole.until || part.visit->ends <= whole.from)
            continue;
        of_week_.push_back(part);
        of_week_.back().counts = is_beside(part, coming_, coming_other_);
    }
    reckon(of_week_, Time::possible);
    LengthWithin counted(counted_);
    minutes sum{0};
    for (Day day = week; day < week + days(7); day += days(1))
        sum += std::chrono::floor<minutes>(counted(days_.on(day).whole));
    return sum;
}

void Reckoning::list_weeks(LedgerOf& ledger) {
    const auto week = [&](Day day) { return Day(week_of(Date(day), week_start_)); };
    const Day running = week(today_);
    std::optional<Day> first, last;
    const auto reach = [&](Day day) {
        if (day >= running + days(7)) return;
        first = std::min(first.value_or(day), day);
        last = std::max(last.value_or(day), day);
    };
    for (const Part& part : parts_)
        if (part.role == Role::program) reach(part.day);
    for (const LedgerDay& day : ledger.days) reach(Day(day.day));
    if (!first) return;
    first = week(*first);
    last = week(*last);

    ledger.weeks.reserve(std::size_t((*last - *first) / days(7)) + 1);
    auto day = ledger.days.begin();
    for (Day start = *first; start <= *last; start += days(7)) {
        LedgerWeek one{.first = Date(start)};
        for (; day != ledger.days.end() && Day(day->day) < start + days(7); ++day)
            one.counted += day->counted;
        one.projected = start == running ? projected(start) : one.counted;
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
