#pragma once

#include <span>
#include <vector>

#include "sync/clinic/ledger.h"
#include "sync/clinic/site_days.h"
#include "sync/clinic/spans.h"

namespace foyer {

/// The arithmetic of the ledger for one program, one patient after the other
/// (README.md has the rules in words). Keeps its scratch and what it knows of days.
class Reckoning {
public:
    Reckoning(Service level, ProgramRule rule, const SiteTime& time,
              std::chrono::weekday week_start, Instant now);

    /// One patient's visits, earliest first.
    LedgerOf of(std::span<const LedgerVisit* const> visits);

private:
    using Day = std::chrono::sys_days;
    using Days = std::vector<Day>;  ///< in order, each once
    /// What was, or what can still come of it.
    enum class Time { attended, possible };

    bool is_treatment(const LedgerVisit& visit, const Days& program_days,
                      const Days& other_days);
    void find_days(std::span<const LedgerVisit* const> visits);
    void reckon(std::span<const LedgerVisit* const> visits, Time time);
    void add_time(const LedgerVisit& visit, Time time, Spans& into) const;
    void add_blocks(const LedgerVisit& visit);
    bool was_there(const LedgerVisit& visit) const;
    bool can_come(const LedgerVisit& visit) const;
    Day day_of(Instant at) { return days_.of(at).day; }

    void list_days(std::span<const LedgerVisit* const> visits, LedgerOf& ledger);
    void touch(const Spans& spans);
    void mark(const LedgerVisit& visit, LedgerOf& ledger);
    void count_services(std::span<const LedgerVisit* const> visits, LedgerOf& ledger);
    bool meets_block(const LedgerVisit& visit);
    void list_weeks(std::span<const LedgerVisit* const> visits, LedgerOf& ledger);
    std::chrono::minutes projected(std::span<const LedgerVisit* const> visits,
                                   Day week);
    std::optional<Date> recertify_by() const;
    LedgerDay* listed(LedgerOf& ledger, Day day) const;

    const Service level_, other_level_;  ///< of care: PHP and IOP
    const ProgramRule rule_;
    const std::chrono::weekday week_start_;
    const Instant now_;
    SiteDays days_;
    const Day today_;

    // Of the patient at hand. Days are those that visits start on.
    Days there_, there_other_;    ///< was at the program; at the other level of care
    Days coming_, coming_other_;  ///< or can still come
    Spans program_, off_, classes_, others_;
    Spans own_, elsewhere_;  ///< countable: of the program, of treatments beside it
    Spans counted_, excluded_;
    Spans sessions_, blocks_, free_, scratch_;
    Days touched_;
};

}  // namespace foyer
