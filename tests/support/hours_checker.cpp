#include "tests/support/hours_checker.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;
using Events = std::vector<AttendanceEvent>;

/// What stands in the place of `of`.
AttendanceEvent in_place_of(const AttendanceEvent& of, const Events& all) {
    AttendanceEvent result = of;
    bool any = false;
    for (const auto& each : all) {
        if (each.amends != of.unit || each.unit == of.unit) continue;
        const auto candidate = in_place_of(each, all);
        if (!any || std::tie(candidate.recorded, candidate.unit) >
                        std::tie(result.recorded, result.unit))
            result = candidate;
        any = true;
    }
    return result;
}

Events that_stand(const Events& told) {
    std::map<std::string, AttendanceEvent> by_unit;
    for (const auto& each : told) {
        const auto [known, fresh] = by_unit.emplace(each.unit, each);
        if (!fresh && std::pair(each.clock, each.at) <
                          std::pair(known->second.clock, known->second.at))
            known->second = each;
    }
    Events once, stand;
    for (const auto& [unit, each] : by_unit) once.push_back(each);
    std::set<std::string> unknown;
    for (const auto& each : once) {
        if (each.amends.empty())
            stand.push_back(in_place_of(each, once));
        else if (!by_unit.contains(each.amends))
            unknown.insert(each.amends);
    }
    // What is amended and was not heard of here: as it was amended last.
    for (const auto& unit : unknown) {
        AttendanceEvent missing;
        missing.unit = unit;
        missing.recorded = Instant::min();
        stand.push_back(in_place_of(missing, once));
    }
    std::erase_if(stand, [](const auto& each) { return each.voided; });
    std::ranges::sort(stand, [](const auto& a, const auto& b) {
        return std::tie(a.at, a.kind, a.unit) < std::tie(b.at, b.kind, b.unit);
    });
    return stand;
}

/// Where the patient was at one session, moment by moment.
class Presence {
public:
    Presence(const CheckedSession& session, Instant now)
        : session_(session), now_(now), stand_(that_stand(session.events)) {
        // The last change to "there" without a change away after it is not confirmed.
        bool there = false, away = true;
        for (const auto& each : stand_) {
            const bool comes = each.kind == AttendanceKind::sign_in ||
                               each.kind == AttendanceKind::break_in;
            if (comes && !there) since_ = each.at;
            if (comes) there = true, away = false, on_break_ = false;
            if (comes) came_ = true;
            if (!comes && !came_) continue;  // out before in
            if (each.kind == AttendanceKind::break_out && there) on_break_ = true;
            if (each.kind == AttendanceKind::sign_out) on_break_ = false, away = true;
            if (!comes) there = false;
        }
        open_ = there;
        gone_ = came_ && away;
    }

    /// There at `t`, and somebody said until when.
    bool confirmed(Instant t) const {
        if (!within(t)) return false;
        bool there = false;
        for (const auto& each : stand_) {
            if (each.at > t) break;
            there = each.kind == AttendanceKind::sign_in ||
                    each.kind == AttendanceKind::break_in;
        }
        return there && !(open_ && t >= since_);
    }
    bool unconfirmed(Instant t) const { return within(t) && open_ && t >= since_; }
    bool can_come() const { return !gone_ && session_.ends > now_; }
    bool possible(Instant t) const {
        return confirmed(t) || unconfirmed(t) || (within(t) && can_come() && t >= now_);
    }
    bool open() const { return open_; }
    bool missing() const {
        return (open_ || on_break_) && now_ >= session_.ends + minutes(10);
    }
    bool within(Instant t) const { return session_.starts <= t && t < session_.ends; }
    const CheckedSession& session() const { return session_; }

private:
    const CheckedSession& session_;
    const Instant now_;
    Events stand_;
    Instant since_{};
    bool open_ = false, on_break_ = false, came_ = false, gone_ = false;
};

