#include "sync/clinic/class_rules.h"

#include <algorithm>

namespace foyer {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// So long before a class an offer ends, for the next patient to come in time.
constexpr hours next_one_needs{1};
/// Nobody reads a message and answers it in less.
constexpr minutes shortest_offer{15};
constexpr int few = 3;

}  // namespace

ClassRule class_rule(const std::vector<ClassRule>& rules, const std::string& schedule) {
    const auto own = std::ranges::find(rules, schedule, &ClassRule::schedule);
    if (own != rules.end()) return *own;
    ClassRule rule;
    rule.schedule = schedule;
    return rule;
}

bool may_join(const ClassRule& rule, const std::vector<Service>& programs) {
    if (rule.hidden) return false;
    return rule.programs.empty() || std::ranges::any_of(programs, [&](Service program) {
               return std::ranges::count(rule.programs, program) > 0;
           });
}

Instant accept_by(const ClassRule& rule, Instant offered, Instant starts) {
    const Instant wanted =
        std::min(offered + rule.offer_lasts, starts - next_one_needs);
    return std::min(std::max(wanted, offered + shortest_offer), starts);
}

Room room(int seats, int free) {
    if (free <= 0) return Room::wait_list;
    return free <= few || 4 * free <= seats ? Room::few_left : Room::open;
}

}  // namespace foyer
