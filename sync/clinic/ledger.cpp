#include "sync/clinic/ledger.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "sync/clinic/reckoning.h"
#include "sync/clinic/standing_events.h"

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

/// Whose session it is: an Appointment, or else a sign-up.
struct Part {
    std::string_view patient, appointment, sign_up;
    bool operator==(const Part&) const = default;
};
struct HashOfPart {
    std::size_t operator()(const Part& part) const {
        const std::hash<std::string_view> hash;
        return hash(part.patient) * 31 + hash(part.appointment) * 7 +
               hash(part.sign_up);
    }
};

bool earlier(const LedgerVisit* a, const LedgerVisit* b) {
    return std::tie(a->starts, a->appointment) < std::tie(b->starts, b->appointment);
}

bool has_service(std::span<const LedgerVisit* const> visits, Service service) {
    return std::ranges::any_of(
        visits, [&](const LedgerVisit* visit) { return visit->service == service; });
}

/// Visits beside each other that are of one patient.
class ByPatient {
public:
    explicit ByPatient(const std::vector<LedgerVisit>& visits) {
        std::unordered_map<std::string_view, std::size_t> places;
        std::vector<std::size_t> place_of, counts;
        place_of.reserve(visits.size());
        for (const auto& visit : visits) {
            const auto [found, fresh] =
                places.try_emplace(visit.patient, places.size());
            if (fresh) counts.push_back(0);
            ++counts[found->second];
            place_of.push_back(found->second);
        }
        std::vector<std::size_t> next(counts.size());
        std::size_t begun = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            next[i] = begun;
            begun += counts[i];
        }
        visits_.resize(visits.size());
        for (std::size_t i = 0; i < visits.size(); ++i)
            visits_[next[place_of[i]]++] = &visits[i];
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const auto end = visits_.begin() + std::ptrdiff_t(next[i]);
            const auto begin = end - std::ptrdiff_t(counts[i]);
            if (!std::is_sorted(begin, end, earlier)) std::sort(begin, end, earlier);
            of_.emplace_back(begin, end);
        }
        std::ranges::sort(of_, {}, [](const auto& of_one) -> const std::string& {
            return of_one.front()->patient;
        });
    }
    const std::vector<std::span<const LedgerVisit* const>>& all() const { return of_; }

private:
    std::vector<const LedgerVisit*> visits_;
    std::vector<std::span<const LedgerVisit* const>> of_;
};

}  // namespace

ProgramRule default_program_rule(Service program) {
    // domain.md d8. Who certifies, and the dates a payer asks for beside these, are the
    // clinic's to know.
    ProgramRule rule;
    if (program == Service::php) {
        rule.hours_min = 20;
        rule.recertified_on_day = 18;
        rule.recertified_every = 30;
    } else if (program == Service::iop) {
        rule.hours_min = 9;
        rule.hours_max = 19;
        rule.recertified_every = 60;
    }
    return rule;
}

ProgramRule program_rule(const std::map<Service, ProgramRule>& rules, Service program) {
    const auto own = rules.find(program);
    return own != rules.end() ? own->second : default_program_rule(program);
}

Date week_of(Date day, std::chrono::weekday week_start) {
    const sys_days at(day);
    return Date(at - (std::chrono::weekday(at) - week_start));
}

std::vector<LedgerVisit> attended_visits(const std::vector<AttendanceEvent>& events,
                                         Instant now) {
    std::unordered_map<Part, std::size_t, HashOfPart> places;
    std::vector<std::vector<const AttendanceEvent*>> parts;
    for (const auto& event : events) {
        const bool by_sign_up = event.appointment.empty();
        const Part part{
            event.patient, event.appointment,
            by_sign_up ? std::string_view(event.sign_up) : std::string_view()};
        const auto [found, fresh] = places.try_emplace(part, parts.size());
        if (fresh) parts.emplace_back();
        parts[found->second].push_back(&event);
    }
    std::vector<LedgerVisit> visits;
    visits.reserve(parts.size());
    for (auto& part : parts) {
        const StandingEvents standing(std::move(part));
        const AttendanceEvent& told = *standing.latest_told();
        visits.push_back({.patient = told.patient,
                          .appointment = told.appointment,
                          .service = told.service,
                          .starts = told.starts,
                          .ends = told.ends,
                          .attended = attended(standing, now)});
    }
    return visits;
}

LedgerOf ledger_of(const std::vector<LedgerVisit>& visits, Service program,
                   const ProgramRule& rule, const SiteTime& time,
                   std::chrono::weekday week_start, Instant now) {
    std::vector<const LedgerVisit*> in_order;
    in_order.reserve(visits.size());
    for (const auto& visit : visits) in_order.push_back(&visit);
    std::ranges::sort(in_order, earlier);
    return Reckoning(program, rule, time, week_start, now).of(in_order);
}

std::vector<LedgerOf> ledgers(const std::vector<LedgerVisit>& visits,
                              const std::map<Service, ProgramRule>& rules,
                              const SiteTime& time, std::chrono::weekday week_start,
                              Instant now) {
    const ByPatient patients(visits);
    Reckoning php(Service::php, program_rule(rules, Service::php), time, week_start,
                  now);
    Reckoning iop(Service::iop, program_rule(rules, Service::iop), time, week_start,
                  now);
    std::vector<LedgerOf> all;
    for (const auto& of_one : patients.all()) {
        if (has_service(of_one, Service::php)) all.push_back(php.of(of_one));
        if (has_service(of_one, Service::iop)) all.push_back(iop.of(of_one));
    }
    return all;
}

std::vector<UnderHours> under_hours(const std::vector<LedgerOf>& ledgers,
                                    const std::map<Service, ProgramRule>& rules,
                                    Date first) {
    std::vector<UnderHours> all;
    for (const LedgerOf& ledger : ledgers)
        for (const LedgerWeek& week : ledger.weeks)
            if (week.first == first && week.under)
                all.push_back({ledger.patient, ledger.program, week,
                               std::chrono::hours(
                                   program_rule(rules, ledger.program).hours_min)});
    const auto lacks = [](const UnderHours& one) {
        return one.asked - one.week.projected;
    };
    std::ranges::stable_sort(all, std::greater(), lacks);
    return all;
}

}  // namespace foyer