class Checker {
public:
    Checker(const std::vector<CheckedSession>& sessions, Service program,
            const ProgramRule& rule, const SiteTime& time, Instant now,
            std::chrono::seconds step)
        : program_(program), rule_(rule), time_(time), now_(now), step_(step) {
        for (const auto& each : sessions) all_.emplace_back(each, now);
        std::set<Instant> all;
        for (const auto& each : sessions)
            for (Instant t = each.starts; t < each.ends; t += step_) all.insert(t);
        for (const Instant t : all) {
            const Date day = time_.day_of(t);
            moments_.push_back({t, day, block_at(t, day)});
        }
        for (const auto& each : all_) {
            const Date day = time_.day_of(each.session().starts);
            bool there = each.open();
            through(each, [&](const Moment& moment) {
                there = there || each.confirmed(moment.t);
            });
            if (there) there_[each.session().service].insert(day);
            if (there || each.can_come()) coming_[each.session().service].insert(day);
        }
    }

    CheckedLedger check(std::chrono::weekday week_start) {
        CheckedLedger ledger;
        ledger.days = days(false);
        services(ledger.days);
        const Date today = time_.day_of(now_);
        for (const Date day : there_[program_]) {
            CheckedDay& one = ledger.days[day];
            one.two_levels = there_[other()].contains(day);
            if (day <= today) ++ledger.program_days;
        }
        for (const auto& each : all_) {
            if (!(is_program(each) || is_treatment(each, false))) continue;
            if (!each.open() && !each.missing()) continue;
            ledger.days[time_.day_of(each.session().starts)].open = true;
            through(each, [&](const Moment& moment) {
                const auto day = ledger.days.find(moment.day);
                if (day != ledger.days.end()) day->second.open = true;
            });
        }
        const auto week = [&](Date day) {
            sys_days first(day);
            while (std::chrono::weekday(first) != week_start)
                first -= std::chrono::days(1);
            return Date(first);
        };
        for (const auto& [day, one] : ledger.days)
            ledger.weeks[week(day)] += one.counted;
        for (const auto& [day, one] : days(true))
            if (week(day) == week(today)) ledger.projected += one.counted;
        return ledger;
    }

private:
    /// A step that some session goes through.
    struct Moment {
        Instant t;
        Date day;
        int block;  ///< of the day, by its place in the rule; -1: none
    };

    template <class Each>
    void through(const Presence& of, Each each) const {
        auto moment =
            std::ranges::lower_bound(moments_, of.session().starts, {}, &Moment::t);
        for (; moment != moments_.end() && moment->t < of.session().ends; ++moment)
            each(*moment);
    }
    Service other() const {
        return program_ == Service::php ? Service::iop : Service::php;
    }
    bool is_program(const Presence& of) const {
        return of.session().service == program_;
    }
    bool is_treatment(const Presence& of, bool possible) {
        const auto service = of.session().service;
        if (service != Service::individual && service != Service::group &&
            service != Service::medication && service != Service::family)
            return false;
        auto& known = possible ? coming_ : there_;
        const Date day = time_.day_of(of.session().starts);
        return known[program_].contains(day) &&
               (program_ == Service::php || !known[Service::php].contains(day));
    }
    int block_at(Instant t, Date day) const {
        for (std::size_t i = 0; i < rule_.blocks.size(); ++i)
            if (time_.at(day, rule_.blocks[i].from) <= t &&
                t < time_.at(day, rule_.blocks[i].to))
                return int(i);
        return -1;
    }
    bool is_service(int block) const {
        return block >= 0 &&
               rule_.blocks[std::size_t(block)].kind == DayBlock::Kind::service;
    }
    bool is_off(int block) const { return block >= 0 && !is_service(block); }
    bool at_class(Instant t, bool possible) const {
        return std::ranges::any_of(all_, [&](const Presence& each) {
            return each.session().service == Service::holistic_class &&
                   (each.confirmed(t) || each.unconfirmed(t) ||
                    (possible && each.possible(t)));
        });
    }
    std::map<Date, CheckedDay> days(bool possible) {
        std::map<Date, milliseconds> counted, excluded;
        std::set<Date> listed = there_[program_];
        for (const auto& each : all_)
            if (is_program(each) && each.missing())
                listed.insert(time_.day_of(each.session().starts));
        for (const auto& [t, day, block] : moments_) {
            bool program = false, treatment = false;
            for (const auto& each : all_) {
                if (!(possible ? each.possible(t) : each.confirmed(t))) continue;
                program = program || is_program(each);
                treatment = treatment || is_treatment(each, possible);
            }
            const bool in_class = at_class(t, possible);
            if (program || treatment) listed.insert(day);
            if (!in_class && (treatment || (program && !is_off(block))))
                counted[day] += step_;
            else if (program || in_class)
                excluded[day] += step_;
        }
        std::map<Date, CheckedDay> result;
        for (const Date day : listed) {
            result[day].counted = std::chrono::floor<minutes>(counted[day]);
            result[day].excluded = std::chrono::floor<minutes>(excluded[day]);
        }
        return result;
    }

