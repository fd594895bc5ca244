#include "sync/clinic/spans.h"

#include <algorithm>

namespace foyer {

namespace {

using Span = Attended::Span;

/// The first of `spans` that ends after `at`.
Spans::const_iterator first_after(const Spans& spans, Instant at) {
    return std::ranges::upper_bound(spans, at, {}, &Span::until);
}

}  // namespace

void put_in_order(Spans& spans) {
    std::erase_if(spans, [](const Span& span) { return span.until <= span.from; });
    if (!std::ranges::is_sorted(spans, {}, &Span::from))
        std::ranges::sort(spans, {}, &Span::from);
    std::size_t kept = 0;
    for (const Span span : spans) {
        if (kept > 0 && span.from <= spans[kept - 1].until)
            spans[kept - 1].until = std::max(spans[kept - 1].until, span.until);
        else
            spans[kept++] = span;
    }
    spans.resize(kept);
}

void take_away(const Spans& from, const Spans& what, Spans& into) {
    into.clear();
    auto hole = what.begin();
    for (Span rest : from) {
        while (hole != what.end() && hole->until <= rest.from) ++hole;
        for (auto next = hole; next != what.end() && next->from < rest.until; ++next) {
            if (rest.from < next->from) into.push_back({rest.from, next->from});
            rest.from = std::max(rest.from, next->until);
        }
        if (rest.from < rest.until) into.push_back(rest);
    }
}

void add_part(Span span, Span within, Spans& into) {
    const Span part{std::max(span.from, within.from),
                    std::min(span.until, within.until)};
    if (part.from < part.until) into.push_back(part);
}

std::chrono::milliseconds length_within(const Spans& spans, Span within) {
    std::chrono::milliseconds length{0};
    for (auto span = first_after(spans, within.from);
         span != spans.end() && span->from < within.until; ++span)
        length +=
            std::min(span->until, within.until) - std::max(span->from, within.from);
    return length;
}

}  // namespace foyer
