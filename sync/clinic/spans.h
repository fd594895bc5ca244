#pragma once

#include <chrono>
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

/// Adds what of `span` lies in `within`, if anything.
void add_part(Attended::Span span, Attended::Span within, Spans& into);

/// How much of `spans` lies in `within`.
std::chrono::milliseconds length_within(const Spans& spans, Attended::Span within);

}  // namespace foyer