    static bool enough(milliseconds attended, milliseconds whole) {
        return attended > milliseconds(0) &&
               (attended >= minutes(45) || attended >= whole);
    }

    void services(std::map<Date, CheckedDay>& days) {
        using Block = std::pair<Date, int>;
        std::map<Block, milliseconds> whole, attended;
        for (const auto& [t, day, block] : moments_) {
            if (!is_service(block)) continue;
            bool scheduled = false, there = false;
            for (const auto& each : all_) {
                if (!is_program(each)) continue;
                scheduled = scheduled || each.within(t);
                there = there || each.confirmed(t);
            }
            const Block key(day, block);
            if (scheduled) whole[key] += step_;
            if (there && !at_class(t, false)) attended[key] += step_;
        }
        std::set<Block> made;
        for (const auto& [key, time] : attended)
            if (enough(time, whole[key])) {
                made.insert(key);
                ++days[key.first].services;
            }
        for (const auto& each : all_) {
            const bool program = is_program(each);
            if (!program && !is_treatment(each, false)) continue;
            milliseconds long_is{0}, was{0};
            bool meets = false;
            through(each, [&](const Moment& moment) {
                const auto& [t, day, block] = moment;
                meets = meets || is_service(block);
                if (!program || !is_off(block)) long_is += step_;
                if (!each.confirmed(t) || at_class(t, false)) return;
                if (program ? !is_off(block) : !made.contains({day, block}))
                    was += step_;
            });
            if (program && meets) continue;
            if (enough(was, long_is))
                ++days[time_.day_of(each.session().starts)].services;
        }
    }

    const Service program_;
    const ProgramRule& rule_;
    const SiteTime& time_;
    const Instant now_;
    const std::chrono::seconds step_;
    std::vector<Presence> all_;
    std::vector<Moment> moments_;
    std::map<Service, std::set<Date>> there_, coming_;
};

}  // namespace

std::vector<CheckedSession> sessions_of(const std::vector<AttendanceEvent>& events) {
    std::map<std::pair<std::string, std::string>, Events> by_session;
    for (const auto& each : events)
        by_session[{each.appointment, each.appointment.empty() ? each.sign_up : ""}]
            .push_back(each);
    std::vector<CheckedSession> sessions;
    for (auto& [key, own] : by_session) {
        const auto told = std::ranges::max_element(own, {}, [](const auto& each) {
            return std::tie(each.recorded, each.unit);
        });
        sessions.push_back({told->service, told->starts, told->ends, own});
    }
    return sessions;
}

CheckedLedger check_hours(const std::vector<CheckedSession>& sessions, Service program,
                          const ProgramRule& rule, const SiteTime& time,
                          std::chrono::weekday week_start, Instant now,
                          std::chrono::seconds step) {
    return Checker(sessions, program, rule, time, now, step).check(week_start);
}

std::map<Date, CheckedDay> days_of(const LedgerOf& ledger) {
    std::map<Date, CheckedDay> all;
    for (const auto& one : ledger.days)
        all[one.day] = {one.counted, one.excluded, one.services, one.two_levels,
                        one.open};
    return all;
}

std::string said(const std::map<Date, CheckedDay>& days) {
    std::string text;
    for (const auto& [day, one] : days)
        text += format_date(day) + ": " + std::to_string(one.counted.count()) + " + " +
                std::to_string(one.excluded.count()) + " min, " +
                std::to_string(one.services) + (one.two_levels ? " two levels" : "") +
                (one.open ? " open" : "") + "; ";
    return text;
}

}  // namespace foyer
