#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "sync/clinic/attendance.h"

namespace foyer {

/// Stretches of time, in order and apart: a set of instants. `until` is not in it.
/// The functions write into `into`, which is none of their arguments, so that a ledger
/// of many patients allocates little.
using Spans = std::vector<Attended::Span>;

/// Puts what was appended in any order into order; what is empty goes, what overlaps or
/// touches becomes one.
void put_in_order(Spans& spans);

/// What is in `from` and not in `what`.
void take_away(const Spans& from, const Spans& what, Spans& into);

/// What is in `one` or in `other`.
void put_together(const Spans& one, const Spans& other, Spans& into);

/// Adds what of `span` lies in `within`, if anything.
void add_part(Attended::Span span, Attended::Span within, Spans& into);

/// How much of `spans` lies in one stretch after another. Quick when each begins no
/// earlier than the one before. `spans` stay as they are meanwhile.
class LengthWithin {
public:
    explicit LengthWithin(const Spans& spans) : spans_(spans) {}
    std::chrono::milliseconds operator()(Attended::Span within);

private:
    const Spans& spans_;
    std::size_t at_ = 0;  ///< the first that ends after the last one's begin
};

}  // namespace foyer
