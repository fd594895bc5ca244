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
    enum class Role { program, other_level, treatment, holistic_class, none };
    /// A visit, and what is asked of it again and again.
    struct Part {
        const LedgerVisit* visit;
        Role role;
        Day day{};  ///< it starts on
        bool there = false;
        bool can_come = false;
        bool counts = false;  ///< of a treatment: on a program day, and not elsewhere
    };
    using Parts = std::vector<Part>;
    /// What was, or what can still come of it.
    enum class Time { attended, possible };

    Role role_of(Service service) const;
    void read(std::span<const LedgerVisit* const> visits);
    bool is_beside(const Part& part, const Days& program_days,
                   const Days& other_days) const;
    void reckon(const Parts& parts, Time time);
    void add_time(const Part& part, Time time, Spans& into) const;
    void add_blocks(const LedgerVisit& visit);

    void list_days(LedgerOf& ledger);
    void touch(const Spans& spans);
    void mark(const Part& part, LedgerOf& ledger);
    void count_services(LedgerOf& ledger);
    bool meets_block(const LedgerVisit& visit);
    void list_weeks(LedgerOf& ledger);
    std::chrono::minutes projected(Day week);
    std::optional<Date> recertify_by() const;
    LedgerDay* listed(LedgerOf& ledger, Day day) const;

    const Service level_, other_level_;  ///< of care: PHP and IOP
    const ProgramRule rule_;
    const std::chrono::weekday week_start_;
    const Instant now_;
    SiteDays days_;
    const Day today_;

    // Of the patient at hand. Days are those that visits start on.
    Parts parts_, of_week_;
    Days there_, there_other_;    ///< was at the program; at the other level of care
    Days coming_, coming_other_;  ///< or can still come
    Spans program_, off_, classes_, others_;
    Spans own_, elsewhere_;  ///< countable: of the program, of treatments beside it
    Spans counted_, excluded_;
    Spans sessions_, blocks_, free_, scratch_;
    Days touched_;  ///< those of the ledger
};

}  // namespace foyer
