#include "sync/clinic/standing_events.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace foyer {

namespace {

using Events = std::vector<const AttendanceEvent*>;

/// Sorted by unit, each unit once.
void each_once(Events& events) {
    std::ranges::sort(events, {}, [](const AttendanceEvent* event) {
        return std::tuple<const std::string&, ClockQuality, Instant, Instant>(
            event->unit, event->clock, event->at, event->recorded);
    });
    const auto same_unit = [](const AttendanceEvent* a, const AttendanceEvent* b) {
        return a->unit == b->unit;
    };
    events.erase(std::unique(events.begin(), events.end(), same_unit), events.end());
}

/// Of two that stand in one place, whether `a` gives way to `b`.
bool gives_way(const AttendanceEvent* a, const AttendanceEvent* b) {
    return std::tie(a->recorded, a->unit) < std::tie(b->recorded, b->unit);
}

bool is_amendment(const AttendanceEvent* event) {
    return !event->amends.empty() && event->amends != event->unit;
}

/// Who stands in whose place, over events sorted by unit.
class Amendments {
public:
    explicit Amendments(const Events& events) : events_(events) {
        for (const auto* event : events_)
            places_.push_back({event, depth_of(event), nullptr});
    }

    /// What stands where, voided ones included.
    std::vector<EventPlace> places() {
        // The deepest first: what stands in the place of an amendment is settled
        // before it stands in another's.
        std::vector<Place*> order;
        for (auto& place : places_) order.push_back(&place);
        std::ranges::sort(order, std::greater(), &Place::depth);
        std::vector<EventPlace> all;
        std::vector<std::pair<std::string_view, const AttendanceEvent*>> orphans;
        for (Place* place : order) {
            const auto* stands = place->stands ? place->stands : place->event;
            if (place->depth == 0) {
                all.push_back({place->event, stands});
            } else if (auto* amended = find(place->event->amends)) {
                offer(amended->stands, stands);
            } else {
                const auto known =
                    std::ranges::find(orphans, place->event->amends,
                                      &decltype(orphans)::value_type::first);
                if (known == orphans.end())
                    orphans.emplace_back(place->event->amends, stands);
                else
                    offer(known->second, stands);
            }
        }
        for (const auto& [unit, stands] : orphans) all.push_back({nullptr, stands});
        return all;
    }

    const AttendanceEvent* first_of(std::string_view unit) const {
        const auto* event = event_of(unit);
        std::size_t depth = 0;
        while (event != nullptr && is_amendment(event)) {
            if (++depth > events_.size()) return event_of(unit);
            event = event_of(event->amends);
        }
        return event;
    }

private:
    struct Place {
        const AttendanceEvent* event;
        std::size_t depth;
        const AttendanceEvent* stands;  ///< in its place; null: nothing does
    };

    static void offer(const AttendanceEvent*& stands, const AttendanceEvent* other) {
        if (stands == nullptr || gives_way(stands, other)) stands = other;
    }
    const AttendanceEvent* event_of(std::string_view unit) const {
        const auto found =
            std::ranges::lower_bound(events_, unit, {}, &AttendanceEvent::unit);
        return found != events_.end() && (*found)->unit == unit ? *found : nullptr;
    }
    Place* find(std::string_view unit) {
        const auto found = std::ranges::lower_bound(
            places_, unit, {},
            [](const Place& place) -> const std::string& { return place.event->unit; });
        return found != places_.end() && found->event->unit == unit ? &*found : nullptr;
    }
    /// How many amendments lead from the event to one that amends nothing known; 0 for
    /// that one, and for those in a circle.
    std::size_t depth_of(const AttendanceEvent* event) const {
        std::size_t depth = 0;
        while (event != nullptr && is_amendment(event)) {
            if (++depth > events_.size()) return 0;
            event = event_of(event->amends);
        }
        return depth;
    }

    const Events& events_;
    std::vector<Place> places_;
};

Events each_of(const std::vector<AttendanceEvent>& events) {
    Events all;
    for (const auto& event : events) all.push_back(&event);
    each_once(all);
    return all;
}

}  // namespace

std::vector<EventPlace> places_of(const std::vector<AttendanceEvent>& events) {
    const Events all = each_of(events);
    return Amendments(all).places();
}

const AttendanceEvent* first_of(const std::vector<AttendanceEvent>& events,
                                std::string_view unit) {
    const Events all = each_of(events);
    return Amendments(all).first_of(unit);
}

StandingEvents::StandingEvents(std::vector<const AttendanceEvent*> events) {
    each_once(events);
    amended_ = std::ranges::any_of(events, is_amendment);
    for (const auto* event : events)
        if (latest_ == nullptr || gives_way(latest_, event)) latest_ = event;
    if (amended_)
        for (const auto& place : Amendments(events).places())
            standing_.push_back(place.stands);
    else
        standing_ = std::move(events);
    std::erase_if(standing_,
                  [](const AttendanceEvent* event) { return event->voided; });
    std::ranges::sort(standing_, {}, [](const AttendanceEvent* event) {
        return std::tuple<Instant, AttendanceKind, const std::string&>(
            event->at, event->kind, event->unit);
    });
}

}  // namespace foyer
