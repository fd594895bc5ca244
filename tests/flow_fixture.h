#pragma once

#include <algorithm>
#include <gtest/gtest.h>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/flow.h"
#include "kiosk/samples.h"

namespace foyer {

/// Whether a screen, an event or an effect is a T.
template <class T, class Variant>
bool is(const Variant& variant) {
    return std::holds_alternative<T>(variant);
}

template <class T>
bool orders(const Step& step) {
    return std::ranges::any_of(step.effects,
                               [](const auto& effect) { return is<T>(effect); });
}

template <class T>
const T& ordered(const Step& step) {
    for (const auto& effect : step.effects)
        if (const auto* found = std::get_if<T>(&effect)) return *found;
    static const T none{};
    ADD_FAILURE() << "it was not ordered";
    return none;
}

/// The screen shown next, which must be an S.
template <class S>
S shows(const Step& step) {
    const auto* screen = std::get_if<S>(&step.next);
    if (screen == nullptr) {
        ADD_FAILURE() << "another screen is shown, number " << step.next.index();
        return S{};
    }
    return *screen;
}

/// Every event there is, as empty as it comes.
inline std::vector<Event> every_event() {
    std::vector<Event> all;
    [&]<std::size_t... kinds>(std::index_sequence<kinds...>) {
        (all.push_back(std::variant_alternative_t<kinds, Event>{}), ...);
    }
    (std::make_index_sequence<std::variant_size_v<Event>>{});
    return all;
}

inline Alias alias(std::uint8_t number) {
    Alias made;
    made.bytes[0] = number;
    return made;
}

inline LocalTime half_past(int hour) {
    using namespace std::chrono;
    return {year{2026} / 11 / 23, hours{hour} + minutes{30}};
}

inline VisitCard card(std::uint8_t number, Standing standing) {
    VisitCard visit;
    visit.id = alias(number);
    visit.starts = half_past(10);
    visit.opens = half_past(9);
    visit.standing = standing;
    return visit;
}

inline VisitCard chosen(VisitCard visit) {
    visit.chosen = true;
    return visit;
}

inline Person ada(bool stale = false) {
    return {alias(100), "Ada", "212 555 0101", stale};
}

}  // namespace foyer
